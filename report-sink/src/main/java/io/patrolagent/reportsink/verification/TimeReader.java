package io.patrolagent.reportsink.verification;

import io.patrolagent.reportsink.verification.Quantity.Bound;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.MonthDay;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads dates and times where they begin with a digit, a month's name before it included. */
final class TimeReader {

  private static final String CLOCK =
      "([01]?\\d|2[0-3]):([0-5]\\d)(?::([0-5]\\d)(?:\\.\\d{1,9}+)?)?";
  private static final String ZONE = "(?:[ \\u00a0]?(?:UTC|GMT|Z)\\b|\\+00(?::?00)?)?";
  private static final String MONTH =
      "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}+\\.?";
  private static final String THEN = "(?:(?:,? at | |,|, |T|\\s\\()" + CLOCK + ")?";
  private static final Pattern ISO =
      insensitive("(\\d{4})-(\\d{2})-(\\d{2})(?!\\d)(?:[T ]" + CLOCK + ")?" + ZONE);
  private static final Pattern DAY_FIRST =
      insensitive("(\\d{1,2})\\.?(?:st|nd|rd|th)? " + MONTH + "(?:,? (\\d{4}))?" + THEN + ZONE);
  private static final Pattern MONTH_FIRST =
      insensitive(MONTH + " (\\d{1,2})(?:st|nd|rd|th)?(?!\\d)(?:,? (\\d{4}))?" + THEN + ZONE);
  private static final Pattern CLOCK_ONLY = insensitive(CLOCK + "(?![:\\d])" + ZONE);
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final int LONGEST_MONTH = 10;

  private final String text;

  TimeReader(String text) {
    this.text = text;
  }

  private static Pattern insensitive(String pattern) {
    return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
  }

  /** The time that begins here, or null. */
  Figure.@Nullable Time at(int start) {
    try {
      Figure.Time time = iso(start);
      time = time == null ? dayFirst(start) : time;
      time = time == null ? monthFirst(start) : time;
      return time == null ? clock(start) : time;
    } catch (DateTimeException noSuchDay) {
      return null;
    }
  }

  private Figure.@Nullable Time iso(int start) {
    Matcher m = looking(ISO, start);
    return m == null
        ? null
        : time(start, m, number(m, 1), MonthDay.of(number(m, 2), number(m, 3)), 4);
  }

  private Figure.@Nullable Time dayFirst(int start) {
    Matcher m = looking(DAY_FIRST, start);
    return m == null
        ? null
        : time(start, m, year(m, 3), MonthDay.of(month(m.group(2)), number(m, 1)), 4);
  }

  private Figure.@Nullable Time monthFirst(int start) {
    int from = start - 1;
    while (from > 0 && start - from <= LONGEST_MONTH && Character.isLetter(text.charAt(from - 1))) {
      from--;
    }
    Matcher m = from >= 0 && from < start - 1 ? looking(MONTH_FIRST, from) : null;
    return m == null || m.start(2) != start
        ? null
        : time(from, m, year(m, 3), MonthDay.of(month(m.group(1)), number(m, 2)), 4);
  }

  private Figure.@Nullable Time clock(int start) {
    Matcher m = looking(CLOCK_ONLY, start);
    return m == null ? null : time(start, m, null, null, 1);
  }

  private Figure.Time time(
      int start, Matcher m, @Nullable Integer year, @Nullable MonthDay day, int hour) {
    boolean seconds = m.group(hour) != null && m.group(hour + 2) != null;
    LocalTime clock =
        m.group(hour) == null
            ? null
            : LocalTime.of(number(m, hour), number(m, hour + 1), seconds ? number(m, hour + 2) : 0);
    boolean about = Introduction.bound(text, start) != Bound.EXACT;
    return new Figure.Time(start, m.end(), new Moment(year, day, clock, seconds, about));
  }

  private @Nullable Matcher looking(Pattern pattern, int start) {
    Matcher matcher = pattern.matcher(text).region(start, text.length());
    return matcher.lookingAt() ? matcher : null;
  }

  private static int number(Matcher m, int group) {
    return Integer.parseInt(m.group(group));
  }

  private static @Nullable Integer year(Matcher m, int group) {
    return m.group(group) == null ? null : number(m, group);
  }

  private static int month(String name) {
    return MONTHS.indexOf(name.substring(0, 3).toLowerCase(Locale.ROOT)) + 1;
  }
}
