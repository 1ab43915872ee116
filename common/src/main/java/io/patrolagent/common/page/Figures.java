package io.patrolagent.common.page;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers and times for people, the same in every locale and zone. */
final class Figures {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final BigDecimal CENT = new BigDecimal("0.01");

  private Figures() {}

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static String time(Instant instant) {
    return MINUTE.format(instant);
  }

  /**
   * {@code 42 s}, {@code 7 min}, {@code 5 h}, {@code 3 d}: the largest unit that is at least one.
   */
  static String age(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 120) {
      return seconds + " s";
    }
    if (seconds < 2 * 3600) {
      return seconds / 60 + " min";
    }
    return seconds < 48 * 3600 ? seconds / 3600 + " h" : count(seconds / 86400) + " d";
  }

  /** Dollars to the cent, more exactly where it costs less than one. */
  static String dollars(BigDecimal cost) {
    boolean tiny = cost.signum() > 0 && cost.compareTo(CENT) < 0;
    return "$" + cost.setScale(tiny ? 4 : 2, RoundingMode.HALF_UP).toPlainString();
  }
}
