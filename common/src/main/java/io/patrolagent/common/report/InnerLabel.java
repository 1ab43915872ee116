package io.patrolagent.common.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A label that stands in an item's text or at its end: {@code … (confidence: High)}. */
final class InnerLabel {

  private static final Pattern NAMED =
      Pattern.compile("([A-Za-z]{3,12}(?: level)?)\\W{0,4}[:=]\\W{0,6}([^\\n\\])|;*_]{1,40})");
  private static final Pattern BEFORE_NAME =
      Pattern.compile(
          "([A-Za-z]{2,12}|~?\\d{1,3} ?%) (confidence|urgency)\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern AT_END =
      Pattern.compile("[\\[(]([^\\[\\]()\\n]{1,40})[\\])]\\W{0,4}$");
  private static final int LOOKED_AT = 4_000;

  private InnerLabel() {}

  static @Nullable String in(String item, Scale scale) {
    String text = item.length() <= LOOKED_AT ? item : item.substring(0, LOOKED_AT);
    Matcher named = NAMED.matcher(text);
    int from = 0;
    while (named.find(from)) {
      if (scale.isName(Scale.letters(named.group(1)))) {
        String word = firstOf(named.group(2), scale);
        if (word != null) {
          return word;
        }
      }
      from = named.end(1);
    }
    Matcher before = BEFORE_NAME.matcher(text);
    while (before.find()) {
      boolean of = scale.isName(Scale.letters(before.group(2)));
      String word = of ? scale.read(before.group(1)) : null;
      if (word != null) {
        return word;
      }
    }
    String end = item.substring(Math.max(0, item.length() - 60));
    Matcher last = AT_END.matcher(end);
    boolean word = last.find() && (scale.isWord(last.group(1)) || named(last.group(1), scale));
    return word ? scale.read(last.group(1)) : null;
  }

  /** The value as written, or what of it comes before a point or comma. */
  private static @Nullable String firstOf(String value, Scale scale) {
    String whole = scale.read(Blank.strip(value));
    if (whole != null) {
      return whole;
    }
    int end = 0;
    while (end < value.length() && ".,".indexOf(value.charAt(end)) < 0) {
      end++;
    }
    return scale.read(Blank.strip(value.substring(0, end)));
  }

  private static boolean named(String written, Scale scale) {
    String letters = Scale.letters(written);
    return letters.endsWith("CONFIDENCE") && scale.isName("CONFIDENCE");
  }
}
