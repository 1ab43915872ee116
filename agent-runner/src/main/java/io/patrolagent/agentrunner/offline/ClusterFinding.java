package io.patrolagent.agentrunner.offline;

import static java.util.Comparator.comparingInt;

import io.patrolagent.agentrunner.offline.evidence.Evidence;
import io.patrolagent.agentrunner.offline.evidence.KnowledgeDocument;
import io.patrolagent.agentrunner.offline.evidence.OpenIssue;
import io.patrolagent.agentrunner.offline.rule.Forecast;
import io.patrolagent.agentrunner.offline.rule.Observation;
import io.patrolagent.agentrunner.offline.rule.Rules;
import io.patrolagent.agentrunner.offline.rule.Subject;
import io.patrolagent.agentrunner.offline.wording.DataText;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import io.patrolagent.common.patrol.FleetSnapshot.RiskReason;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A cluster that has a problem, how severe it is, and what was seen of it.
 *
 * <p>Critical is what the risk rating says is critical, a poor score that no rating speaks to, and
 * what a rule finds to be urgent. A warning is what the rating says is one, and a score below 70
 * whatever the rating says: two collectors that disagree are worth a look, but not the alarm.
 */
record ClusterFinding(
    ProblemCluster cluster,
    Severity severity,
    @Nullable String account,
    List<Observation> observations,
    List<OpenIssue> issues,
    List<KnowledgeDocument> documents) {

  /** Tier first, then severity, then the lower score; the id makes the order total. */
  static final Comparator<ClusterFinding> WORST_FIRST =
      comparingInt(ClusterFinding::tierRank)
          .thenComparing(ClusterFinding::severity)
          .thenComparing(finding -> finding.score().orElse(Double.MAX_VALUE))
          .thenComparing(finding -> finding.cluster().clusterId());

  private static final double POOR_BELOW = 60;
  private static final double PROBLEM_BELOW = 70;
  private static final List<String> TIERS = List.of("S", "A", "B", "C");

  /** The finding that a cluster's rating and score give rise to, if they do. */
  static Optional<ClusterFinding> of(ProblemCluster cluster) {
    boolean rated = cluster.riskLevel() != null;
    double score = cluster.healthScore() == null ? 100 : cluster.healthScore();
    if ("Critical".equals(cluster.riskLevel()) || (!rated && score < POOR_BELOW)) {
      return Optional.of(rated(cluster, Severity.CRITICAL));
    }
    if ("Warning".equals(cluster.riskLevel()) || score < PROBLEM_BELOW) {
      return Optional.of(rated(cluster, Severity.WARNING));
    }
    return Optional.empty();
  }

  private static ClusterFinding rated(ProblemCluster cluster, Severity severity) {
    return new ClusterFinding(cluster, severity, null, List.of(), List.of(), List.of());
  }

  ClusterFinding inAccount(@Nullable String accountId) {
    return new ClusterFinding(cluster, severity, accountId, observations, issues, documents);
  }

  /** With what the rules see in the evidence, its open issues, and the documents that fit. */
  ClusterFinding seen(Evidence evidence, Instant now) {
    List<Observation> seen = Rules.observe(cluster, evidence.of(cluster.clusterId()), now);
    boolean urgent = seen.stream().anyMatch(Observation::critical);
    ClusterFinding finding =
        new ClusterFinding(
            cluster,
            urgent ? Severity.CRITICAL : severity,
            account,
            seen,
            evidence.issues().stream()
                .filter(issue -> issue.clusterId().equals(cluster.clusterId()))
                .toList(),
            List.of());
    return new ClusterFinding(
        cluster,
        finding.severity,
        account,
        seen,
        finding.issues,
        KnowledgeMatch.of(finding, evidence.documents()));
  }

  Optional<Double> score() {
    return Optional.ofNullable(cluster.healthScore());
  }

  /** Whether the customer is one whose problems come first. */
  boolean isPriority() {
    return tierRank() < 2;
  }

  boolean hasReason(String code) {
    return codes().contains(code);
  }

  /** Its reason codes; where no collector gives one, what the rules see. */
  List<String> codes() {
    List<String> recorded =
        cluster.riskReasons().stream()
            .map(RiskReason::code)
            .filter(Objects::nonNull)
            .filter(code -> !code.isBlank())
            .distinct()
            .toList();
    if (!recorded.isEmpty()) {
      return recorded;
    }
    return observations.stream()
        .map(Observation::subject)
        .filter(Subject::hasCodes)
        .map(Subject::name)
        .distinct()
        .toList();
  }

  /** The error codes in what was seen of it. */
  Set<String> errorCodes() {
    return observations.stream()
        .flatMap(observation -> observation.codes().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What the rules foresee, in their order. */
  List<Forecast> forecasts() {
    return observations.stream().flatMap(seen -> seen.forecast().stream()).toList();
  }

  boolean has(Subject subject) {
    return observations.stream().anyMatch(seen -> seen.subject() == subject);
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

  /** {@code checkout (c-1042) of Acme (Tier S)}. */
  String fullLabel() {
    return label() + " of " + customer() + " (" + tier() + ")";
  }

  private int tierRank() {
    int rank = cluster.customerTier() == null ? -1 : TIERS.indexOf(cluster.customerTier());
    return rank < 0 ? TIERS.size() : rank;
  }
}
