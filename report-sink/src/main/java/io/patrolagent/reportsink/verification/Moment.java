package io.patrolagent.reportsink.verification;

import io.patrolagent.reportsink.verification.Quantity.Interval;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A date, a time of day or both, as written, in UTC. Without a year it is the one nearest to the
 * report; seconds that are not written may be any.
 */
record Moment(
    @Nullable Integer year,
    @Nullable MonthDay day,
    @Nullable LocalTime time,
    boolean seconds,
    boolean about) {

  private static final long DAY = 86_400;

  /** What {@code about 14:00} may be, and {@code about 14:20}. */
  private static final long ABOUT_THE_HOUR = 30 * 60;

  private static final long ABOUT = 10 * 60;

  /** Seconds since 1970 that are this moment; null where only a time of day is written. */
  @Nullable Interval instants(Instant writtenAt) {
    LocalDate date = date(writtenAt);
    if (date == null) {
      return null;
    }
    LocalTime at = time;
    if (at == null) {
      long midnight = date.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
      return new Interval((double) midnight, (double) (midnight + DAY - 1));
    }
    long second = date.atTime(at).toEpochSecond(ZoneOffset.UTC);
    return new Interval((double) (second - before(at)), (double) (second + after(at)));
  }

  /** Seconds of the day that are this time; null where none is written. */
  @Nullable Interval secondsOfDay() {
    LocalTime at = time;
    if (at == null) {
      return null;
    }
    return new Interval(
        (double) (at.toSecondOfDay() - before(at)), (double) (at.toSecondOfDay() + after(at)));
  }

  /** Cut or rounded to the minute, and the seconds that a clock's second may be off. */
  private long before(LocalTime at) {
    return about ? slack(at) : seconds ? 1 : 30;
  }

  private long after(LocalTime at) {
    return about ? slack(at) : seconds ? 1 : 60;
  }

  private static long slack(LocalTime at) {
    return at.getMinute() == 0 ? ABOUT_THE_HOUR : ABOUT;
  }

  private @Nullable LocalDate date(Instant writtenAt) {
    MonthDay of = day;
    if (of == null) {
      return null;
    }
    try {
      LocalDate written = LocalDate.ofInstant(writtenAt, ZoneOffset.UTC);
      if (year != null) {
        return of.atYear(year);
      }
      LocalDate same = of.atYear(written.getYear());
      if (same.isAfter(written.plusMonths(6))) {
        return of.atYear(written.getYear() - 1);
      }
      return same.isBefore(written.minusMonths(6)) ? of.atYear(written.getYear() + 1) : same;
    } catch (DateTimeException outOfRange) {
      return null;
    }
  }
}
