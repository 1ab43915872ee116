package io.patrolagent.agentrunner.offline;

import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import io.patrolagent.common.patrol.FleetSnapshot.RiskReason;
import java.util.List;

/** What is wrong with a cluster, in words that several sections use. */
final class ClusterWording {

  private static final int REASONS = 3;

  private ClusterWording() {}

  /** {@code rated Critical with a health score of 31.5}; what is old is said to be. */
  static String condition(ClusterFinding finding, Coverage coverage) {
    ProblemCluster cluster = finding.cluster();
    String level = DataText.name(cluster.riskLevel(), "");
    if (level.isEmpty()) {
      return "without a risk rating, with " + score(cluster, coverage);
    }
    String old =
        cluster.riskAt() != null && coverage.isOld(cluster.riskAt())
            ? " (" + Prose.duration(coverage.age(cluster.riskAt())) + " ago)"
            : "";
    return "rated "
        + level
        + old
        + (level.equals("Healthy") ? " despite " : " with ")
        + score(cluster, coverage);
  }

  /** {@code disk filling (“91 % used”) and backup stale}; nothing where no reason is recorded. */
  static String reasons(ClusterFinding finding) {
    List<String> reasons =
        finding.cluster().riskReasons().stream().map(ClusterWording::reason).toList();
    return Prose.list(reasons, REASONS);
  }

  /** {@code disk filling (“91 % used”)}. */
  static String reason(RiskReason reason) {
    String detail = DataText.detail(reason.detail());
    String words = DataText.words(reason.code());
    return detail.isEmpty() ? words : words + " (“" + detail + "”)";
  }

  private static String score(ProblemCluster cluster, Coverage coverage) {
    if (cluster.healthScore() == null) {
      return "no health score";
    }
    String old =
        cluster.scoredAt() != null && coverage.isOld(cluster.scoredAt())
            ? " (" + Prose.duration(coverage.age(cluster.scoredAt())) + " old)"
            : "";
    return "a health score of " + Prose.score(cluster.healthScore()) + old;
  }
}
