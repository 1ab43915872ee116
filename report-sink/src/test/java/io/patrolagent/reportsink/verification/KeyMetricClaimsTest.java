package io.patrolagent.reportsink.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.patrolagent.common.report.Claim;
import io.patrolagent.common.report.EvidenceSource;
import io.patrolagent.common.report.Mark;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyMetricClaimsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "disk_used_percent|90.7",
        "disk_used_percent|91",
        "disk_usage_pct|91",
        "disk_usage|\"91 %\"",
        "disk_usage|\"about 88 %\"",
        "disk_used_percent|\"90,7\"",
        "disk|0.91",
        "disk_used_percent|88.1",
        "something_else|90.7",
      })
  void aFigureThatReadsAsTheDataIsVerified(String name, String value) {
    Checked report =
        new Checked()
            .metric("c-1", "disk_used_percent", 90.7, ",\"min\":88.1")
            .flag("c-1", null, null, "{\"" + name + "\": " + value + "}");

    assertThat(report.only(name).mark()).isEqualTo(Mark.VERIFIED);
    assertThat(report.source(report.only(name)).name()).isEqualTo("get_cluster_metrics");
  }

  @ParameterizedTest
  @CsvSource({"95", "90", "90.8", "9.07", "907"})
  void aFigureThatTheDataHasOtherwiseIsContradictedWithTheTrueValue(String value) {
    Claim claim =
        new Checked()
            .metric("c-1", "disk_used_percent", 90.7, "")
            .flag("c-1", null, null, "{\"disk_usage_pct\": " + value + "}")
            .only("disk_usage_pct");

    assertThat(claim.mark()).isEqualTo(Mark.CONTRADICTED);
    assertThat(claim.found()).isEqualTo("90.7");
    assertThat(claim.clusterId()).isEqualTo("c-1");
    assertThat(claim.entry()).isZero();
  }

  @Test
  void anotherClustersFigureIsNoGround() {
    Claim claim =
        new Checked()
            .metric("c-2", "disk_used_percent", 90.7, "")
            .flag("c-1", null, null, "{\"disk_used_percent\": 90.7}")
            .only("disk_used_percent");

    assertThat(claim.mark()).isEqualTo(Mark.UNSUPPORTED);
  }

  @Test
  void anAnswersRowsAreAboutTheClusterThatEachNames() {
    Checked report =
        new Checked()
            .answer(
                "query_sql",
                "{\"sql\":\"select …\"}",
                """
                {"rows":[{"cluster_id":"c-1","lag_seconds":7},{"cluster_id":"c-2","lag_seconds":9}]}""")
            .flag("c-1", null, null, "{\"lag_seconds\": 7}")
            .flag("c-2", null, null, "{\"lag_seconds\": 7}");

    assertThat(report.claims("lag_seconds"))
        .extracting(Claim::mark)
        .containsExactly(Mark.VERIFIED, Mark.CONTRADICTED);
  }

  @ParameterizedTest
  @CsvSource({
    "replication_lag_ms, 7200",
    "replication_lag, 7.2",
    "replication_lag_minutes, 0.12",
  })
  void timesAreComparedInAnyUnit(String name, String value) {
    assertThat(
            new Checked()
                .metric("c-1", "replication_lag_seconds", 7.2, "")
                .flag("c-1", null, null, "{\"" + name + "\": " + value + "}")
                .only(name)
                .mark())
        .isEqualTo(Mark.VERIFIED);
  }

  @ParameterizedTest
  @CsvSource({"\"1.5 GB\"", "\"1.4 GiB\"", "\"1.4 GB\"", "\"1500 MB\""})
  void bytesAreComparedInThousandsAndInTwentyFourthsMore(String value) {
    assertThat(
            new Checked()
                .answer(
                    "query_sql",
                    "{}",
                    "{\"rows\":[{\"cluster_id\":\"c-1\",\"size_bytes\":1500000000}]}")
                .flag("c-1", null, null, "{\"size\": " + value + "}")
                .only("size")
                .mark())
        .isEqualTo(Mark.VERIFIED);
  }

  @Test
  void aSizeInBytesDoesNotContradictAShareOfTheSameName() {
    assertThat(
            new Checked()
                .metric("c-1", "disk_used_percent", 90.7, "")
                .flag("c-1", null, null, "{\"disk_used_gb\": 512}")
                .only("disk_used_gb")
                .mark())
        .isEqualTo(Mark.UNSUPPORTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"4.000\"", "\"4,000\"", "\"4 000\"", "\"4k\"", "4000"})
  void aNumberOfAnotherLocaleIsReadEitherWay(String value) {
    assertThat(
            new Checked()
                .metric("c-1", "queries_per_second", 4000, "")
                .flag("c-1", null, null, "{\"qps\": " + value + "}")
                .only("qps")
                .mark())
        .isEqualTo(Mark.VERIFIED);
  }

  @Test
  void anAgeIsVerifiedByATimestamp() {
    assertThat(
            new Checked()
                .answer(
                    "query_sql",
                    "{}",
                    "{\"rows\":[{\"cluster_id\":\"c-1\",\"last_backup\":\"2026-11-24T00:10:00Z\"}]}")
                .flag("c-1", null, null, "{\"backup_age_hours\": 31}")
                .only("backup_age_hours")
                .mark())
        .isEqualTo(Mark.VERIFIED);
  }

  @Test
  void whatTheFleetsTablesSayIsGroundToo() {
    Checked report =
        new Checked()
            .fleet(Checked.facts("c-1", "Critical", 31.5, Map.of("firing_alerts", 3.0)))
            .flag("c-1", null, null, "{\"firing_alerts\": 3, \"alerts_firing\": 4}");

    assertThat(report.only("firing_alerts").mark()).isEqualTo(Mark.VERIFIED);
    assertThat(report.source(report.only("firing_alerts")).name()).isEqualTo(EvidenceSource.FLEET);
    assertThat(report.only("alerts_firing").mark()).isEqualTo(Mark.CONTRADICTED);
  }

  @Test
  void whatTheWriterSawUnderAnotherNameIsNotContradictedByWhatTheTablesSayLater() {
    assertThat(
            new Checked()
                .answer("query_sql", "{}", "{\"rows\":[{\"cluster_id\":\"c-1\",\"fill\":90.7}]}")
                .fleet(Checked.facts("c-1", "Critical", 31.5, Map.of("disk_used_percent", 92.4)))
                .flag("c-1", null, null, "{\"disk_used_percent\": 90.7}")
                .only("disk_used_percent")
                .mark())
        .isEqualTo(Mark.VERIFIED);
  }

  @Test
  void whatWasSoInAnEarlierReportContradictsNothing() {
    assertThat(
            new Checked()
                .answer(
                    "get_previous_patrol",
                    "{}",
                    """
                    {"flagged_clusters":[{"cluster_id":"c-1","key_metrics":{"disk_used_percent":80}}]}""")
                .flag("c-1", null, null, "{\"disk_used_percent\": 91}")
                .only("disk_used_percent")
                .mark())
        .isEqualTo(Mark.UNSUPPORTED);
  }

  @ParameterizedTest
  @CsvSource({
    "customer, acme, VERIFIED",
    "customer_name, Initech, CONTRADICTED",
    "tier, S, VERIFIED",
    "tier, Tier S, VERIFIED",
    "customer_tier, B, CONTRADICTED",
    "region, EU-West-1, VERIFIED",
    "region, us-east-1, CONTRADICTED",
    "version, v3.2.1, VERIFIED",
    "version, 3.2.2, CONTRADICTED",
    "cloud, AWS, VERIFIED",
    "risk_level, critical, VERIFIED",
    "risk_level, Healthy, CONTRADICTED",
    "mood, sour, UNSUPPORTED",
  })
  void textsAreComparedAsAReaderWould(String name, String value, Mark mark) {
    assertThat(
            new Checked()
                .flag("c-1", null, null, "{\"" + name + "\": \"" + value + "\"}")
                .only(name)
                .mark())
        .isEqualTo(mark);
  }

  @Test
  void whatCodeAddedIsNoClaim() {
    assertThat(
            new Checked()
                .flag(
                    new io.patrolagent.common.report.FlaggedCluster(
                        "c-1",
                        "critical",
                        "disk 12 %",
                        Map.of(),
                        io.patrolagent.common.report.AddedFrom.SNAPSHOT))
                .claims())
        .isEmpty();
  }

  @Test
  void nestedFiguresAreChecked() {
    Checked report =
        new Checked()
            .metric("c-1", "disk_used_percent", 90.7, "")
            .flag("c-1", null, null, "{\"disk\": {\"used_percent\": 91, \"more\": [90.7, null]}}");

    assertThat(report.claims("disk.used_percent")).hasSize(1);
    assertThat(report.claims("disk.more")).extracting(Claim::mark).containsExactly(Mark.VERIFIED);
  }
}
