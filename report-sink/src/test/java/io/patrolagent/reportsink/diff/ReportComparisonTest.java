package io.patrolagent.reportsink.diff;

import static io.patrolagent.common.report.ReasonCode.ALERT_FIRING;
import static io.patrolagent.common.report.ReasonCode.AT_RISK;
import static io.patrolagent.common.report.ReasonCode.BACKUP_OVERDUE;
import static io.patrolagent.common.report.ReasonCode.CERTIFICATE_EXPIRING;
import static io.patrolagent.common.report.ReasonCode.COMPACTION_BEHIND;
import static io.patrolagent.common.report.ReasonCode.DISK_FILLING;
import static io.patrolagent.common.report.ReasonCode.HEALTH_POOR;
import static io.patrolagent.common.report.ReasonCode.OPEN_ISSUE;
import static io.patrolagent.common.report.ReasonCode.OTHER;
import static io.patrolagent.reportsink.diff.Patrols.LAST;
import static io.patrolagent.reportsink.diff.Patrols.NOW;
import static io.patrolagent.reportsink.diff.Patrols.flagged;
import static io.patrolagent.reportsink.diff.Patrols.fleet;
import static io.patrolagent.reportsink.diff.Patrols.report;
import static io.patrolagent.reportsink.diff.Patrols.snapshot;
import static io.patrolagent.reportsink.diff.Patrols.unreadable;
import static org.assertj.core.api.Assertions.assertThat;

import io.patrolagent.common.report.Change;
import io.patrolagent.common.report.ClusterFacts;
import io.patrolagent.common.report.FlaggedCluster;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.ProblemChange;
import io.patrolagent.common.report.ReasonCode;
import io.patrolagent.common.report.ReportDiff;
import io.patrolagent.common.report.ThenAndNow;
import io.patrolagent.reportsink.fleet.FleetView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportComparisonTest {

  private static Facts then(String id) {
    return Facts.of(id, LAST);
  }

  private static Facts now(String id) {
    return Facts.of(id, NOW);
  }

  private static Facts disk(Facts facts, double used) {
    return facts.codes(DISK_FILLING).figure("disk_used_percent", used);
  }

  private static ReportDiff compare(
      PatrolReport previous, List<FlaggedCluster> flagged, FleetView fleet) {
    return ReportComparison.of(List.of(previous), flagged, snapshot(), fleet, NOW);
  }

  /** Of one cluster that was flagged in both reports, for this code with these facts. */
  private static ProblemChange change(ReasonCode code, Facts then, Facts now) {
    PatrolReport previous = report(LAST).flags("c-1").knowing(then.codes(code).build()).build();
    ReportDiff diff = compare(previous, flagged("c-1"), fleet(now.codes(code).build()));
    assertThat(diff.problems()).hasSize(1);
    return diff.problems().get(0);
  }

  /** Of one cluster that was flagged for this code and is not flagged now. */
  private static ProblemChange unflagged(ReasonCode code, Facts then, FleetView fleet) {
    PatrolReport previous = report(LAST).flags("c-1").knowing(then.codes(code).build()).build();
    ReportDiff diff = compare(previous, List.of(), fleet);
    assertThat(diff.problems()).hasSize(1);
    return diff.problems().get(0);
  }

  @Test
  void theFirstReportOfItsKindHasProblemsOfWhichNothingIsNew() {
    ReportDiff diff =
        ReportComparison.of(
            List.of(),
            flagged("c-1", "c-2"),
            snapshot(),
            fleet(disk(now("c-1"), 92).build(), now("c-2").build()),
            NOW);

    assertThat(diff.previous()).isNull();
    assertThat(diff.problems())
        .extracting(ProblemChange::reasonCode)
        .containsExactly(DISK_FILLING, OTHER);
    assertThat(diff.counts().persisting()).isEqualTo(2);
    assertThat(diff.problems())
        .allSatisfy(
            problem -> {
              assertThat(problem.patrols()).isEqualTo(1);
              assertThat(problem.since()).isEqualTo(NOW);
            });
  }

  @Test
  void aProblemThatWasNotThereIsNewAndOthersOfItsClusterAreNot() {
    PatrolReport previous =
        report(LAST).flags("c-1").knowing(disk(then("c-1"), 92).build()).build();
    ClusterFacts now = disk(now("c-1"), 92).codes(DISK_FILLING, OPEN_ISSUE).build();

    ReportDiff diff =
        compare(previous, flagged("c-1", "c-2"), fleet(now, disk(now("c-2"), 95).build()));

    assertThat(diff.previous()).isEqualTo(previous.reportId());
    assertThat(diff.previousFinishedAt()).isEqualTo(LAST);
    assertThat(diff.problems())
        .extracting(ProblemChange::clusterId, ProblemChange::reasonCode, ProblemChange::change)
        .containsExactly(
            tuple("c-1", OPEN_ISSUE, Change.NEW),
            tuple("c-2", DISK_FILLING, Change.NEW),
            tuple("c-1", DISK_FILLING, Change.PERSISTING));
    assertThat(diff.problems().get(0).since()).isEqualTo(NOW);
  }

  @Test
  void otherWordsForTheSameStateAreNoChange() {
    PatrolReport previous =
        report(LAST).flags("c-1").knowing(disk(then("c-1"), 92).build()).build();
    FleetView fleet = fleet(disk(now("c-1"), 92).build());
    var reworded =
        List.of(
            new FlaggedCluster(
                "c-1",
                "info",
                "Compaction is behind and the certificate has expired",
                Map.of(
                    "certificate_days_left", new com.fasterxml.jackson.databind.node.IntNode(0))));

    assertThat(compare(previous, reworded, fleet).problems())
        .isEqualTo(compare(previous, flagged("c-1"), fleet).problems());
  }

  @ParameterizedTest
  @CsvSource({
    "92.0, 94.9, persisting",
    "92.0, 95.0, worse",
    "92.0, 89.1, persisting",
    "92.0, 89.0, better",
  })
  void aFigureIsWorseOrBetterWhenItHasMovedByItsMargin(double then, double now, String change) {
    ProblemChange problem = change(DISK_FILLING, disk(then("c-1"), then), disk(now("c-1"), now));

    assertThat(problem.change().wireName()).isEqualTo(change);
    assertThat(problem.numbers())
        .containsEntry("disk_used_percent", new ThenAndNow(then, now))
        .containsEntry("health_score", new ThenAndNow(90.0, 90.0));
  }

  @ParameterizedTest
  @CsvSource({
    "30, 42, persisting",
    "40, 49, worse",
    "49, 60, persisting",
    "60, 72, worse",
    "60, 58, better",
  })
  void aBackupThatGrowsOldByTheClockIsWorseWhenAnotherNightIsMissed(
      double then, double now, String change) {
    ProblemChange problem =
        change(
            BACKUP_OVERDUE,
            then("c-1").figure("backup_age_hours", then),
            now("c-1").figure("backup_age_hours", now));

    assertThat(problem.change().wireName()).isEqualTo(change);
  }

  @ParameterizedTest
  @CsvSource({"6.5, 6.0, persisting", "3.2, 2.7, worse", "0.3, -0.2, worse", "2.7, 5, better"})
  void aCertificateIsWorseWhenItsDaysRunOut(double then, double now, String change) {
    ProblemChange problem =
        change(
            CERTIFICATE_EXPIRING,
            then("c-1").figure("certificate_days_left", then),
            now("c-1").figure("certificate_days_left", now));

    assertThat(problem.change().wireName()).isEqualTo(change);
  }

  @Test
  void theRiskLevelDecidesWhereNoFigureHasMoved() {
    ProblemChange worse = change(AT_RISK, then("c-1").risk("Warning"), now("c-1").risk("Critical"));
    ProblemChange better =
        change(AT_RISK, then("c-1").risk("Critical"), now("c-1").risk("Warning"));
    ProblemChange unknown = change(AT_RISK, then("c-1").risk(null), now("c-1").risk("Critical"));
    ProblemChange byFigure =
        change(
            DISK_FILLING,
            disk(then("c-1"), 97).risk("Warning"),
            disk(now("c-1"), 92).risk("Critical"));

    assertThat(worse.change()).isEqualTo(Change.WORSE);
    assertThat(worse.note()).isEqualTo("rated Critical, Warning before");
    assertThat(better.change()).isEqualTo(Change.BETTER);
    assertThat(unknown.change()).isEqualTo(Change.PERSISTING);
    assertThat(byFigure.change()).isEqualTo(Change.BETTER);
  }

  @Test
  void theScoreDecidesWhereNothingElseDoes() {
    assertThat(change(AT_RISK, then("c-1").score(60.0), now("c-1").score(55.0)).change())
        .isEqualTo(Change.WORSE);
    assertThat(change(AT_RISK, then("c-1").score(60.0), now("c-1").score(55.1)).change())
        .isEqualTo(Change.PERSISTING);
  }

  @Test
  void aProblemIsResolvedWhereItsSourcesAreFreshAndSayThatItIsGone() {
    ProblemChange problem =
        unflagged(
            DISK_FILLING,
            disk(then("c-1"), 95),
            fleet(now("c-1").figure("disk_used_percent", 60).build()));

    assertThat(problem.change()).isEqualTo(Change.RESOLVED);
    assertThat(problem.note()).isNull();
    assertThat(problem.patrols()).isEqualTo(1);
    assertThat(problem.numbers()).containsEntry("disk_used_percent", new ThenAndNow(95.0, 60.0));
  }

  @Test
  void aProblemIsNotResolvedByOldDataNorByNone() {
    Facts then = disk(then("c-1"), 95);
    Facts measured = now("c-1").figure("disk_used_percent", 60);

    for (FleetView fleet :
        List.of(
            fleet(measured.ratedHoursAgo(24).build()),
            fleet(now("c-1").build()),
            fleet(),
            unreadable(),
            fleet(now("c-1").figure("disk_used_percent", 60).status("unheard of").build()))) {
      ProblemChange problem = unflagged(DISK_FILLING, then, fleet);

      assertThat(problem.change()).isEqualTo(Change.NOT_ASSESSED);
      assertThat(problem.note()).isNotBlank();
      assertThat(problem.customerName()).isEqualTo("customer of c-1");
    }
    assertThat(
            unflagged(AT_RISK, then("c-1"), fleet(now("c-1").ratedHoursAgo(30).build())).change())
        .isEqualTo(Change.NOT_ASSESSED);
    assertThat(
            unflagged(
                    HEALTH_POOR,
                    then("c-1").score(50.0),
                    fleet(now("c-1").scoredHoursAgo(24).build()))
                .change())
        .isEqualTo(Change.NOT_ASSESSED);
    assertThat(
            unflagged(
                    ALERT_FIRING,
                    then("c-1").figure("firing_critical_alerts", 2),
                    fleet(now("c-1").build()))
                .change())
        .isEqualTo(Change.NOT_ASSESSED);
  }

  @Test
  void whatTheSnapshotAloneShowsProvesNoEnd() {
    PatrolReport previous =
        report(LAST).flags("c-1").knowing(then("c-1").codes(AT_RISK).build()).build();

    ReportDiff diff =
        ReportComparison.of(
            List.of(previous), List.of(), snapshot(now("c-1").listed()), unreadable(), NOW);

    assertThat(diff.problems())
        .extracting(ProblemChange::change)
        .containsExactly(Change.NOT_ASSESSED);
  }

  @Test
  void aFigureThatIsNoNumberIsNone() {
    ProblemChange problem =
        change(DISK_FILLING, disk(then("c-1"), 92), disk(now("c-1"), Double.NaN));

    assertThat(problem.change()).isEqualTo(Change.PERSISTING);
    assertThat(problem.numbers()).containsEntry("disk_used_percent", new ThenAndNow(92.0, null));
  }

  @Test
  void aNameThatTwoClustersHaveIsNeithers() {
    PatrolReport previous = report(LAST).flags().knowing().build();
    FleetView fleet = fleet(now("c-1").named("twin").build(), now("c-2").named("twin").build());

    assertThat(compare(previous, flagged("twin"), fleet).problems())
        .extracting(ProblemChange::clusterId)
        .containsExactly("twin");
  }

  @Test
  void whereNothingIsRatedAFigureAloneResolves() {
    ProblemChange problem =
        unflagged(
            DISK_FILLING,
            disk(then("c-1"), 95).neverRated(),
            fleet(now("c-1").neverRated().figure("disk_used_percent", 60).build()));

    assertThat(problem.change()).isEqualTo(Change.RESOLVED);
  }

  @Test
  void aClusterThatIsOutOfServiceHasItsProblemsResolvedWithANote() {
    for (String status : List.of("terminated", "suspended")) {
      for (ReasonCode code : List.of(DISK_FILLING, AT_RISK)) {
        ProblemChange problem =
            unflagged(
                code, then("c-1"), fleet(now("c-1").status(status).ratedHoursAgo(99).build()));

        assertThat(problem.change()).isEqualTo(Change.RESOLVED);
        assertThat(problem.note()).isEqualTo("the cluster is " + status);
      }
    }
  }

  @Test
  void aNumberThatWobblesAroundItsBoundNeitherEndsAProblemNorMakesItNew() {
    PatrolReport first = report(LAST).flags("c-1").knowing(disk(then("c-1"), 90.1).build()).build();
    Facts below = now("c-1").figure("disk_used_percent", 89.9);
    PatrolReport second = report(NOW).flags("c-1").knowing(List.of(first), below.build()).build();
    Instant later = NOW.plusSeconds(12 * 3600);

    ReportDiff third =
        ReportComparison.of(
            List.of(second, first),
            flagged("c-1"),
            snapshot(),
            fleet(disk(Facts.of("c-1", later), 90.2).build()),
            later);

    assertThat(second.diff().problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.reasonCode()).isEqualTo(DISK_FILLING);
              assertThat(problem.change()).isEqualTo(Change.PERSISTING);
              assertThat(problem.note()).contains("disk_used_percent");
            });
    assertThat(third.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.change()).isEqualTo(Change.PERSISTING);
              assertThat(problem.patrols()).isEqualTo(3);
              assertThat(problem.since()).isEqualTo(LAST);
            });
  }

  @Test
  void aRatingThatIsWithdrawnWhileItsFigureHardlyMovesResolvesWithTheNextReport() {
    Facts then = then("c-1").codes(COMPACTION_BEHIND).figure("compaction_score", 160);
    Facts now = now("c-1").figure("compaction_score", 149);
    PatrolReport first = report(LAST).flags("c-1").knowing(then.build()).build();
    PatrolReport second = report(NOW).flags(List.of()).knowing(List.of(first), now.build()).build();
    Instant later = NOW.plusSeconds(12 * 3600);

    ReportDiff third =
        ReportComparison.of(
            List.of(second, first),
            List.of(),
            snapshot(),
            fleet(Facts.of("c-1", later).figure("compaction_score", 148).build()),
            later);

    assertThat(second.diff().problems())
        .extracting(ProblemChange::change)
        .containsExactly(Change.PERSISTING);
    assertThat(third.problems()).extracting(ProblemChange::change).containsExactly(Change.RESOLVED);
  }

  @Test
  void whatTheDataStillShowsGoesOnThoughTheWriterDidNotFlagIt() {
    ProblemChange same =
        unflagged(DISK_FILLING, disk(then("c-1"), 92), fleet(disk(now("c-1"), 93).build()));
    ProblemChange worse =
        unflagged(DISK_FILLING, disk(then("c-1"), 92), fleet(disk(now("c-1"), 97).build()));
    ProblemChange old =
        unflagged(AT_RISK, then("c-1"), fleet(now("c-1").codes(AT_RISK).ratedHoursAgo(48).build()));

    assertThat(same.change()).isEqualTo(Change.PERSISTING);
    assertThat(same.note()).isEqualTo("not flagged this time");
    assertThat(same.patrols()).isEqualTo(2);
    assertThat(worse.change()).isEqualTo(Change.WORSE);
    assertThat(old.change()).isEqualTo(Change.NOT_ASSESSED);
  }

  @Test
  void aProblemThatWasResolvedAndComesBackIsNew() {
    PatrolReport first =
        report(LAST.minusSeconds(12 * 3600))
            .flags("c-1")
            .knowing(disk(then("c-1"), 95).build())
            .build();
    PatrolReport second =
        report(LAST)
            .flags(List.of())
            .knowing(List.of(first), then("c-1").figure("disk_used_percent", 60).build())
            .build();

    ReportDiff third =
        ReportComparison.of(
            List.of(second, first),
            flagged("c-1"),
            snapshot(),
            fleet(disk(now("c-1"), 95).build()),
            NOW);

    assertThat(second.diff().counts().resolved()).isEqualTo(1);
    assertThat(third.problems())
        .extracting(ProblemChange::change, ProblemChange::since, ProblemChange::patrols)
        .containsExactly(tuple(Change.NEW, NOW, 1));
  }

  @Test
  void aProblemThatCouldNotBeToldOfGoesOnWhereItWasAndIsGivenUpAfterFiveReports() {
    List<PatrolReport> reports = new java.util.ArrayList<>();
    Instant start = NOW.minusSeconds(6 * 12 * 3600);
    reports.add(
        report(start).flags("c-1").knowing(disk(Facts.of("c-1", start), 95).build()).build());
    for (int i = 1; i <= 5; i++) {
      Instant at = start.plusSeconds(i * 43_200L);
      reports.add(
          0, report(at).flags(List.of()).compared(List.copyOf(reports), unreadable()).build());
    }

    ReportDiff back =
        ReportComparison.of(
            reports.subList(1, 6),
            flagged("c-1"),
            snapshot(),
            fleet(disk(now("c-1"), 95).build()),
            NOW);
    ReportDiff sixth = ReportComparison.of(reports, List.of(), snapshot(), unreadable(), NOW);

    assertThat(reports.get(0).diff().problems())
        .extracting(ProblemChange::change, ProblemChange::patrols)
        .containsExactly(tuple(Change.NOT_ASSESSED, 1));
    assertThat(back.problems())
        .extracting(ProblemChange::change, ProblemChange::since, ProblemChange::patrols)
        .containsExactly(tuple(Change.PERSISTING, start, 2));
    assertThat(sixth.problems()).isEmpty();
  }

  @Test
  void ofAClusterThatIsNoLongerThereItIsSaidOnce() {
    PatrolReport first = report(LAST).flags("c-1").knowing(disk(then("c-1"), 95).build()).build();
    PatrolReport second = report(NOW).knowing(List.of(first)).build();

    ReportDiff third =
        ReportComparison.of(
            List.of(second, first), List.of(), snapshot(), fleet(), NOW.plusSeconds(43_200));

    assertThat(second.diff().problems())
        .extracting(ProblemChange::change)
        .containsExactly(Change.NOT_ASSESSED);
    assertThat(third.problems()).isEmpty();
  }

  @Test
  void thatAClusterIsGoneIsSaidThoughTheTablesCouldNotBeReadBefore() {
    PatrolReport first = report(LAST).flags("c-1").knowing(disk(then("c-1"), 95).build()).build();
    PatrolReport blind = report(NOW).compared(List.of(first), unreadable()).build();

    ReportDiff third =
        ReportComparison.of(
            List.of(blind, first), List.of(), snapshot(), fleet(), NOW.plusSeconds(43_200));

    assertThat(third.problems())
        .extracting(ProblemChange::note)
        .containsExactly("the fleet's tables do not have the cluster");
  }

  @Test
  void aClusterThatIsFlaggedForNothingInTheDataHasOneOther() {
    PatrolReport previous =
        report(LAST)
            .flags("c-1", "c-2")
            .knowing(then("c-1").build(), disk(then("c-2"), 95).build())
            .build();

    ReportDiff diff =
        compare(
            previous,
            flagged("c-1", "c-1", "c-2", "c-3"),
            fleet(
                now("c-1").build(),
                now("c-2").figure("disk_used_percent", 50).build(),
                now("c-3").build()));

    assertThat(diff.problems())
        .extracting(ProblemChange::clusterId, ProblemChange::reasonCode, ProblemChange::change)
        .containsExactly(
            tuple("c-3", OTHER, Change.NEW),
            tuple("c-2", DISK_FILLING, Change.RESOLVED),
            tuple("c-1", OTHER, Change.PERSISTING),
            tuple("c-2", OTHER, Change.PERSISTING));
  }

  @Test
  void whatTheDataNeverShowedItCannotProveToBeGone() {
    PatrolReport first = report(LAST).flags("c-1").knowing(then("c-1").build()).build();
    PatrolReport second = report(NOW).knowing(List.of(first), now("c-1").build()).build();

    ReportDiff third =
        ReportComparison.of(
            List.of(second, first),
            List.of(),
            snapshot(),
            fleet(now("c-1").build()),
            NOW.plusSeconds(43_200));

    assertThat(second.diff().problems())
        .extracting(ProblemChange::reasonCode, ProblemChange::change)
        .containsExactly(tuple(OTHER, Change.NOT_ASSESSED));
    assertThat(third.problems()).isEmpty();
  }

  @Test
  void ofAnEarlierVersionsReportTheSnapshotSaysWhatItsClustersWereFlaggedFor() {
    PatrolReport previous =
        report(LAST)
            .flags("c-1")
            .snapshot(snapshot(then("c-1").score(40.0).risk("Critical").listed()))
            .build();
    ClusterFacts now =
        now("c-1")
            .score(42.0)
            .risk("Critical")
            .codes(AT_RISK, HEALTH_POOR, OPEN_ISSUE, COMPACTION_BEHIND)
            .build();

    ReportDiff diff = compare(previous, flagged("c-1"), fleet(now));

    assertThat(diff.problems())
        .extracting(ProblemChange::reasonCode, ProblemChange::change, ProblemChange::patrols)
        .containsExactly(
            tuple(COMPACTION_BEHIND, Change.NEW, 1),
            tuple(HEALTH_POOR, Change.PERSISTING, 2),
            tuple(AT_RISK, Change.PERSISTING, 2),
            tuple(OPEN_ISSUE, Change.PERSISTING, 2));
  }

  @Test
  void whateverAClusterShowsThatWasFlaggedForNobodyKnowsWhatIsNoNews() {
    PatrolReport previous = report(LAST).flags("c-1", "c-2", "c-3").build();
    FleetView fleet =
        fleet(
            disk(now("c-1"), 95).codes(DISK_FILLING, OPEN_ISSUE).build(),
            disk(now("c-2"), 95).build(),
            now("c-3").build());

    ReportDiff diff = compare(previous, flagged("c-1"), fleet);

    assertThat(diff.problems())
        .extracting(ProblemChange::clusterId, ProblemChange::reasonCode, ProblemChange::change)
        .containsExactly(
            tuple("c-3", OTHER, Change.NOT_ASSESSED),
            tuple("c-1", DISK_FILLING, Change.PERSISTING),
            tuple("c-1", OPEN_ISSUE, Change.PERSISTING),
            tuple("c-2", DISK_FILLING, Change.PERSISTING));
    assertThat(diff.problems().get(1).patrols()).isEqualTo(2);
    assertThat(diff.problems().get(1).since()).isEqualTo(LAST);
  }

  @Test
  void tablesThatCanBeReadAgainMakeNothingNew() {
    PatrolReport known = report(LAST).flags("c-1").knowing(disk(then("c-1"), 95).build()).build();
    PatrolReport blind = report(NOW).flags("c-1").compared(List.of(known), unreadable()).build();
    Instant later = NOW.plusSeconds(43_200);

    ReportDiff again =
        ReportComparison.of(
            List.of(blind, known),
            flagged("c-1"),
            snapshot(),
            fleet(disk(Facts.of("c-1", later), 95).codes(DISK_FILLING, OPEN_ISSUE).build()),
            later);

    assertThat(blind.diff().problems())
        .extracting(ProblemChange::reasonCode, ProblemChange::change)
        .containsExactly(tuple(DISK_FILLING, Change.NOT_ASSESSED), tuple(OTHER, Change.PERSISTING));
    assertThat(again.problems())
        .extracting(ProblemChange::reasonCode, ProblemChange::change, ProblemChange::since)
        .containsExactly(
            tuple(DISK_FILLING, Change.PERSISTING, LAST),
            tuple(OPEN_ISSUE, Change.PERSISTING, LAST));
  }

  @Test
  void aClusterThatIsCalledByItsNameIsTheSameCluster() {
    PatrolReport previous =
        report(LAST).flags("name of c-1").knowing(disk(then("c-1"), 92).build()).build();

    ReportDiff diff =
        compare(previous, flagged("c-1", "name of c-1"), fleet(disk(now("c-1"), 92).build()));

    assertThat(diff.problems())
        .extracting(ProblemChange::clusterId, ProblemChange::change)
        .containsExactly(tuple("c-1", Change.PERSISTING));
  }

  @Test
  void whatMattersMostStandsFirst() {
    PatrolReport previous =
        report(LAST)
            .flags("gone", "worse", "same", "better", "lost")
            .knowing(
                disk(then("gone"), 95).build(),
                disk(then("worse"), 91).build(),
                disk(then("same"), 91).build(),
                disk(then("better"), 98).build(),
                disk(then("lost"), 98).build())
            .build();

    ReportDiff diff =
        compare(
            previous,
            flagged("worse", "same", "better", "new-b", "new-a", "new-critical", "new-s"),
            fleet(
                now("gone").figure("disk_used_percent", 50).build(),
                disk(now("worse"), 97).build(),
                disk(now("same"), 91).build(),
                disk(now("better"), 91).build(),
                disk(now("new-b"), 91).build(),
                disk(now("new-a"), 91).build(),
                disk(now("new-critical"), 91).risk("Critical").build(),
                disk(now("new-s"), 91).tier("S").build()));

    assertThat(diff.problems())
        .extracting(ProblemChange::clusterId)
        .containsExactly(
            "new-s", "new-critical", "new-a", "new-b", "worse", "lost", "better", "gone", "same");
  }

  @Test
  void ofVeryManyProblemsAllAreCountedAndTheFirstAreListed() {
    String[] ids = IntStream.range(0, 6_000).mapToObj(i -> "c-" + i).toArray(String[]::new);
    PatrolReport previous = report(LAST).flags().knowing().build();

    ReportDiff diff = compare(previous, flagged(ids), fleet());

    assertThat(diff.counts().fresh()).isEqualTo(6_000);
    assertThat(diff.problems()).hasSize(5_000);
  }

  @Test
  void actionsOnProblemsThatAreStillThereAreHandedOver() {
    PatrolReport previous =
        report(LAST)
            .flags("c-1", "c-2", "c-10", "c-3")
            .knowing(
                disk(then("c-1"), 95).build(),
                disk(then("c-2"), 95).build(),
                disk(then("c-10"), 95).build(),
                disk(then("c-3"), 95).build())
            .recommends(
                "Expand the volume of c-1.",
                "Expand the volume of c-10.",
                "Look at name of c-3, too",
                "Restore c-1-backup, old-c-1 and c-1.example.com",
                "Expand the volume of c-2 alone",
                "Move c-2/c-1 elsewhere",
                "Call the customer")
            .build();

    ReportDiff diff =
        compare(
            previous,
            flagged("c-1", "c-2"),
            fleet(
                disk(now("c-1"), 95).build(),
                now("c-2").codes(OPEN_ISSUE).figure("disk_used_percent", 40).build(),
                now("c-10").figure("disk_used_percent", 40).build(),
                disk(now("c-3"), 95).build()));

    assertThat(diff.handover())
        .extracting(action -> action.text())
        .containsExactly(
            "Expand the volume of c-1.", "Look at name of c-3, too", "Move c-2/c-1 elsewhere");
  }

  private static org.assertj.core.groups.Tuple tuple(Object... values) {
    return org.assertj.core.groups.Tuple.tuple(values);
  }
}
