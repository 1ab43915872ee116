package io.patrolagent.agentrunner.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patrolagent.common.patrol.Scope;
import io.patrolagent.common.sql.FleetQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What one call reads, at one instant, of one scope. Valid within its transaction only. */
final class Reading {

  private final Handle handle;
  private final Scope scope;
  private final Instant now;
  private final ClusterLookup clusters;

  Reading(Handle handle, Scope scope, Instant now, ClusterLookup clusters) {
    this.handle = handle;
    this.scope = scope;
    this.now = now;
    this.clusters = clusters;
  }

  Instant now() {
    return now;
  }

  Scope scope() {
    return scope;
  }

  Handle handle() {
    return handle;
  }

  List<ObjectNode> rows(FleetQuery query) {
    return rows(query, Map.of());
  }

  /** The rows; a list is bound as an array of texts, and a null as null. */
  List<ObjectNode> rows(FleetQuery query, Map<String, ? extends @Nullable Object> parameters) {
    List<ObjectNode> rows = new ArrayList<>();
    each(query, parameters, rows::add);
    return rows;
  }

  /** Hands on the rows as they come, however many there are. */
  void each(
      FleetQuery query,
      Map<String, ? extends @Nullable Object> parameters,
      Consumer<ObjectNode> consumer) {
    query.each(handle, scope, now, parameters, consumer);
  }

  /** The one row of a file that counts. */
  ObjectNode row(FleetQuery query, Map<String, ? extends @Nullable Object> parameters) {
    List<ObjectNode> rows = rows(query, parameters);
    if (rows.size() != 1) {
      throw new IllegalStateException(query.sql() + " must return one row, not " + rows.size());
    }
    return rows.get(0);
  }

  /**
   * Returns if there is such a cluster in scope, of whatever status.
   *
   * @throws ToolRefusal if not, in the same words whether it lies out of scope or does not exist;
   *     it names the nearest there are
   */
  void requireCluster(String clusterId) throws ToolRefusal {
    clusters.require(this, clusterId);
  }

  /** An answer that says what it was read from, and when. */
  ObjectNode answer(String source) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("source", source);
    answer.put("at", now.toString());
    return answer;
  }
}
