package io.patrolagent.common.report;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An item's label out of a closed list, and the text behind it: {@code [High] …}, {@code **[High]**
 * …}, {@code High: …}. An item with another label, or none, keeps its text whole.
 */
record Label(@Nullable String name, String text) {

  private static final int LONGEST = 40;
  private static final List<String> NOISE = List.of("CONFIDENCE", "URGENCY", "PRIORITY");

  static Label of(String item, List<String> names) {
    int begin = skip(item, 0, "*_` \t");
    boolean bracketed = begin < item.length() && "[(".indexOf(item.charAt(begin)) >= 0;
    String closing = bracketed ? "])" : ":*\n";
    int from = bracketed ? begin + 1 : begin;
    int end = from;
    while (end < item.length() && end - from <= LONGEST && closing.indexOf(item.charAt(end)) < 0) {
      end++;
    }
    if (end >= item.length() || closing.indexOf(item.charAt(end)) < 0) {
      return new Label(null, item);
    }
    String name = canonical(item.substring(from, end), names);
    return name == null
        ? new Label(null, item)
        : new Label(name, behind(item, item.substring(0, begin), end + 1));
  }

  private static String behind(String item, String before, int end) {
    int begin = skip(item, end, "*_`:] \t");
    if (begin + 1 < item.length()
        && "-–—".indexOf(item.charAt(begin)) >= 0
        && item.charAt(begin + 1) == ' ') {
      begin += 2;
    }
    String text = item.substring(begin).strip();
    // "**[High] Disk full** by noon": what opened before the label closes behind it
    boolean closes = before.contains("**") && occurrences(text, "**") % 2 == 1;
    return closes ? "**" + text : text;
  }

  private static @Nullable String canonical(String written, List<String> names) {
    String letters = letters(written);
    for (String noise : NOISE) {
      letters =
          letters.endsWith(noise)
              ? letters.substring(0, letters.length() - noise.length())
              : letters;
    }
    for (String name : names) {
      if (letters(name).equals(letters)) {
        return name;
      }
    }
    return null;
  }

  private static String letters(String text) {
    StringBuilder letters = new StringBuilder();
    text.toUpperCase(Locale.ROOT)
        .chars()
        .filter(Character::isLetterOrDigit)
        .forEach(c -> letters.append((char) c));
    return letters.toString();
  }

  private static int skip(String text, int from, String characters) {
    int at = from;
    while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  private static int occurrences(String text, String part) {
    int count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }
}
