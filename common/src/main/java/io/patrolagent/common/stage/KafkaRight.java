package io.patrolagent.common.stage;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What a party must be allowed on one resource, in Kafka's own terms. Describe is not listed where
 * Read or Write is, since Kafka derives it from them.
 */
public record KafkaRight(
    Party party, ResourcePattern resource, Set<AclOperation> operations, String why) {

  private static final String ANY_HOST = "*";

  public KafkaRight {
    if (operations.isEmpty()) {
      throw new IllegalArgumentException(
          "the right of " + party + " on " + resource.name() + " needs an operation, got none");
    }
    operations = Collections.unmodifiableSet(EnumSet.copyOf(operations));
  }

  static KafkaRight topic(Party party, String name, Set<AclOperation> operations, String why) {
    return new KafkaRight(
        party, new ResourcePattern(ResourceType.TOPIC, name, PatternType.LITERAL), operations, why);
  }

  static KafkaRight group(Party party, String name, PatternType pattern, String why) {
    return new KafkaRight(
        party,
        new ResourcePattern(ResourceType.GROUP, name, pattern),
        EnumSet.of(AclOperation.READ),
        why);
  }

  static KafkaRight transactions(Party party, String prefix, String why) {
    return new KafkaRight(
        party,
        new ResourcePattern(ResourceType.TRANSACTIONAL_ID, prefix, PatternType.PREFIXED),
        EnumSet.of(AclOperation.WRITE),
        why);
  }

  /** The access control lists that allow it to a principal ({@code User:…}) from any host. */
  public Stream<AclBinding> bindings(String principal) {
    return operations.stream()
        .map(
            operation ->
                new AclBinding(
                    resource,
                    new AccessControlEntry(
                        principal, ANY_HOST, operation, AclPermissionType.ALLOW)));
  }
}
