package io.patrolagent.reportsink.diff;

import static io.patrolagent.reportsink.diff.Patrols.LAST;
import static io.patrolagent.reportsink.diff.Patrols.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.report.Change;
import io.patrolagent.common.report.FlaggedCluster;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.ProblemChange;
import io.patrolagent.common.report.ReasonCode;
import io.patrolagent.common.report.ReportDiff;
import io.patrolagent.reportsink.fleet.FleetView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What holds of every comparison, whatever happened and whatever was written. */
class ReportComparisonPropertyTest {

  private static final int TRIES = 300;

  @Property(tries = TRIES)
  void everyProblemIsThereOnceAndCountsAddUp(
      @ForAll long seed, @ForAll @IntRange(max = 7) int reports) {
    Case one = new Case(seed, reports);

    ReportDiff diff = one.compare(one.flagged, one.earlier);

    assertThat(keys(diff, EnumSet.allOf(Change.class))).hasSize(diff.problems().size());
    var counts = diff.counts();
    assertThat(
            counts.fresh()
                + counts.worse()
                + counts.better()
                + counts.persisting()
                + counts.resolved()
                + counts.notAssessed())
        .isEqualTo(diff.problems().size());
    assertThat(diff.problems())
        .allSatisfy(
            problem -> {
              assertThat(problem.patrols()).isPositive();
              assertThat(problem.since()).isNotNull().isBeforeOrEqualTo(NOW);
            });
    assertThat(ids(one.flagged, one.fleet, one.snapshot))
        .isSubsetOf(diff.problems().stream().map(ProblemChange::clusterId).toList());
  }

  @Property(tries = TRIES)
  void nothingOfThePreviousReportIsNewAndOnlyThatCanEnd(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 7) int reports) {
    Case one = new Case(seed, reports);
    EarlierProblems before =
        EarlierProblems.of(one.earlier, KnownClusters.now(one.fleet, one.snapshot, NOW));
    Set<Problem> previous = new HashSet<>();
    before
        .clusters()
        .forEach(id -> before.of(id).keySet().forEach(code -> previous.add(new Problem(id, code))));

    ReportDiff diff = one.compare(one.flagged, one.earlier);

    assertThat(keys(diff, EnumSet.of(Change.NEW))).noneMatch(previous::contains);
    assertThat(previous).containsAll(keys(diff, EnumSet.of(Change.RESOLVED, Change.NOT_ASSESSED)));
    // what was there is there, gone or unknown, and never forgotten
    Set<Problem> now = keys(diff, EnumSet.allOf(Change.class));
    assertThat(previous)
        .filteredOn(problem -> problem.code() != ReasonCode.OTHER)
        .filteredOn(problem -> before.of(problem.clusterId()).get(problem.code()).assessed())
        .isSubsetOf(now);
  }

  @Property(tries = TRIES)
  void aReportComparedWithItselfOnlyPersists(@ForAll long seed) {
    Case one = new Case(seed, 0);
    PatrolReport same =
        Patrols.report(LAST)
            .flags(one.flagged)
            .snapshot(one.snapshot)
            .compared(List.of(), one.fleet)
            .build();

    ReportDiff diff = one.compare(one.flagged, List.of(same));

    assertThat(diff.problems()).allMatch(problem -> problem.change() == Change.PERSISTING);
    assertThat(diff.problems()).hasSameSizeAs(same.diff().problems());
  }

  @Property(tries = TRIES)
  void neitherOrderNorWordsMatter(@ForAll long seed, @ForAll @IntRange(max = 7) int reports) {
    Case one = new Case(seed, reports);
    Random random = new Random(~seed);
    List<FlaggedCluster> shuffled = reworded(one.flagged, random);
    List<PatrolReport> earlier = new ArrayList<>(one.earlier);
    if (!earlier.isEmpty()) {
      earlier.set(0, reworded(earlier.get(0), random));
    }

    assertThat(one.compare(shuffled, earlier)).isEqualTo(one.compare(one.flagged, one.earlier));
  }

  private static List<FlaggedCluster> reworded(List<FlaggedCluster> flagged, Random random) {
    List<FlaggedCluster> others = new ArrayList<>();
    flagged.forEach(c -> others.add(new FlaggedCluster(c.clusterId(), null, "other", Map.of())));
    Collections.shuffle(others, random);
    return others;
  }

  private static PatrolReport reworded(PatrolReport report, Random random) {
    return new PatrolReport(
        report.reportId(),
        report.status(),
        report.reportType(),
        report.triggeredBy(),
        report.scope(),
        report.focus(),
        report.retryOf(),
        report.sharedWith(),
        "other words",
        reworded(report.flaggedClusters(), random),
        report.predictions(),
        report.customerSummaries(),
        report.recommendedActions(),
        report.rawReport(),
        report.fleetSnapshot(),
        report.verification(),
        report.diff(),
        report.coverage(),
        report.warnings(),
        report.error(),
        report.usage(),
        report.requestedAt(),
        report.dueAt(),
        report.startedAt(),
        report.finishedAt());
  }

  private static Set<Problem> keys(ReportDiff diff, Set<Change> changes) {
    return diff.problems().stream()
        .filter(problem -> changes.contains(problem.change()))
        .map(problem -> new Problem(problem.clusterId(), problem.reasonCode()))
        .collect(Collectors.toSet());
  }

  private static Set<String> ids(
      List<FlaggedCluster> flagged, FleetView fleet, FleetSnapshot snapshot) {
    KnownClusters now = KnownClusters.now(fleet, snapshot, NOW);
    return flagged.stream().map(c -> now.idOf(c.clusterId())).collect(Collectors.toSet());
  }

  private static final class Case {
    private final List<PatrolReport> earlier;
    private final List<FlaggedCluster> flagged;
    private final FleetSnapshot snapshot;
    private final FleetView fleet;

    Case(long seed, int reports) {
      RandomPatrols random = new RandomPatrols(new Random(seed));
      earlier = random.reports(reports);
      flagged = random.flagged();
      snapshot = random.snapshot(NOW);
      fleet = random.fleet(NOW);
    }

    ReportDiff compare(List<FlaggedCluster> flagged, List<PatrolReport> earlier) {
      return ReportComparison.of(earlier, flagged, snapshot, fleet, NOW);
    }
  }
}
