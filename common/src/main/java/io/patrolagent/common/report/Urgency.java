package io.patrolagent.common.report;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How soon something is to be done. A time up to four hours is Immediate, up to a day Today, up to
 * a week This Week. {@code P1} is Immediate, unless the section also has a {@code P0}, which then
 * is. A mere priority, such as High, is no time and is not read.
 */
final class Urgency implements Scale {

  private static final double IMMEDIATE_HOURS = 4;
  private static final double TODAY_HOURS = 24;
  private static final double WEEK_HOURS = 168;
  private static final Set<String> NAMES =
      Set.of("URGENCY", "PRIORITY", "TIMEFRAME", "TIMELINE", "WHEN", "DUE", "DEADLINE");

  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("IMMEDIATE", "Immediate"),
          Map.entry("IMMEDIATELY", "Immediate"),
          Map.entry("IMMEDIATEACTION", "Immediate"),
          Map.entry("IMMEDIATEACTIONS", "Immediate"),
          Map.entry("NOW", "Immediate"),
          Map.entry("RIGHTNOW", "Immediate"),
          Map.entry("DONOW", "Immediate"),
          Map.entry("ASAP", "Immediate"),
          Map.entry("URGENT", "Immediate"),
          Map.entry("CRITICAL", "Immediate"),
          Map.entry("EMERGENCY", "Immediate"),
          Map.entry("🔴", "Immediate"),
          Map.entry("TODAY", "Today"),
          Map.entry("SAMEDAY", "Today"),
          Map.entry("ENDOFDAY", "Today"),
          Map.entry("BYENDOFDAY", "Today"),
          Map.entry("EOD", "Today"),
          Map.entry("BYEOD", "Today"),
          Map.entry("THISSHIFT", "Today"),
          Map.entry("THISWEEK", "This Week"),
          Map.entry("SHORTTERM", "This Week"),
          Map.entry("NEXTFEWDAYS", "This Week"),
          Map.entry("ENDOFWEEK", "This Week"),
          Map.entry("BYENDOFWEEK", "This Week"),
          Map.entry("EOW", "This Week"),
          Map.entry("TOMORROW", "This Week"));

  private static final Pattern PARTS = Pattern.compile("[(),;:|/–—\\[\\]]|\\s-\\s");
  private static final Pattern LEVEL = Pattern.compile("P(?:RIORITY)?([0-4])");
  private static final Pattern HIGHEST = Pattern.compile("\\b[Pp]0\\b");

  private final int first;

  private Urgency(int first) {
    this.first = first;
  }

  /** The scale of a section, whose numbered priorities begin at 0 or at 1. */
  static Urgency scaleOf(String section) {
    return new Urgency(HIGHEST.matcher(section).find() ? 0 : 1);
  }

  @Override
  public @Nullable String read(String written) {
    String whole = one(written);
    if (whole != null) {
      return whole;
    }
    return words(written, PARTS).stream().findFirst().orElse(null);
  }

  @Override
  public boolean isWord(String written) {
    String letters = withoutName(Scale.letters(written));
    return letters.equals("IMMEDIATE") || letters.equals("TODAY") || letters.equals("THISWEEK");
  }

  @Override
  public boolean isName(String letters) {
    return NAMES.contains(letters);
  }

  @Override
  public @Nullable String one(String written) {
    String letters = withoutName(Scale.letters(written));
    String word = WORDS.get(letters.isEmpty() ? Blank.strip(written) : letters);
    if (word != null) {
      return word;
    }
    var level = LEVEL.matcher(letters);
    if (level.matches()) {
      return switch (Integer.parseInt(level.group(1)) - first) {
        case -1, 0 -> "Immediate";
        case 1 -> "Today";
        case 2 -> "This Week";
        default -> null;
      };
    }
    Window window = Window.whole(written);
    Double hours = window == null ? null : window.hoursTo();
    if (hours == null || hours > WEEK_HOURS) {
      return null;
    }
    return hours <= IMMEDIATE_HOURS ? "Immediate" : hours <= TODAY_HOURS ? "Today" : "This Week";
  }

  private static String withoutName(String letters) {
    for (String name : new String[] {"URGENCY", "PRIORITY"}) {
      if (letters.length() > name.length() && letters.endsWith(name)) {
        return letters.substring(0, letters.length() - name.length());
      }
    }
    return letters;
  }
}
