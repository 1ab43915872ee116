package io.patrolagent.common.report;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When something is expected: the words, and the hours after the report was written where these are
 * a matter of arithmetic. A span of the past, such as {@code over the last 24 h}, is no window.
 *
 * <p>A time of day needs to know when the report was written, and is UTC where no zone is named; in
 * another zone it stays words.
 */
record Window(String written, @Nullable Double hoursFrom, @Nullable Double hoursTo) {

  private static final int LOOKED_AT = 2_000;

  private static final String NUMBER =
      "(\\d{1,4}(?:\\.\\d{1,2})?|half an?|an?|one|two|three|four|five|six|seven|twelve|few)";
  private static final String UNIT = "(min(?:ute)?s?|h(?:ou)?rs?|h|d(?:ays?)?|w(?:ee)?ks?)\\b";
  private static final String RANGE =
      "[~≈]?"
          + NUMBER
          + "(?:\\s?(?:h|hours|d|days)?\\s?(?:-|–|—|to|and)\\s?"
          + NUMBER
          + ")?[\\s-]?"
          + UNIT;

  private static final Pattern PAST =
      Pattern.compile("(?:last|past|previous|prior|ago|since|for)\\W{0,3}(?:the )?$");
  private static final Pattern SPAN =
      Pattern.compile(
          "\\b((?:(?:with)?in|over|during|for|between)\\s(?:(?:about|around|roughly|approximately|another|the|at most)\\s)?"
              + "(?:(?:next|coming|following)\\s)?|(?:the\\s)?next\\s|after\\s(?:about\\s)?)"
              + RANGE);
  private static final Pattern BARE_RANGE =
      Pattern.compile(
          "(?<![\\w.,:-])[~≈]?(\\d{1,3})\\s?h?\\s?(?:-|–|—|to)\\s?(\\d{1,3})[\\s-]?" + UNIT);
  private static final Pattern ONLY = Pattern.compile("(?:[<≤]\\s?)?" + RANGE + "\\.?");
  private static final Pattern CLOCK =
      Pattern.compile(
          "\\b(by|at|about|around|before|until|near|~)\\s?(?:about\\s)?([01]?\\d|2[0-3]):([0-5]\\d)(?::[0-5]\\d)?"
              + "(\\s?(?:am|pm)\\b)?(?:\\s?([A-Za-z]{1,4}\\b|[+-]\\d\\d:?\\d\\d))?");
  private static final Pattern DATED =
      Pattern.compile(
          "\\b(?:(?:by|at|about|around|before|on|until)\\s)?(\\d{4}-\\d\\d-\\d\\d)"
              + "(?:[T ](\\d\\d):(\\d\\d)(?::\\d\\d(?:\\.\\d{1,9})?)?\\s?(Z|UTC|GMT)?)?");
  private static final Pattern WORDS =
      Pattern.compile(
          "\\b(?:(?:by|before|until|later)\\s)?(?:the\\s)?(today|tonight|tomorrow(?: morning| evening| night)?"
              + "|this (?:week(?:end)?|afternoon|evening|morning)|end of (?:the )?(?:day|week|shift)|noon|midnight)\\b");

  private static final Map<String, Double> NUMBERS =
      Map.ofEntries(
          Map.entry("a", 1.0),
          Map.entry("an", 1.0),
          Map.entry("half a", 0.5),
          Map.entry("half an", 0.5),
          Map.entry("one", 1.0),
          Map.entry("two", 2.0),
          Map.entry("three", 3.0),
          Map.entry("four", 4.0),
          Map.entry("five", 5.0),
          Map.entry("six", 6.0),
          Map.entry("seven", 7.0),
          Map.entry("twelve", 12.0));

  /** The first window in a sentence, or null. */
  static @Nullable Window in(String text, @Nullable Instant writtenAt) {
    String looked = text.length() <= LOOKED_AT ? text : text.substring(0, LOOKED_AT);
    String lower = lower(looked);
    Window found = spanIn(looked, lower);
    if (found == null) {
      found = ClockTime.first(DATED, CLOCK, looked, lower, writtenAt);
    }
    if (found == null) {
      Matcher range = BARE_RANGE.matcher(lower);
      while (found == null && range.find()) {
        found = isPast(lower, range.start()) ? null : ofRange(looked, range, 1);
      }
    }
    if (found == null) {
      Matcher words = WORDS.matcher(lower);
      found = words.find() ? words(looked.substring(words.start(), words.end())) : null;
    }
    return found;
  }

  /** A field's value, of which nothing else is said; its words are kept whatever they are. */
  static @Nullable Window ofField(String value, @Nullable Instant writtenAt) {
    String written = Blank.strip(value);
    if (written.isEmpty()) {
      return null;
    }
    if (written.length() > 200) {
      return words(written);
    }
    Matcher only = ONLY.matcher(lower(written));
    Window found = only.matches() ? ofRange(written, only, 1) : in(written, writtenAt);
    return found == null ? words(written) : new Window(written, found.hoursFrom, found.hoursTo);
  }

  /** What is a span of time and nothing else, such as {@code within 24h}; or null. */
  static @Nullable Window whole(String written) {
    if (written.length() > 40) {
      return null;
    }
    String lower = lower(Blank.strip(written));
    Matcher span = SPAN.matcher(lower);
    if (span.matches()) {
      return ofRange(lower, span, 2);
    }
    Matcher only = ONLY.matcher(lower);
    return only.matches() ? ofRange(lower, only, 1) : null;
  }

  /** Where only hours are given, as in {@code window_hours}. */
  static @Nullable Window ofHours(String value) {
    Window window = ofField(value + " h", null);
    return window == null ? null : new Window(value, window.hoursFrom, window.hoursTo);
  }

  private static Window words(String written) {
    return new Window(written, null, null);
  }

  private static @Nullable Window spanIn(String text, String lower) {
    Matcher span = SPAN.matcher(lower);
    while (span.find()) {
      String lead = span.group(1).strip();
      boolean spanOfTime = lead.equals("over") || lead.equals("for") || lead.equals("during");
      if (!spanOfTime && !isPast(lower, span.start())) {
        return ofRange(text, span, 2);
      }
    }
    return null;
  }

  private static boolean isPast(String lower, int at) {
    return PAST.matcher(lower.substring(Math.max(0, at - 16), at)).find();
  }

  private static Window ofRange(String text, Matcher range, int group) {
    String written = Blank.strip(text.substring(range.start(), range.end()));
    Double first = number(range.group(group));
    Double second = number(range.group(group + 1));
    double unit = hours(range.group(group + 2));
    if (first == null || (range.group(group + 1) != null && second == null)) {
      return words(written);
    }
    if (second == null) {
      return new Window(written, 0.0, rounded(first * unit));
    }
    return first <= second
        ? new Window(written, rounded(first * unit), rounded(second * unit))
        : words(written);
  }

  private static @Nullable Double number(@Nullable String written) {
    if (written == null || written.isEmpty()) {
      return null;
    }
    return Character.isDigit(written.charAt(0)) ? Double.valueOf(written) : NUMBERS.get(written);
  }

  private static double hours(String unit) {
    return switch (unit.charAt(0)) {
      case 'm' -> 1 / 60.0;
      case 'd' -> 24;
      case 'w' -> 168;
      default -> 1;
    };
  }

  /** To a hundredth of an hour. */
  static double rounded(double hours) {
    return Math.round(hours * 100) / 100.0;
  }

  /** Letter by letter, so that positions stay what they were. */
  private static String lower(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.length() == text.length() ? lower : text;
  }
}
