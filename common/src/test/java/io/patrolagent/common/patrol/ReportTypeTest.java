package io.patrolagent.common.patrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTypeTest {

  @ParameterizedTest
  @CsvSource({
    "morning,   MORNING,   PT12H",
    "evening,   EVENING,   PT12H",
    "weekly,    WEEKLY,    PT168H",
    "on_demand, ON_DEMAND, PT24H"
  })
  void aTypeHasANameOnTheWireAndALifetime(String wireName, ReportType type, Duration lifetime) {
    assertThat(ReportType.parse(wireName)).isEqualTo(type);
    assertThat(type.wireName()).isEqualTo(wireName);
    assertThat(type.lifetime()).isEqualTo(lifetime);
  }

  @Test
  void thereAreFour() {
    assertThat(ReportType.values()).hasSize(4);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "Morning", "ON_DEMAND", "on-demand", "daily", " weekly"})
  void anyOtherNameIsRefusedAndTheKnownOnesAreNamed(String name) {
    assertThatThrownBy(() -> ReportType.parse(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "report_type must be one of morning, evening, weekly, on_demand, not '" + name + "'");
  }
}
