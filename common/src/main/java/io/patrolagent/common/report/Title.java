package io.patrolagent.common.report;

import java.util.List;

/** What stands in front of a title's own words: numbers in every style, marks, pictures. */
final class Title {

  private static final List<String> WORDS = List.of("section", "step", "part");
  private static final int LONGEST_NUMBER = 4;

  private Title() {}

  /** Where the words begin behind decoration, {@code 1.}, {@code II)}, {@code Section 3:}. */
  static int nameIn(String title) {
    int at = decoration(title, 0);
    int numbered = number(title, at);
    return numbered < 0 ? at : decoration(title, numbered);
  }

  /** Where bold begins that has nothing but pictures and a number before it, or -1. */
  static int boldIn(String line) {
    int bold = line.indexOf("**");
    return bold >= 0 && bold <= 8 && bold <= nameIn(line) ? bold : -1;
  }

  private static int decoration(String title, int from) {
    int at = from;
    while (at < title.length() && !Character.isLetterOrDigit(title.codePointAt(at))) {
      at += Character.charCount(title.codePointAt(at));
    }
    return Math.min(at, title.length());
  }

  /** Behind a number and what sets it off, or -1 where none is. */
  private static int number(String title, int from) {
    int at = from;
    for (String word : WORDS) {
      if (title.regionMatches(true, at, word, 0, word.length())) {
        at += word.length();
        while (at < title.length() && Blank.is(title.charAt(at))) {
          at++;
        }
        break;
      }
    }
    int end = at;
    while (end < title.length() && end - at < LONGEST_NUMBER && isDigit(title.charAt(end))) {
      end++;
    }
    boolean digits = end > at;
    while (!digits
        && end < title.length()
        && end - at < LONGEST_NUMBER
        && "IVXivx".indexOf(title.charAt(end)) >= 0) {
      end++;
    }
    if (!digits
        && end == at
        && end < title.length()
        && "ABCDEabcde".indexOf(title.charAt(end)) >= 0) {
      end++;
    }
    boolean setOff = end < title.length() && !Character.isLetterOrDigit(title.charAt(end));
    boolean marked = setOff && (digits || ".):-–—".indexOf(title.charAt(end)) >= 0);
    return end > at && marked ? end : -1;
  }

  private static boolean isDigit(char c) {
    return Character.isDigit(c);
  }

  static String trimLeft(String text, String characters) {
    int at = 0;
    while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return text.substring(at);
  }
}
