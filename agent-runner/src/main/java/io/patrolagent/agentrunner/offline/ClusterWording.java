package io.patrolagent.agentrunner.offline;

import io.patrolagent.agentrunner.offline.rule.Observation;
import io.patrolagent.agentrunner.offline.wording.DataText;
import io.patrolagent.agentrunner.offline.wording.Prose;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import io.patrolagent.common.patrol.FleetSnapshot.RiskReason;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What is wrong with a cluster, in words that several sections use. */
final class ClusterWording {

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

  /**
   * {@code disk filling: disk usage is 91 %, …; backup stale (“31 h”); its log repeats …}: each
   * reason with what was measured of it, or else with its own words, then what else was seen.
   * Nothing where neither is there. At most {@code max} clauses.
   */
  static String reasons(ClusterFinding finding, int max) {
    List<Observation> left = new ArrayList<>(finding.observations());
    left.removeIf(seen -> seen.text().isEmpty());
    List<String> clauses = new ArrayList<>();
    for (RiskReason reason : finding.cluster().riskReasons()) {
      clauses.add(clause(reason, left));
    }
    left.forEach(seen -> clauses.add(seen.text()));
    return clauses.stream().limit(max).collect(Collectors.joining("; "));
  }

  private static String clause(RiskReason reason, List<Observation> left) {
    for (Observation seen : left) {
      if (reason.code() != null && seen.subject().isNamedBy(reason.code())) {
        left.remove(seen);
        return DataText.words(reason.code()) + ": " + seen.text();
      }
    }
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
