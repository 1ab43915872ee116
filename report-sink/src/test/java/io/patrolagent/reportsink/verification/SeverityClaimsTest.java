package io.patrolagent.reportsink.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.patrolagent.common.report.Claim;
import io.patrolagent.common.report.Mark;
import io.patrolagent.common.report.ReasonCode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeverityClaimsTest {

  private static final Map<String, Double> NONE = Map.of();

  @Test
  void criticalForAHealthyClusterIsContradicted() {
    Claim claim = new Checked().flag("c-2", "critical", null, "{}").only("severity");

    assertThat(claim.mark()).isEqualTo(Mark.CONTRADICTED);
    assertThat(claim.found()).isEqualTo("rated Healthy, with a health score of 96");
  }

  @Test
  void aCriticalRatingVerifiesEverySeverity() {
    for (String severity : new String[] {"critical", "warning", "info"}) {
      assertThat(new Checked().flag("c-1", severity, null, "{}").only("severity").mark())
          .isEqualTo(Mark.VERIFIED);
    }
  }

  @Test
  void aWriterMayRaiseAWarningForGraveReasons() {
    assertThat(rated("Warning", 88, ReasonCode.CERTIFICATE_EXPIRING)).isEqualTo(Mark.VERIFIED);
    assertThat(rated("Warning", 55, ReasonCode.AT_RISK)).isEqualTo(Mark.VERIFIED);
  }

  @Test
  void aWarningAloneDoesNotMakeItCritical() {
    assertThat(rated("Warning", 88, ReasonCode.CPU_PRESSURE)).isEqualTo(Mark.UNSUPPORTED);
  }

  @Test
  void evidenceOfTroubleKeepsAHealthyRatingFromContradicting() {
    Checked report =
        new Checked()
            .answer(
                "get_cluster_alerts",
                "{\"cluster_id\":\"c-2\"}",
                "{\"alerts\":[{\"severity\":\"critical\",\"status\":\"firing\"}]}")
            .flag("c-2", "critical", null, "{}");

    assertThat(report.only("severity").mark()).isEqualTo(Mark.VERIFIED);
  }

  @Test
  void anAlertThatNoLongerFiresIsNoTrouble() {
    Checked report =
        new Checked()
            .answer(
                "get_cluster_alerts",
                "{\"cluster_id\":\"c-2\"}",
                "{\"alerts\":[{\"severity\":\"critical\",\"status\":\"resolved\"}]}")
            .flag("c-2", "critical", null, "{}");

    assertThat(report.only("severity").mark()).isEqualTo(Mark.CONTRADICTED);
  }

  @Test
  void whatGivesOutWithinTwoDaysIsCritical() {
    assertThat(forecast(20)).isEqualTo(Mark.VERIFIED);
    assertThat(forecast(200)).isEqualTo(Mark.CONTRADICTED);
  }

  @Test
  void ofAClusterThatNobodyKnowsNothingIsSaid() {
    assertThat(new Checked().flag("c-9", "critical", null, "{}").only("severity").mark())
        .isEqualTo(Mark.UNSUPPORTED);
  }

  private static Mark forecast(int hours) {
    return new Checked()
        .metric("c-2", "disk_used_percent", 90, ",\"hours_to_threshold\":" + hours)
        .flag("c-2", "critical", null, "{}")
        .only("severity")
        .mark();
  }

  private static Mark rated(String risk, double score, ReasonCode... codes) {
    return new Checked()
        .fleet(Checked.facts("c-7", risk, score, NONE, codes))
        .flag("c-7", "critical", null, "{}")
        .only("severity")
        .mark();
  }
}
