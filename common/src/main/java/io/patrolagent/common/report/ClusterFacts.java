package io.patrolagent.common.report;

import io.patrolagent.common.patrol.FleetSnapshot.RiskReason;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A cluster as the fleet's tables have it: what {@link
 * io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster} says of one, its status, its latest
 * {@code figures} by name (of the last 24 hours), and the reason codes that follow from all that.
 * What no table has is null or absent.
 *
 * <p>Figures are the metrics under their own names, and {@code nodes}, {@code nodes_not_running},
 * {@code restarts_24h}, {@code firing_alerts}, {@code firing_critical_alerts}, {@code
 * open_issues_critical}, {@code open_issues_high}, {@code open_issues}.
 */
public record ClusterFacts(
    String clusterId,
    String clusterName,
    String customerName,
    String customerTier,
    String cloud,
    String region,
    String version,
    String status,
    @Nullable Double healthScore,
    @Nullable Instant scoredAt,
    @Nullable String riskLevel,
    List<RiskReason> riskReasons,
    @Nullable Instant riskAt,
    Map<String, Double> figures,
    List<ReasonCode> reasonCodes) {

  public ClusterFacts {
    if (clusterId == null) {
      throw new IllegalArgumentException("clusters.cluster_id is missing");
    }
    riskReasons = riskReasons == null ? List.of() : List.copyOf(riskReasons);
    // in the order of their names, so that the same facts are always written with the same bytes
    figures = figures == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(figures));
    reasonCodes = reasonCodes == null ? List.of() : List.copyOf(reasonCodes);
  }

  /** Whether it is in service. */
  public boolean active() {
    return "active".equals(status);
  }

  /** Whether its customer is one of Tier S or A. */
  public boolean priority() {
    return "S".equals(customerTier) || "A".equals(customerTier);
  }
}
