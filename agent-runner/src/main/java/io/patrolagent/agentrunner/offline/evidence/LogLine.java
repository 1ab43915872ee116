package io.patrolagent.agentrunner.offline.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A line of a cluster's log, or {@code count} lines that say the same; the time is the latest. */
public record LogLine(
    @Nullable Instant at, String level, String node, String component, String message, int count) {

  private static final Set<String> ERRORS = Set.of("ERROR", "FATAL");

  static LogLine of(JsonNode json) {
    return new LogLine(
        Fields.time(json, "logged_at"),
        Fields.textOrEmpty(json, "level"),
        Fields.textOrEmpty(json, "node_id"),
        Fields.textOrEmpty(json, "component"),
        Fields.textOrEmpty(json, "message"),
        Math.max(1, Fields.count(json, "count")));
  }

  public boolean isError() {
    return ERRORS.contains(level);
  }
}
