package io.patrolagent.standalone.topics;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;

/** Kafka's own authorizer, which remembers what it allowed and what it denied. */
public final class RecordingAuthorizer extends StandardAuthorizer {

  /** A principal's operation on a resource. */
  record Use(String principal, ResourceType type, String name, AclOperation operation) {}

  static final Set<Use> ALLOWED = ConcurrentHashMap.newKeySet();
  static final Set<Use> DENIED = ConcurrentHashMap.newKeySet();

  @Override
  public List<AuthorizationResult> authorize(
      AuthorizableRequestContext context, List<Action> actions) {
    List<AuthorizationResult> results = super.authorize(context, actions);
    for (int i = 0; i < actions.size(); i++) {
      Action action = actions.get(i);
      Use use =
          new Use(
              context.principal().toString(),
              action.resourcePattern().resourceType(),
              action.resourcePattern().name(),
              action.operation());
      boolean allowed = results.get(i) == AuthorizationResult.ALLOWED;
      // what is not to be logged is not done but listed: a description tells what one may do
      if (allowed ? action.logIfAllowed() : action.logIfDenied()) {
        (allowed ? ALLOWED : DENIED).add(use);
      }
    }
    return results;
  }
}
