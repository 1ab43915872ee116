package io.patrolagent.common.ops;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricsTest {

  @Test
  void tellsTheJvmTheBuildAndWhatTheServiceAddsTaggedWithItsName() {
    try (Metrics metrics = new Metrics("report-sink")) {
      // Given
      metrics.registry().counter("patrol.reports", "status", "completed").increment();
      // When
      String text = metrics.scrape();
      // Then
      assertThat(text)
          .contains("patrol_reports_total{service=\"report-sink\",status=\"completed\"} 1.0")
          .containsPattern("jvm_memory_used_bytes\\{[^}]*service=\"report-sink\"")
          .contains("jvm_gc_")
          .contains("jvm_threads_live_threads{service=\"report-sink\"}")
          .contains("process_uptime_seconds{service=\"report-sink\"}")
          .contains(
              "patrol_build_info{java=\"%s\",service=\"report-sink\",version=\"%s\"} 1"
                  .formatted(Runtime.version(), Build.version()));
    }
  }

  @Test
  void theVersionIsTheBuilds() {
    assertThat(Build.version()).matches("\\d+\\.\\d+\\.\\d+(-.*)?");
  }
}
