package io.patrolagent.agentrunner.offline.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The report before this one: when it was finished, and the severity of what it flagged by id. */
public record PreviousPatrol(
    String reportType, @Nullable Instant finishedAt, Map<String, String> severities) {

  static PreviousPatrol of(JsonNode json) {
    Map<String, String> severities = new LinkedHashMap<>();
    for (JsonNode flagged : Fields.objects(json, "flagged_clusters")) {
      String id = Fields.text(flagged, "cluster_id");
      if (id != null) {
        severities.put(id, Fields.textOrEmpty(flagged, "severity"));
      }
    }
    return new PreviousPatrol(
        Fields.textOrEmpty(json, "report_type"), Fields.time(json, "finished_at"), severities);
  }
}
