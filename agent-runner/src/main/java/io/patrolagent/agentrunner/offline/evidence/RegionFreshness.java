package io.patrolagent.agentrunner.offline.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The newest health score of a region's active clusters; null where none has one. */
public record RegionFreshness(
    String region, int clusters, int priorityClusters, @Nullable Instant latestAt) {

  static RegionFreshness of(JsonNode json) {
    return new RegionFreshness(
        Fields.textOrEmpty(json, "region"),
        Fields.count(json, "clusters"),
        Fields.count(json, "priority_clusters"),
        Fields.time(json, "latest_at"));
  }
}
