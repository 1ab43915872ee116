package io.patrolagent.agentrunner.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricSummaryTest {

  private static final Instant NOW = Instant.parse("2026-11-24T07:00:00Z");
  private static final Instant SINCE = NOW.minus(Duration.ofHours(24));

  @Test
  void aDiskThatFillsByOnePercentAnHourIsFullWhenTheLineMeetsHundred() {
    ObjectNode disk = summary("disk_used_percent", hour -> 66 + hour);

    assertThat(disk.path("samples").asInt()).isEqualTo(24);
    assertThat(disk.path("latest").asDouble()).isEqualTo(90);
    assertThat(disk.path("min").asDouble()).isEqualTo(67);
    assertThat(disk.path("max").asDouble()).isEqualTo(90);
    assertThat(disk.path("mean").asDouble()).isEqualTo(78.5);
    assertThat(disk.path("slope_per_hour").asDouble()).isEqualTo(1);
    assertThat(disk.path("r_squared").asDouble()).isEqualTo(1);
    assertThat(disk.path("threshold").asDouble()).isEqualTo(100);
    assertThat(disk.path("threshold_direction").asText()).isEqualTo("above");
    assertThat(disk.path("hours_to_threshold").asDouble()).isEqualTo(10);
    assertThat(disk.path("crosses_at").asText()).isEqualTo("2026-11-24T17:00:00Z");
    assertThat(disk.path("beyond_threshold").asBoolean(true)).isFalse();
  }

  @Test
  void aCertificateRunsOutDownwards() {
    ObjectNode certificate = summary("certificate_days_left", hour -> 3 - hour / 24);

    assertThat(certificate.path("hours_to_threshold").asDouble()).isEqualTo(48);
    assertThat(certificate.path("threshold_direction").asText()).isEqualTo("below");
  }

  /** 90 now; to gain 10 in 720 h takes 1/72 an hour, which is just not further than 30 days. */
  @ParameterizedTest
  @CsvSource({"72, 720.0", "72.2, null"})
  void whatIsFurtherThanThirtyDaysIsNoForecast(double hoursPerPercent, String expected) {
    ObjectNode disk = summary("disk_used_percent", hour -> 90 + (hour - 24) / hoursPerPercent);

    assertThat(disk.path("hours_to_threshold").toString()).isEqualTo(expected);
    assertThat(disk.path("crosses_at").isNull()).isEqualTo(expected.equals("null"));
  }

  @Test
  void aSlopeThatPointsAwayIsNoForecast() {
    assertThat(summary("disk_used_percent", hour -> 90 - hour).path("crosses_at").isNull())
        .isTrue();
    assertThat(summary("certificate_days_left", hour -> 9 + hour).path("crosses_at").isNull())
        .isTrue();
  }

  @Test
  void aSwingIsNoForecast() {
    ObjectNode swing = summary("memory_percent", hour -> 70 + (hour % 2 == 0 ? 5 : -5));

    assertThat(swing.path("slope_per_hour").asDouble()).isNotZero();
    assertThat(swing.path("crosses_at").isNull()).isTrue();
    assertThat(swing.path("hours_to_threshold").isNull()).isTrue();
  }

  @Test
  void whatIsBeyondAlreadyIsSaidSoAndNotForecast() {
    ObjectNode full = summary("disk_used_percent", hour -> 76 + hour);

    assertThat(full.path("latest").asDouble()).isEqualTo(100);
    assertThat(full.path("beyond_threshold").asBoolean()).isTrue();
    assertThat(full.path("crosses_at").isNull()).isTrue();
  }

  @Test
  void aLineThatMetItSinceTheLastSampleMeetsItNow() {
    MetricSummary summary = new MetricSummary("disk_used_percent", SINCE, NOW);
    for (int hour = 1; hour <= 12; hour++) {
      summary.add(SINCE.plus(Duration.ofHours(hour)), 87 + hour);
    }

    assertThat(summary.json().path("latest").asDouble()).isEqualTo(99);
    assertThat(summary.json().path("crosses_at").asText()).isEqualTo(NOW.toString());
    assertThat(summary.json().path("hours_to_threshold").asDouble()).isZero();
  }

  @Test
  void aMetricWithoutAThresholdHasATrendAndNoForecast() {
    ObjectNode latency = summary("query_p99_ms", hour -> 10 * hour);

    assertThat(latency.path("slope_per_hour").asDouble()).isEqualTo(10);
    assertThat(latency.path("threshold").isNull()).isTrue();
    assertThat(latency.path("crosses_at").isNull()).isTrue();
    assertThat(latency.has("beyond_threshold")).isFalse();
  }

  @Test
  void theSeriesAveragesEqualPartsOfTheWindowAndLeavesEmptyOnes() {
    MetricSummary summary = new MetricSummary("x", SINCE, NOW);
    summary.add(SINCE.plus(Duration.ofMinutes(1)), 10);
    summary.add(SINCE.plus(Duration.ofMinutes(60)), 20); // the end belongs to its part
    summary.add(SINCE.plus(Duration.ofMinutes(61)), 40);
    summary.add(NOW, 50);

    assertThat(summary.json().path("series"))
        .hasToString(
            "[[\"2026-11-23T07:30:00Z\",15],[\"2026-11-23T08:30:00Z\",40],"
                + "[\"2026-11-24T06:30:00Z\",50]]");
  }

  @Test
  void aMetricWithoutSamplesSaysThatThereAreNone() {
    assertThat(new MetricSummary("x", SINCE, NOW).json())
        .hasToString("{\"metric\":\"x\",\"samples\":0,\"first_at\":null,\"latest_at\":null}");
  }

  private static ObjectNode summary(String metric, DoubleUnaryOperator value) {
    MetricSummary summary = new MetricSummary(metric, SINCE, NOW);
    for (int hour = 1; hour <= 24; hour++) {
      summary.add(SINCE.plus(Duration.ofHours(hour)), value.applyAsDouble(hour));
    }
    return summary.json();
  }
}
