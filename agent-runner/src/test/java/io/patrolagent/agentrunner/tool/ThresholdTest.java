package io.patrolagent.agentrunner.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.patrolagent.agentrunner.tool.Threshold.Direction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdTest {

  @ParameterizedTest
  @CsvSource({
    "disk_used_percent, 100, ABOVE",
    "memory_percent, 100, ABOVE",
    "be.disk.data_used_pct, 100, ABOVE",
    "account_quota_used_percent, 100, ABOVE",
    "JVM-Heap-Usage-Percent, 100, ABOVE",
    "connections_used_percent, 100, ABOVE",
    "disk_used_ratio, 1, ABOVE",
    "disk_free_percent, 0, BELOW",
    "memory_available_pct, 0, BELOW",
    "certificate_days_left, 0, BELOW",
    "tls_cert_hours_remaining, 0, BELOW",
    "licence_until_expiry_days, 0, BELOW"
  })
  void whatHasAHardEndHasAThreshold(String metric, double value, Direction direction) {
    assertThat(Threshold.of(metric)).contains(new Threshold(value, direction));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cpu_percent",
        "error_rate_percent",
        "query_p99_ms",
        "replication_lag_seconds",
        "backup_age_hours",
        "compaction_score",
        "connections",
        "queries_per_second",
        "disk_used_gb",
        "member_percent",
        "diskless_queries_percent"
      })
  void whatHasNoneHasNone(String metric) {
    assertThat(Threshold.of(metric)).isEmpty();
  }
}
