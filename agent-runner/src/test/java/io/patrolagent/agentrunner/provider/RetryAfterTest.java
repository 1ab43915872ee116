package io.patrolagent.agentrunner.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

  private static final Instant NOW = Instant.parse("2026-11-24T07:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "retry-after, 20, PT20S",
    "Retry-After, 1.5, PT1.5S",
    "Retry-After, ' 3 ', PT3S",
    "Retry-After, 0, PT0S",
    "Retry-After, -5, PT0S",
    "Retry-After, 99999999999999999999, P365D",
    "Retry-After, 'Tue, 24 Nov 2026 07:01:30 GMT', PT1M30S",
    "Retry-After, 'Tue, 24 Nov 2026 06:00:00 GMT', PT0S",
    "retry-after-ms, 250, PT0.25S"
  })
  void secondsDatesAndMillisecondsAreRead(String header, String value, Duration expected) {
    assertThat(RetryAfter.of(reply(Map.of(header, List.of(value)), ""), NOW)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "NaN", "Tue, 99 Nov 2026"})
  void whatIsNeitherIsNotThere(String value) {
    assertThat(RetryAfter.of(reply(Map.of("Retry-After", List.of(value)), "no json"), NOW))
        .isEmpty();
  }

  @Test
  void theFinerHeaderGoesFirst() {
    Reply reply = reply(Map.of("Retry-After", List.of("1"), "retry-after-ms", List.of("400")), "");
    assertThat(RetryAfter.of(reply, NOW)).contains(Duration.ofMillis(400));
  }

  @Test
  void geminisDelayIsInItsErrorWhichMayBeAListOfOne() {
    String error = "{\"error\":{\"details\":[{},{\"retryDelay\":\"3.5s\"}]}}";
    for (String body : List.of(error, "[" + error + "]")) {
      assertThat(RetryAfter.of(reply(Map.of(), body), NOW)).contains(Duration.ofMillis(3500));
    }
  }

  private static Reply reply(Map<String, List<String>> headers, String body) {
    return new Reply(429, HttpHeaders.of(headers, (name, value) -> true), body);
  }
}
