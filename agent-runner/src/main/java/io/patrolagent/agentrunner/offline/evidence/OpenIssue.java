package io.patrolagent.agentrunner.offline.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** An ongoing issue. */
public record OpenIssue(
    String clusterId, String title, String severity, @Nullable Double ageHours) {

  static OpenIssue of(JsonNode json) {
    return new OpenIssue(
        Fields.textOrEmpty(json, "cluster_id"),
        Fields.textOrEmpty(json, "title"),
        Fields.textOrEmpty(json, "severity"),
        Fields.number(json, "age_hours"));
  }
}
