package io.patrolagent.agentrunner.offline.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An alert of a cluster. */
public record ClusterAlert(
    String name, String severity, boolean firing, String message, @Nullable Instant firedAt) {

  static ClusterAlert of(JsonNode json) {
    return new ClusterAlert(
        Fields.textOrEmpty(json, "alert_name"),
        Fields.textOrEmpty(json, "severity"),
        "firing".equals(Fields.text(json, "status")),
        Fields.textOrEmpty(json, "message"),
        Fields.time(json, "fired_at"));
  }
}
