package io.patrolagent.reportsink.verification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameKeyTest {

  @ParameterizedTest
  @CsvSource({
    "disk_usage_pct, disk_used_percent",
    "Disk used (%), disk_used_percent",
    "diskUsedPercent, disk_used_percent",
    "p99_query_ms, query_p99_ms",
    "cert_days_remaining, certificate_days_left",
    "mem_pct, memory_percent",
    "restart_count_24h, restarts_24h",
    "qps, queries_per_second",
    "tier, customer_tier",
    "customer, customer_name",
    "risk, risk_level",
    "alerts_firing, firing_alerts",
  })
  void otherWordsForTheSameHaveTheSameKey(String written, String name) {
    assertThat(NameKey.of(written).key()).isEqualTo(NameKey.of(name).key());
  }

  @ParameterizedTest
  @CsvSource({
    "disk_used_percent, disk_free_percent",
    "query_p99_ms, query_p95_ms",
    "restarts_24h, restarts_7d",
    "open_issues_critical, open_issues_high",
    "nodes, nodes_not_running",
  })
  void whatIsAnotherThingHasAnotherKey(String one, String other) {
    assertThat(NameKey.of(one).key()).isNotEqualTo(NameKey.of(other).key());
  }

  @ParameterizedTest
  @CsvSource({
    "disk_used_percent, PERCENT",
    "query_p99_ms, MILLISECOND",
    "replication_lag_seconds, SECOND",
    "certificate_days_left, DAY",
    "backup_age_hours, HOUR",
    "data_size_gb, GIGABYTE",
    "queries_per_second, null",
    "slope_per_hour, null",
    "restarts_24h, null",
    "score, null",
  })
  void theUnitIsTakenFromTheName(String name, String unit) {
    assertThat(String.valueOf(NameKey.of(name).unit())).isEqualTo(unit);
  }
}
