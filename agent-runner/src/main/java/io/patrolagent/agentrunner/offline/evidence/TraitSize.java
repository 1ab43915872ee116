package io.patrolagent.agentrunner.offline.evidence;

import com.fasterxml.jackson.databind.JsonNode;

/** How many active clusters have a value in a column of the clusters' table. */
public record TraitSize(String dimension, String value, int clusters) {

  static TraitSize of(JsonNode json) {
    return new TraitSize(
        Fields.textOrEmpty(json, "dimension"),
        Fields.textOrEmpty(json, "value"),
        Fields.count(json, "clusters"));
  }
}
