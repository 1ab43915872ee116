package io.patrolagent.common.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {

  private static final RetryPolicy POLICY =
      new RetryPolicy(5, Duration.ofMillis(200), Duration.ofSeconds(10));

  @ParameterizedTest
  @CsvSource({
    "1,   200",
    "2,   400",
    "3,   800",
    "6,   6400",
    "7,   10000",
    "100, 10000",
    "2147483647, 10000"
  })
  void waitsDoubleUpToTheLongest(int failures, long ceiling) {
    assertThat(waits(POLICY, failures)).allMatch(wait -> 100 <= wait && wait <= ceiling);
  }

  @Test
  void waitsSpreadOverTheirWholeRange() {
    Set<Long> waits = waits(POLICY, 7);

    assertThat(waits).anyMatch(wait -> wait < 4_000).anyMatch(wait -> wait > 6_000);
  }

  @Test
  void aPolicyOfOneWaitWaitsThatLongAtMost() {
    RetryPolicy steady = new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(1));

    assertThat(waits(steady, 9)).containsExactly(1L);
  }

  @Test
  void atLeastOneAttemptIsMade() {
    assertThatThrownBy(() -> new RetryPolicy(0, Duration.ofMillis(1), Duration.ofMillis(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("attempts must be at least 1, not 0");
  }

  @ParameterizedTest
  @CsvSource({"PT0S, PT1S", "PT-1S, PT1S", "PT2S, PT1S"})
  void waitsThatAreNotPositiveOrDoNotRiseAreRefused(Duration first, Duration longest) {
    assertThatThrownBy(() -> new RetryPolicy(3, first, longest))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("waits must be positive and rise, not from " + first + " to " + longest);
  }

  private static Set<Long> waits(RetryPolicy policy, int failures) {
    return IntStream.range(0, 500)
        .mapToObj(i -> policy.waitAfter(failures).toMillis())
        .collect(Collectors.toSet());
  }
}
