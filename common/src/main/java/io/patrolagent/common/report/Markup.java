package io.patrolagent.common.report;

/** The marks that make a word bold or code, which are no part of an id or a name. */
final class Markup {

  private static final String MARKS = "*_`";

  private Markup() {}

  /** Without the marks at both ends, as many as stand on either side. */
  static String strip(String text) {
    String word = Blank.strip(text);
    while (word.length() > 2
        && MARKS.indexOf(word.charAt(0)) >= 0
        && word.charAt(0) == word.charAt(word.length() - 1)
        && isPair(word)) {
      word = Blank.strip(word.substring(1, word.length() - 1));
    }
    return word;
  }

  /** Whether the marks at the ends belong to each other: there is none between words. */
  private static boolean isPair(String word) {
    char mark = word.charAt(0);
    int from = 0;
    int to = word.length();
    while (from < to && word.charAt(from) == mark) {
      from++;
    }
    while (to > from && word.charAt(to - 1) == mark) {
      to--;
    }
    return from < to && (mark == '_' || word.substring(from, to).indexOf(mark) < 0);
  }

  /** Without any of the marks, wherever they stand. */
  static String withoutMarks(String text) {
    return Blank.strip(text.replace("**", "").replace("__", "").replace("`", ""));
  }

  /** Whether all of the line is in bold, a colon or a note behind it aside. */
  static boolean isBoldTitle(String line, int longest) {
    if (line.length() > longest || line.length() < 5) {
      return false;
    }
    int begin = Title.boldIn(line);
    int close = begin < 0 ? -1 : line.indexOf("**", begin + 2);
    return close > begin + 2 && line.substring(close + 2).replaceAll("[:\\s]", "").isEmpty();
  }

  /** Whether a line without other marks can be a title: it ends in a colon, or is bold. */
  static boolean endsTitle(String line) {
    return line.endsWith(":") || line.endsWith(":**") || line.endsWith("**");
  }
}
