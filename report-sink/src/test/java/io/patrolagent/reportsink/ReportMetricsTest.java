package io.patrolagent.reportsink;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.report.ChangeCounts;
import io.patrolagent.common.report.ClaimCounts;
import io.patrolagent.common.report.Coverage;
import io.patrolagent.common.report.Mark;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.ReportDiff;
import io.patrolagent.common.report.Verification;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportMetricsTest {

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void everyEndOfEveryTypeIsThereBeforeItsFirstPatrol() {
    var unused = new ReportMetrics(meters);

    for (ReportType type : ReportType.values()) {
      for (ReportStatus status : ReportStatus.values()) {
        assertThat(
                meters
                    .get("patrol.reports")
                    .tag("report_type", type.wireName())
                    .tag("status", status.wireName())
                    .counter()
                    .count())
            .isZero();
      }
    }
  }

  @Test
  void claimsAreCountedByWhatTheyCameTo() {
    ReportMetrics metrics = new ReportMetrics(meters);
    PatrolReport report = Inputs.draft(new SinkInput.Finished(Inputs.finished()));
    assertThat(claims(Mark.CONTRADICTED)).isZero();

    metrics.announced(
        report.checked(
            new Verification(
                new ClaimCounts(5, 2, 1),
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of()),
            new ReportDiff(null, null, ChangeCounts.of(List.of()), List.of(), List.of(), List.of()),
            new Coverage(4, 0, 0, 4, List.of(), List.of(), List.of())));
    metrics.announced(report); // of a version that did not check

    assertThat(claims(Mark.VERIFIED)).isEqualTo(5);
    assertThat(claims(Mark.CONTRADICTED)).isEqualTo(2);
    assertThat(claims(Mark.UNSUPPORTED)).isEqualTo(1);
  }

  private double claims(Mark mark) {
    return meters
        .get("patrol.report.claims")
        .tag("report_type", "morning")
        .tag("mark", mark.wireName())
        .counter()
        .count();
  }
}
