package io.patrolagent.common.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cluster that the report flags. {@code severity} is what the writer wrote, {@code critical},
 * {@code warning} or {@code info} where it kept to the format. {@code key_metrics} maps metric
 * names to numbers or texts, in the order they were given, so that the same report is always
 * written with the same bytes. {@code added_from} says where code took the whole entry from; null
 * where the writer wrote it.
 */
public record FlaggedCluster(
    String clusterId,
    @Nullable String severity,
    @Nullable String reason,
    Map<String, JsonNode> keyMetrics,
    @Nullable AddedFrom addedFrom) {

  public FlaggedCluster(
      String clusterId,
      @Nullable String severity,
      @Nullable String reason,
      @Nullable Map<String, JsonNode> keyMetrics,
      @Nullable AddedFrom addedFrom) {
    if (clusterId == null || clusterId.isBlank()) {
      throw new IllegalArgumentException("flagged_clusters.cluster_id is missing");
    }
    this.clusterId = clusterId;
    this.severity = severity;
    this.reason = reason;
    this.keyMetrics =
        keyMetrics == null
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(keyMetrics));
    this.addedFrom = addedFrom;
  }

  /** As the writer wrote it. */
  public FlaggedCluster(
      String clusterId,
      @Nullable String severity,
      @Nullable String reason,
      @Nullable Map<String, JsonNode> keyMetrics) {
    this(clusterId, severity, reason, keyMetrics, null);
  }
}
