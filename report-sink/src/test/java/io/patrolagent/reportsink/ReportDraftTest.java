package io.patrolagent.reportsink;

import static org.assertj.core.api.Assertions.assertThat;

import io.patrolagent.common.event.PatrolFailed;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.report.PatrolReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReportDraftTest {

  @ParameterizedTest
  @EnumSource(names = {"COMPLETED", "PARTIAL", "DEGRADED"})
  void aWholeReportEndsAsTheAgentSaid(ReportStatus status) {
    var event = Inputs.finished(Inputs.request(), Inputs.REPORT, status, "m");

    PatrolReport report = Inputs.draft(new SinkInput.Finished(event));

    assertThat(report.status()).isEqualTo(status);
    assertThat(report.warnings()).containsExactly("the budget was nearly spent");
    assertThat(report.flaggedClusters()).hasSize(1);
    assertThat(report.rawReport()).isEqualTo(Inputs.REPORT);
  }

  @ParameterizedTest
  @EnumSource(names = {"COMPLETED", "DEGRADED"})
  void aReportThatLacksASectionIsPartialAndSaysWhich(ReportStatus status) {
    String raw = Inputs.REPORT.replace("## PREDICTIONS", "## OUTLOOK");

    PatrolReport report =
        Inputs.draft(new SinkInput.Finished(Inputs.finished(Inputs.request(), raw, status, "m")));

    assertThat(report.status()).isEqualTo(ReportStatus.PARTIAL);
    assertThat(report.warnings())
        .contains("the budget was nearly spent", "PREDICTIONS: the section is missing.");
    assertThat(report.recommendedActions()).hasSize(1);
  }

  @Test
  void textThatNobodyCanReadIsKeptAsAPartialReport() {
    PatrolReport report = Inputs.draft(new SinkInput.Finished(Inputs.finished("Sorry, I can't.")));

    assertThat(report.status()).isEqualTo(ReportStatus.PARTIAL);
    assertThat(report.rawReport()).isEqualTo("Sorry, I can't.");
    assertThat(report.fleetSnapshot()).isNotNull();
    assertThat(report.warnings()).anySatisfy(w -> assertThat(w).contains("none of the section"));
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED", "EXPIRED"})
  void aPatrolThatWasGivenUpSaysWhereAndWhy(ReportStatus status) {
    PatrolRequest request = Inputs.request();
    var event = PatrolFailed.of(request, "aggregator", status, "no database", Inputs.DONE);

    PatrolReport report = Inputs.draft(new SinkInput.Failed(event));

    assertThat(report.status()).isEqualTo(status);
    assertThat(report.error()).isEqualTo("aggregator: no database");
    assertThat(report.reportType()).isEqualTo(request.reportType());
    assertThat(report.scope()).isEqualTo(request.scope());
    assertThat(report.retryOf()).isEqualTo(request.retryOf());
    assertThat(report.finishedAt()).isEqualTo(Inputs.DONE);
    assertThat(report.usage()).isNull();
  }

  @Test
  void whatAPatrolWithoutAReportCostIsKept() {
    PatrolRequest request = Inputs.request();
    var event = Inputs.ended(request, ReportStatus.CANCELLED, null);

    PatrolReport report = Inputs.draft(new SinkInput.Failed(event));

    assertThat(report.usage()).isEqualTo(event.usage());
    assertThat(report.dueAt()).isEqualTo(request.dueAt());
    assertThat(report.sharedWith()).isNull();
  }

  @Test
  void aSharedPatrolSaysWhoseReportToRead() {
    PatrolId other = PatrolId.random();

    PatrolReport report =
        Inputs.draft(
            new SinkInput.Failed(Inputs.ended(Inputs.request(), ReportStatus.SHARED, other)));

    assertThat(report.status()).isEqualTo(ReportStatus.SHARED);
    assertThat(report.sharedWith()).isEqualTo(other);
  }

  @Test
  void aTriggerThatNobodyCouldReadHasNoReportType() {
    PatrolId id = PatrolId.random();
    var event =
        new PatrolFailed(
            1, id, null, "aggregator", ReportStatus.FAILED, "no JSON", null, null, Inputs.DONE);

    PatrolReport report = Inputs.draft(new SinkInput.Failed(event));

    assertThat(report.reportId()).isEqualTo(id);
    assertThat(report.reportType()).isNull();
    assertThat(report.triggeredBy()).isNull();
  }
}
