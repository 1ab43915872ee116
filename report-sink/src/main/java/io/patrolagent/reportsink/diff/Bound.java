package io.patrolagent.reportsink.diff;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A number that a prediction says will be passed: above or below it, or just there. */
record Bound(double value, boolean above, boolean beyond) {

  private static final Pattern WRITTEN =
      Pattern.compile("([^\\d]{0,40}?)[~≈]?(\\d{1,9}(?:\\.\\d{1,6})?)\\s?([a-z%]{0,12})\\.?");

  /** Perhaps a thousand and a half, perhaps one and a half: not ours to guess. */
  private static final Pattern AMBIGUOUS = Pattern.compile("\\d{1,3}\\.\\d{3}");

  private static final Pattern ABOVE =
      Pattern.compile("\\b(?:above|over|exceed\\w*|beyond|more than)\\b|>");
  private static final Pattern BELOW = Pattern.compile("\\b(?:below|under|less than)\\b|<");
  private static final Pattern AT_LEAST = Pattern.compile("\\bat least\\b|≥|>=");
  private static final Pattern AT_MOST = Pattern.compile("\\bat most\\b|≤|<=");
  private static final Pattern TOWARDS =
      Pattern.compile("\\b(?:reach\\w*|cross\\w*|hit\\w*|pass\\w*|fills? to)\\b");

  /** As a threshold is written, such as {@code above 95 %}; null where anything is in doubt. */
  static @Nullable Bound of(String threshold, Subject subject) {
    if (threshold.length() > 80) {
      return null;
    }
    Matcher written = WRITTEN.matcher(threshold.toLowerCase(Locale.ROOT).strip());
    if (!written.matches()
        || AMBIGUOUS.matcher(written.group(2)).matches()
        || !subject.isMeasuredIn(written.group(3))) {
      return null;
    }
    String words = written.group(1);
    double value = Double.parseDouble(written.group(2));
    if (AT_LEAST.matcher(words).find()) {
      return new Bound(value, true, false);
    }
    if (AT_MOST.matcher(words).find()) {
      return new Bound(value, false, false);
    }
    boolean above = ABOVE.matcher(words).find();
    boolean below = BELOW.matcher(words).find();
    if (above || below) {
      return above && below ? null : new Bound(value, above, true);
    }
    // towards it from where it is, which for trouble foretold is towards the worse
    boolean towards = words.isBlank() || TOWARDS.matcher(words).find();
    return towards ? new Bound(value, !subject.fallsWhenWorse(), false) : null;
  }

  boolean isPassedBy(double found) {
    return (found == value && !beyond) || (above ? found > value : found < value);
  }
}
