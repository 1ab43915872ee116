package io.patrolagent.reportsink.completeness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import io.patrolagent.common.patrol.FleetSnapshot.RiskReason;
import io.patrolagent.common.report.AddedFrom;
import io.patrolagent.common.report.FlaggedCluster;
import io.patrolagent.common.report.RecommendedAction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A report's sections as the snapshot alone would have them, for a writer whose own cannot be read.
 * It is a single look: there is no prediction in it.
 */
final class SnapshotSections {

  private static final double POOR_BELOW = 60;
  private static final int MOST_ACTIONS = 20;

  private SnapshotSections() {}

  static String narrative(FleetSnapshot snapshot) {
    var risk = snapshot.riskDistribution();
    var health = snapshot.healthDistribution();
    return "Of %d active clusters %d are rated Critical, %d Warning, %d Healthy and %d not at all; by score %d are poor, %d moderate, %d healthy and %d unknown."
            .formatted(
                snapshot.clusterCounts().active(),
                risk.critical(),
                risk.warning(),
                risk.healthy(),
                risk.unknown(),
                health.poor(),
                health.moderate(),
                health.healthy(),
                health.unknown())
        + " %d alerts fire of the last 24 hours and %d from before; %d issues are open, %d of them critical."
            .formatted(
                snapshot.alerts24h().firing(),
                snapshot.alerts24h().firingFromBefore(),
                snapshot.openIssues().total(),
                snapshot.openIssues().critical());
  }

  /** Its clusters that are rated Critical or Warning, or have a poor score; in its order. */
  static List<FlaggedCluster> flagged(FleetSnapshot snapshot) {
    Set<String> seen = new HashSet<>();
    return Stream.of(snapshot.priorityClusters(), snapshot.worstClusters())
        .flatMap(List::stream)
        .filter(SnapshotSections::isTroubled)
        .filter(cluster -> seen.add(cluster.clusterId()))
        .map(SnapshotSections::flagged)
        .toList();
  }

  /** To look into each of the flagged clusters, those of Tier S and A first. */
  static List<RecommendedAction> actions(FleetSnapshot snapshot, List<FlaggedCluster> flagged) {
    Map<String, ProblemCluster> known = new LinkedHashMap<>();
    Stream.of(snapshot.worstClusters(), snapshot.priorityClusters())
        .flatMap(List::stream)
        .forEach(cluster -> known.put(cluster.clusterId(), cluster));
    List<RecommendedAction> actions = new ArrayList<>();
    for (FlaggedCluster cluster : flagged.subList(0, Math.min(MOST_ACTIONS, flagged.size()))) {
      ProblemCluster facts = known.get(cluster.clusterId());
      boolean critical = "critical".equals(cluster.severity());
      boolean priority =
          facts != null && ("S".equals(facts.customerTier()) || "A".equals(facts.customerTier()));
      String urgency = critical && priority ? "Immediate" : critical ? "Today" : "This Week";
      String whose =
          facts == null
              ? ""
              : " of " + facts.customerName() + " (Tier " + facts.customerTier() + ")";
      String why = cluster.reason() == null ? "" : ": " + cluster.reason();
      actions.add(
          new RecommendedAction(
              urgency, "Look into " + cluster.clusterId() + whose + why, AddedFrom.SNAPSHOT));
    }
    return actions;
  }

  private static boolean isTroubled(ProblemCluster cluster) {
    return "Critical".equals(cluster.riskLevel())
        || "Warning".equals(cluster.riskLevel())
        || isPoor(cluster);
  }

  private static boolean isPoor(ProblemCluster cluster) {
    return cluster.healthScore() != null && cluster.healthScore() < POOR_BELOW;
  }

  private static FlaggedCluster flagged(ProblemCluster cluster) {
    boolean critical = "Critical".equals(cluster.riskLevel());
    Map<String, JsonNode> metrics = new LinkedHashMap<>();
    if (cluster.healthScore() != null) {
      metrics.put("health_score", JsonNodeFactory.instance.numberNode(cluster.healthScore()));
    }
    if (cluster.riskLevel() != null) {
      metrics.put("risk_level", JsonNodeFactory.instance.textNode(cluster.riskLevel()));
    }
    return new FlaggedCluster(
        cluster.clusterId(),
        critical ? "critical" : "warning",
        reason(cluster),
        metrics,
        AddedFrom.SNAPSHOT);
  }

  private static String reason(ProblemCluster cluster) {
    List<String> codes = cluster.riskReasons().stream().map(RiskReason::code).toList();
    String rated = cluster.riskLevel() == null ? "not rated" : "rated " + cluster.riskLevel();
    return codes.isEmpty() ? rated : rated + " for " + String.join(", ", codes);
  }
}
