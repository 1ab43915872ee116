package io.patrolagent.agentrunner.offline.wording;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers, plurals, lists and times as they are written in an English sentence. */
public final class Prose {

  /** Below this many a share in per cent says less than the count. */
  private static final int SHARES_FROM = 20;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu 'at' HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter SHORT_TIME =
      DateTimeFormatter.ofPattern("d MMM HH:mm 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private Prose() {}

  /** {@code 12,345}. */
  public static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** {@code 1 cluster}, {@code 12,345 clusters}. */
  public static String count(long count, String noun) {
    return number(count) + " " + (count == 1 ? noun : noun + "s");
  }

  /** {@code is} or {@code are}, {@code has} or {@code have}: the first for one. */
  public static String agree(long count, String one, String more) {
    return count == 1 ? one : more;
  }

  /** {@code " (1.3 %)"}, or nothing where a share would say no more than the count does. */
  public static String share(int part, int whole) {
    if (whole < SHARES_FROM || part == 0 || part == whole) {
      return "";
    }
    double percent = 100.0 * part / whole;
    if (percent < 0.1) {
      return " (under 0.1 %)";
    }
    if (percent > 99.9) {
      return " (over 99.9 %)";
    }
    return String.format(Locale.ROOT, " (%.1f %%)", percent);
  }

  /** {@code a}, {@code a and b}, {@code a, b and c}. */
  public static String list(List<String> parts) {
    int last = parts.size() - 1;
    return last < 1
        ? String.join("", parts)
        : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
  }

  /** As {@link #list(List)}, the parts beyond {@code max} counted only: {@code a, b and 7 more}. */
  public static String list(List<String> parts, int max) {
    if (parts.size() <= max + 1) {
      return list(parts);
    }
    return String.join(", ", parts.subList(0, max))
        + " and "
        + number(parts.size() - max)
        + " more";
  }

  /** A score without zeros at its end: {@code 41}, {@code 88.5}. */
  public static String score(double score) {
    BigDecimal rounded = BigDecimal.valueOf(score).setScale(2, RoundingMode.HALF_UP);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  /** {@code 12 minutes}, {@code 31 hours}, {@code 4 days}; rounded down. */
  public static String duration(Duration duration) {
    if (duration.toMinutes() < 1) {
      return "less than a minute";
    }
    if (duration.toHours() < 2) {
      return count(duration.toMinutes(), "minute");
    }
    return duration.toHours() < 72
        ? count(duration.toHours(), "hour")
        : count(duration.toDays(), "day");
  }

  public static String time(Instant instant) {
    return TIME.format(instant);
  }

  /** {@code 25 Nov 06:00 UTC}. */
  public static String shortTime(Instant instant) {
    return SHORT_TIME.format(instant);
  }

  /** {@code (25 Nov 06:00 UTC)} after a space, or nothing where the time is not known. */
  public static String at(@Nullable Instant instant) {
    return instant == null ? "" : " (" + shortTime(instant) + ")";
  }

  public static String uncapitalised(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }

  public static String capitalised(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
