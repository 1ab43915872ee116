package io.patrolagent.reportsink;

import static org.assertj.core.api.Assertions.assertThat;

import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.event.ReportFinished;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.report.Change;
import io.patrolagent.common.report.Claim;
import io.patrolagent.common.report.ClaimCounts;
import io.patrolagent.common.report.Coverage;
import io.patrolagent.common.report.CustomerSummary;
import io.patrolagent.common.report.FlaggedCluster;
import io.patrolagent.common.report.Mark;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.Prediction;
import io.patrolagent.common.report.ProblemChange;
import io.patrolagent.common.report.ReasonCode;
import io.patrolagent.common.report.RecommendedAction;
import io.patrolagent.common.report.ReportDiff;
import io.patrolagent.common.report.ReportSection;
import io.patrolagent.common.report.Verification;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnnouncementTest {

  private static final int LIMIT = 900_000;

  private final PatrolRequest request = Inputs.request();

  @Test
  void aReportIsAnnouncedWholeButForItsRawText() {
    ReportFinished event = Announcement.of(report(10, 10, 100, 100));

    assertThat(event.truncated()).isFalse();
    assertThat(event.report().rawReport()).isNull();
    assertThat(event.report().fleetSnapshot()).isNotNull();
    assertThat(event.report().flaggedClusters()).hasSize(10);
    assertThat(event.report().fleetNarrative()).hasSize(100);
    assertThat(event.patrolId()).isEqualTo(request.patrolId());
    assertThat(event.reportType()).isEqualTo(request.reportType());
  }

  @Test
  void theSnapshotIsTheFirstToGo() {
    ReportFinished event = Announcement.of(report(10, 10, 890_000, 20_000));

    assertThat(event.truncated()).isTrue();
    assertThat(event.report().fleetSnapshot()).isNull();
    assertThat(event.report().customerSummaries()).hasSize(10);
    assertThat(event.report().fleetNarrative()).hasSize(890_000);
  }

  @Test
  void ofALargeVerificationItsCountsStay() {
    ReportFinished event = Announcement.of(checked(10_000, 10));

    assertThat(event.truncated()).isTrue();
    assertThat(event.report().verification().counts()).isEqualTo(new ClaimCounts(0, 0, 10_000));
    assertThat(event.report().verification().claims()).isEmpty();
    assertThat(event.report().diff().problems()).hasSize(10);
    assertThat(event.report().coverage()).isNotNull();
    assertThat(event.report().flaggedClusters()).hasSize(10);
    assertThat(EventCodec.encode(event)).hasSizeLessThanOrEqualTo(LIMIT);
  }

  @Test
  void whatChangedGoesBeforeFindingsDo() {
    ReportFinished event = Announcement.of(checked(10, 10_000));

    assertThat(event.report().diff()).isNull();
    assertThat(event.report().flaggedClusters()).hasSize(10);
    assertThat(EventCodec.encode(event)).hasSizeLessThanOrEqualTo(LIMIT);
  }

  private PatrolReport checked(int claims, int problems) {
    Claim claim =
        new Claim(
            ReportSection.FLEET_NARRATIVE,
            null,
            null,
            "number",
            "1".repeat(100),
            Mark.UNSUPPORTED,
            null,
            null);
    List<Claim> all = Collections.nCopies(claims, claim);
    ProblemChange problem =
        new ProblemChange(
            "c-1",
            "ACME",
            "S",
            ReasonCode.OTHER,
            Change.NEW,
            Inputs.DONE,
            1,
            Map.of(),
            "n".repeat(100));
    return report(10, 10, 100, 100)
        .checked(
            new Verification(
                ClaimCounts.of(all),
                all,
                List.of(),
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of()),
            new ReportDiff(
                null, null, null, Collections.nCopies(problems, problem), List.of(), List.of()),
            new Coverage(4, 1, 1, 2, List.of(), List.of(), List.of()));
  }

  @Test
  void thenTheEndsOfListsAndNoMoreThanNeeded() {
    ReportFinished event = Announcement.of(report(4_000, 1_000, 100, 100));

    assertThat(event.truncated()).isTrue();
    assertThat(event.report().customerSummaries()).hasSizeLessThan(4_000);
    assertThat(event.report().customerSummaries().get(0).customer()).isEqualTo("customer 0");
    assertThat(event.report().flaggedClusters()).hasSize(1_000);
    assertThat(event.report().recommendedActions()).hasSize(1_000);
    assertThat(EventCodec.encode(event)).hasSizeLessThanOrEqualTo(LIMIT);
  }

  @Test
  void thenTheEndsOfTexts() {
    ReportFinished event = Announcement.of(report(10, 10, 3_000_000, 100));

    assertThat(event.report().fleetNarrative()).startsWith("🔴").endsWith("…");
    assertThat(event.report().predictions()).isEmpty();
    assertThat(EventCodec.encode(event)).hasSizeLessThanOrEqualTo(LIMIT);
  }

  @Test
  void whateverIsLargeFits() {
    String huge = "\u0001".repeat(200_000);
    PatrolReport report =
        new PatrolReport(
            request.patrolId(),
            ReportStatus.FAILED,
            request.reportType(),
            huge,
            request.scope(),
            huge,
            null,
            null,
            huge,
            List.of(new FlaggedCluster(huge, huge, huge, Map.of())),
            List.of(new Prediction(huge, huge)),
            List.of(new CustomerSummary("a", null, huge)),
            List.of(new RecommendedAction(huge, huge)),
            huge,
            null,
            List.of(huge),
            huge,
            null,
            null,
            null,
            null,
            Inputs.DONE);

    assertThat(EventCodec.encode(Announcement.of(report))).hasSizeLessThanOrEqualTo(LIMIT);
  }

  @Test
  void theSameReportAlwaysGivesTheSameBytes() {
    PatrolReport report = report(4_000, 1_000, 3_000_000, 100);

    assertThat(EventCodec.encode(Announcement.of(report)))
        .isEqualTo(EventCodec.encode(Announcement.of(report)));
  }

  private PatrolReport report(int customers, int others, int narrative, int snapshotSize) {
    FleetSnapshot snapshot = Inputs.snapshot();
    FleetSnapshot sized =
        new FleetSnapshot(
            snapshot.takenAt(),
            snapshot.clusterCounts(),
            snapshot.riskDistribution(),
            snapshot.healthDistribution(),
            snapshot.alerts24h(),
            snapshot.openIssues(),
            List.of(),
            List.of(),
            List.of(),
            List.of("w".repeat(snapshotSize)));
    return new PatrolReport(
        request.patrolId(),
        ReportStatus.COMPLETED,
        request.reportType(),
        request.triggeredBy(),
        request.scope(),
        request.focus(),
        null,
        null,
        narrative > 1_000_000 ? "🔴".repeat(narrative / 2) : "n".repeat(narrative),
        Collections.nCopies(others, new FlaggedCluster("c-1", "critical", "disk", Map.of())),
        Collections.nCopies(others, new Prediction("High", "full by noon")),
        java.util.stream.IntStream.range(0, customers)
            .mapToObj(i -> new CustomerSummary("customer " + i, "S", "s".repeat(300)))
            .toList(),
        Collections.nCopies(others, new RecommendedAction("Today", "expand")),
        "raw",
        sized,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        Inputs.DONE);
  }
}
