package io.patrolagent.agentrunner.offline.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** A cluster in good health that raised many alerts within a day, none of them critical now. */
public record NoisyCluster(
    String clusterId,
    String clusterName,
    String customerName,
    String customerTier,
    int alerts,
    int firing,
    @Nullable Double score) {

  static NoisyCluster of(JsonNode json) {
    return new NoisyCluster(
        Fields.textOrEmpty(json, "cluster_id"),
        Fields.textOrEmpty(json, "cluster_name"),
        Fields.textOrEmpty(json, "customer_name"),
        Fields.textOrEmpty(json, "customer_tier"),
        Fields.count(json, "alerts"),
        Fields.count(json, "firing"),
        Fields.number(json, "score"));
  }
}
