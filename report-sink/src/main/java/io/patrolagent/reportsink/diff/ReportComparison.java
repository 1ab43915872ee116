package io.patrolagent.reportsink.diff;

import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.report.ChangeCounts;
import io.patrolagent.common.report.FlaggedCluster;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.ProblemChange;
import io.patrolagent.common.report.ReportDiff;
import io.patrolagent.reportsink.fleet.FleetView;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Compares a report with the one before it. Of what the writer wrote only which clusters are
 * flagged counts, never a reason's or a metric's words, so that the same state in other words is
 * the same. A pure function of its arguments, linear in them but for one sort.
 */
public final class ReportComparison {

  /** More are counted and not listed; those that matter least are left out. */
  static final int MOST_PROBLEMS = 5_000;

  private ReportComparison() {}

  /**
   * The report that flags these clusters and was finished then, against the first of the earlier
   * ones, which come newest first; without any it is the first of its kind.
   */
  public static ReportDiff of(
      List<PatrolReport> earlier,
      List<FlaggedCluster> flagged,
      FleetSnapshot snapshot,
      FleetView fleet,
      Instant finishedAt) {
    KnownClusters now = KnownClusters.now(fleet, snapshot, finishedAt);
    Set<String> ids = new LinkedHashSet<>();
    flagged.forEach(cluster -> ids.add(now.idOf(cluster.clusterId())));
    if (earlier.isEmpty()) {
      List<ProblemChange> problems = ProblemChanges.first(ids, now, finishedAt);
      return new ReportDiff(
          null, null, ChangeCounts.of(problems), most(problems, now), List.of(), List.of());
    }
    PatrolReport previous = earlier.get(0);
    EarlierProblems before = EarlierProblems.of(earlier, now);
    List<ProblemChange> problems = ProblemChanges.of(ids, before, now, finishedAt);
    return new ReportDiff(
        previous.reportId(),
        previous.finishedAt(),
        ChangeCounts.of(problems),
        most(problems, now),
        Handover.of(previous, problems, before, now),
        PredictionScores.of(earlier, before.known(), now, finishedAt));
  }

  private static List<ProblemChange> most(List<ProblemChange> problems, KnownClusters now) {
    return problems.stream().sorted(ProblemOrder.by(now)).limit(MOST_PROBLEMS).toList();
  }
}
