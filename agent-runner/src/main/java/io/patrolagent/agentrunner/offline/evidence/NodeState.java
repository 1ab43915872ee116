package io.patrolagent.agentrunner.offline.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A node of a cluster as it was last observed. */
public record NodeState(
    String nodeId, String role, String state, int restarts24h, @Nullable Instant observedAt) {

  static NodeState of(JsonNode json) {
    return new NodeState(
        Fields.textOrEmpty(json, "node_id"),
        Fields.textOrEmpty(json, "role"),
        Fields.textOrEmpty(json, "state"),
        Fields.count(json, "restarts_24h"),
        Fields.time(json, "observed_at"));
  }
}
