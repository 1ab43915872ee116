package io.patrolagent.common.report;

/** A line of dashes, stars or the like: it parts what is above from what is below. */
final class Rule {

  private static final String MARKS = "-*_=─━═—–~•·";
  private static final int SHORTEST = 3;

  private Rule() {}

  static boolean is(String line) {
    int marks = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (MARKS.indexOf(c) >= 0) {
        marks++;
      } else if (!Blank.is(c)) {
        return false;
      }
    }
    return marks >= SHORTEST;
  }

  /** 1 for a line of equals signs, 2 for one of dashes: the level that it gives the line above. */
  static int headingLevel(String line) {
    String marks = line.length() > 400 ? "" : line.strip();
    if (marks.length() < SHORTEST) {
      return 0;
    }
    char first = marks.charAt(0);
    boolean one = marks.chars().allMatch(c -> c == first);
    return !one ? 0 : "=═".indexOf(first) >= 0 ? 1 : "-─━—".indexOf(first) >= 0 ? 2 : 0;
  }

  static boolean underlines(String line) {
    return headingLevel(line) > 0;
  }
}
