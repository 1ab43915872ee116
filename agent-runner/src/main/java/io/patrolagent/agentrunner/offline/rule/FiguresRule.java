package io.patrolagent.agentrunner.offline.rule;

import io.patrolagent.agentrunner.offline.evidence.ClusterEvidence;
import io.patrolagent.agentrunner.offline.evidence.MetricReading;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import io.patrolagent.common.patrol.FleetSnapshot.RiskReason;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The latest figures behind the reasons that a collector gave, and no words about them. */
final class FiguresRule implements Rule {

  /** Words that many names share and that say nothing of what a metric is about. */
  private static final Set<String> VAGUE =
      Set.of(
          "HIGH", "LOW", "RATE", "PERCENT", "SECONDS", "HOURS", "MS", "USED", "LEFT", "PER",
          "SCORE");

  @Override
  public List<Observation> observe(ProblemCluster cluster, ClusterEvidence evidence, Instant now) {
    return evidence.metrics().stream()
        .filter(reading -> belongsToAReason(reading.metric(), cluster))
        .filter(reading -> reading.latest() != null)
        .map(FiguresRule::figure)
        .toList();
  }

  private static Observation figure(MetricReading reading) {
    return Observation.of(Subject.FIGURES, "")
        .figure(reading.metric(), Objects.requireNonNull(reading.latest(), "filtered before"));
  }

  /** {@code compaction_score} belongs to {@code COMPACTION_BACKLOG}. */
  static boolean belongsToAReason(String metric, ProblemCluster cluster) {
    Set<String> words = new HashSet<>(Words.of(metric));
    words.removeAll(VAGUE);
    return cluster.riskReasons().stream()
        .map(RiskReason::code)
        .anyMatch(code -> Words.anyOf(code, words));
  }
}
