package io.patrolagent.reportsink;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.patrol.ReportType;
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
}
