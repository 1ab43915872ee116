package io.patrolagent.agentrunner.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * When a provider says to come back: {@code Retry-After} in seconds or as an HTTP date (RFC 9110
 * 10.2.3), {@code retry-after-ms} of OpenAI and Azure, {@code retryDelay} in Gemini's error.
 */
final class RetryAfter {

  /** Beyond any deadline, so that no arithmetic on it overflows. */
  private static final double MOST_SECONDS = Duration.ofDays(365).toSeconds();

  private RetryAfter() {}

  static Optional<Duration> of(Reply reply, Instant now) {
    return reply
        .headers()
        .firstValue("retry-after-ms")
        .flatMap(text -> seconds(text, 1000))
        .or(() -> reply.headers().firstValue("retry-after").flatMap(text -> header(text, now)))
        .or(() -> googleDelay(reply.json()));
  }

  private static Optional<Duration> header(String text, Instant now) {
    return seconds(text, 1).or(() -> date(text, now));
  }

  private static Optional<Duration> seconds(String text, double perSecond) {
    try {
      double seconds = Double.parseDouble(text.strip()) / perSecond;
      if (Double.isNaN(seconds)) {
        return Optional.empty();
      }
      double bounded = Math.max(0, Math.min(seconds, MOST_SECONDS));
      return Optional.of(Duration.ofMillis((long) Math.ceil(bounded * 1000)));
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> date(String text, Instant now) {
    try {
      Instant at =
          ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO);
    } catch (DateTimeParseException notADate) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> googleDelay(JsonNode body) {
    for (JsonNode detail : ErrorBody.error(body).path("details")) {
      String delay = detail.path("retryDelay").asText("");
      if (delay.endsWith("s")) {
        return seconds(delay.substring(0, delay.length() - 1), 1);
      }
    }
    return Optional.empty();
  }
}
