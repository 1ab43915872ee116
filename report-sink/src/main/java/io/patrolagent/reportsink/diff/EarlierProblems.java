package io.patrolagent.reportsink.diff;

import io.patrolagent.common.report.Change;
import io.patrolagent.common.report.FlaggedCluster;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.ProblemChange;
import io.patrolagent.common.report.ReasonCode;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The problems that the report before had, and what was known of their clusters then. Of a report
 * whose version did not compare, they are its flagged clusters, for what its own data says.
 */
final class EarlierProblems {

  /** For so many reports in a row a problem is carried on that nobody can tell anything of. */
  static final int CARRIED = 5;

  /**
   * One of them: since when, in how many reports, and whether the report before could tell that it
   * was there; else it was carried on from an earlier one.
   */
  record Earlier(
      ReasonCode code,
      Instant since,
      int patrols,
      boolean assessed,
      @Nullable String customerName,
      @Nullable String customerTier) {}

  private final KnownClusters known;
  private final Map<String, Map<ReasonCode, Earlier>> byCluster = new LinkedHashMap<>();

  private EarlierProblems(KnownClusters known) {
    this.known = known;
  }

  /** Of the newest of some reports, which come newest first. */
  static EarlierProblems of(List<PatrolReport> reports, KnownClusters now) {
    PatrolReport report = reports.get(0);
    KnownClusters known = KnownClusters.then(report);
    EarlierProblems problems = new EarlierProblems(known);
    if (report.diff() != null) {
      Set<Problem> given = givenUp(reports);
      report.diff().problems().stream()
          .filter(problem -> problem.change() != Change.RESOLVED)
          .filter(
              problem -> !given.contains(new Problem(problem.clusterId(), problem.reasonCode())))
          .forEach(problem -> problems.add(now.idOf(problem.clusterId()), of(problem, report)));
    }
    for (FlaggedCluster flagged : report.flaggedClusters()) {
      String id = now.idOf(known.idOf(flagged.clusterId()));
      if (problems.ofReport(id).isEmpty()) {
        List<ReasonCode> codes = known.codes(id);
        (codes.isEmpty() ? List.of(ReasonCode.OTHER) : codes)
            .forEach(code -> problems.add(id, of(code, report)));
      }
    }
    return problems;
  }

  private void add(String id, Earlier problem) {
    byCluster
        .computeIfAbsent(id, added -> new EnumMap<>(ReasonCode.class))
        .putIfAbsent(problem.code(), problem);
  }

  private static Earlier of(ProblemChange problem, PatrolReport report) {
    return new Earlier(
        problem.reasonCode(),
        problem.since() == null ? report.finishedAt() : problem.since(),
        Math.max(1, problem.patrols()),
        problem.change() != Change.NOT_ASSESSED,
        problem.customerName(),
        problem.customerTier());
  }

  private static Earlier of(ReasonCode code, PatrolReport report) {
    return new Earlier(code, report.finishedAt(), 1, true, null, null);
  }

  /** What none of the last reports could tell anything of. */
  private static Set<Problem> givenUp(List<PatrolReport> reports) {
    if (reports.size() < CARRIED) {
      return Set.of();
    }
    Set<Problem> problems = notAssessed(reports.get(0));
    reports.subList(1, CARRIED).forEach(report -> problems.retainAll(notAssessed(report)));
    return problems;
  }

  private static Set<Problem> notAssessed(PatrolReport report) {
    Set<Problem> problems = new HashSet<>();
    if (report.diff() != null) {
      report.diff().problems().stream()
          .filter(problem -> problem.change() == Change.NOT_ASSESSED)
          .forEach(problem -> problems.add(new Problem(problem.clusterId(), problem.reasonCode())));
    }
    return problems;
  }

  /** What was known then. */
  KnownClusters known() {
    return known;
  }

  Set<String> clusters() {
    return byCluster.keySet();
  }

  /** All of a cluster, by code. */
  Map<ReasonCode, Earlier> of(String id) {
    return byCluster.getOrDefault(id, Map.of());
  }

  /** The one that a cluster was in the report for first; empty where it was not in it. */
  Optional<Earlier> ofReport(String id) {
    return of(id).values().stream()
        .filter(Earlier::assessed)
        .min(Comparator.comparing(Earlier::since));
  }

  /**
   * Whether the cluster was in the report for something that nobody could say then, so that
   * whatever its data says now is no news.
   */
  boolean forSomething(String id) {
    Earlier other = of(id).get(ReasonCode.OTHER);
    return other != null && other.assessed() && known.inTables(id) == null;
  }
}
