package io.patrolagent.common.page;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times on the reader's clock, to the minute. */
final class Times {

  // English is said, so that a machine's language changes nothing
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm zzz", Locale.ENGLISH);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter DAY_AND_ZONE =
      DateTimeFormatter.ofPattern("d MMM HH:mm zzz", Locale.ENGLISH);

  private final ZoneId zone;

  Times(ZoneId zone) {
    this.zone = zone;
  }

  /** {@code 2026-11-25 08:02 CET}. */
  String minute(Instant instant) {
    return MINUTE.format(instant.atZone(zone));
  }

  /** The same, or {@code unknown}. */
  String minuteOrUnknown(@Nullable Instant instant) {
    return instant == null ? "unknown" : minute(instant);
  }

  /** {@code 25 Nov 08:02}, where the year and the zone stand nearby. */
  String day(Instant instant) {
    return DAY.format(instant.atZone(zone));
  }

  /** {@code 25 Nov 08:02 CET}. */
  String dayAndZone(Instant instant) {
    return DAY_AND_ZONE.format(instant.atZone(zone));
  }
}
