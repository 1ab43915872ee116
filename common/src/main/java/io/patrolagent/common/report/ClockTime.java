package io.patrolagent.common.report;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A date or a time of day in a text, as hours after the report was written. */
final class ClockTime {

  private static final Set<String> UTC = Set.of("UTC", "GMT", "Z");
  private static final double LATEST_HOURS = 24 * 366;

  private ClockTime() {}

  static @Nullable Window first(
      Pattern dated, Pattern clock, String text, String lower, @Nullable Instant writtenAt) {
    Matcher date = dated.matcher(text);
    if (date.find()) {
      return window(text, date, at(date), writtenAt);
    }
    Matcher time = clock.matcher(lower);
    return time.find() ? window(text, time, next(time, writtenAt), writtenAt) : null;
  }

  private static Window window(
      String text, Matcher found, @Nullable Instant at, @Nullable Instant writtenAt) {
    String written = Blank.strip(text.substring(found.start(), found.end()));
    if (at == null || writtenAt == null) {
      return new Window(written, null, null);
    }
    double hours = Duration.between(writtenAt, at).toSeconds() / 3600.0;
    boolean ahead = hours >= 0 && hours <= LATEST_HOURS;
    return ahead
        ? new Window(written, 0.0, Window.rounded(hours))
        : new Window(written, null, null);
  }

  /** The moment; a date alone lasts until its end. */
  private static @Nullable Instant at(Matcher date) {
    try {
      LocalDate day = LocalDate.parse(date.group(1));
      return date.group(2) == null
          ? day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant()
          : day.atTime(Integer.parseInt(date.group(2)), Integer.parseInt(date.group(3)))
              .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException notADate) {
      // "2026-13-45": words, like any other
      return null;
    }
  }

  private static @Nullable Instant next(Matcher time, @Nullable Instant writtenAt) {
    String zone = time.group(5);
    int hour = Integer.parseInt(time.group(2));
    String half = time.group(4);
    boolean zoned = zone != null && isZone(zone);
    if (writtenAt == null || (zoned && !UTC.contains(zone.toUpperCase(Locale.ROOT)))) {
      return null;
    }
    if (half != null) {
      hour = hour % 12 + (half.strip().equals("pm") ? 12 : 0);
    }
    if ("tomorrow".startsWith(zone == null ? "-" : zone)) {
      // "14:00 tomorrow" is not the next 14:00
      return null;
    }
    Instant today =
        writtenAt
            .atZone(ZoneOffset.UTC)
            .toLocalDate()
            .atTime(LocalTime.of(hour, Integer.parseInt(time.group(3))))
            .toInstant(ZoneOffset.UTC);
    return today.isBefore(writtenAt) ? today.plus(Duration.ofDays(1)) : today;
  }

  /** Whether the word behind the time is a zone; "on" and "and" are none. */
  private static boolean isZone(String word) {
    boolean offset = word.charAt(0) == '+' || word.charAt(0) == '-';
    return offset
        || !Set.of("on", "and", "or", "if", "the", "when", "as", "at", "in", "to", "for", "tomo")
            .contains(word);
  }
}
