package io.patrolagent.agentrunner.offline;

import static java.util.Comparator.comparingInt;

import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import io.patrolagent.common.patrol.FleetSnapshot.RiskReason;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A cluster that has a problem, and how severe it is.
 *
 * <p>Critical is what the risk rating says is critical, and a poor score that no rating speaks to.
 * A warning is what the rating says is one, and a score below 70 whatever the rating says: two
 * collectors that disagree are worth a look, but not the alarm.
 */
record ClusterFinding(ProblemCluster cluster, Severity severity) {

  /** Tier first, then severity, then the lower score; the id makes the order total. */
  static final Comparator<ClusterFinding> WORST_FIRST =
      comparingInt(ClusterFinding::tierRank)
          .thenComparing(ClusterFinding::severity)
          .thenComparing(finding -> finding.score().orElse(Double.MAX_VALUE))
          .thenComparing(finding -> finding.cluster().clusterId());

  private static final double POOR_BELOW = 60;
  private static final double PROBLEM_BELOW = 70;
  private static final List<String> TIERS = List.of("S", "A", "B", "C");

  /** The finding that a cluster gives rise to, if it does. */
  static Optional<ClusterFinding> of(ProblemCluster cluster) {
    boolean rated = cluster.riskLevel() != null;
    double score = cluster.healthScore() == null ? 100 : cluster.healthScore();
    if ("Critical".equals(cluster.riskLevel()) || (!rated && score < POOR_BELOW)) {
      return Optional.of(new ClusterFinding(cluster, Severity.CRITICAL));
    }
    if ("Warning".equals(cluster.riskLevel()) || score < PROBLEM_BELOW) {
      return Optional.of(new ClusterFinding(cluster, Severity.WARNING));
    }
    return Optional.empty();
  }

  Optional<Double> score() {
    return Optional.ofNullable(cluster.healthScore());
  }

  /** Whether the customer is one whose problems come first. */
  boolean isPriority() {
    return tierRank() < 2;
  }

  boolean hasReason(String code) {
    return cluster.riskReasons().stream().map(RiskReason::code).anyMatch(code::equals);
  }

  /** {@code Tier S}. */
  String tier() {
    return "Tier " + DataText.name(cluster.customerTier(), "unknown");
  }

  String customer() {
    return DataText.name(cluster.customerName(), "an unnamed customer");
  }

  /** {@code checkout (c-1042)}, or the id alone where the name says no more. */
  String label() {
    String id = DataText.name(cluster.clusterId(), "a cluster without an id");
    String name = DataText.name(cluster.clusterName(), id);
    return name.equals(id) ? id : name + " (" + id + ")";
  }

  private int tierRank() {
    int rank = cluster.customerTier() == null ? -1 : TIERS.indexOf(cluster.customerTier());
    return rank < 0 ? TIERS.size() : rank;
  }
}
