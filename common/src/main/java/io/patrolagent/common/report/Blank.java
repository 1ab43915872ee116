package io.patrolagent.common.report;

/** Characters that take no ink: white space of every width, and none at all. */
final class Blank {

  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final char ZERO_WIDTH_SPACE = '\u200B';
  private static final char WORD_JOINER = '\u2060';

  private Blank() {}

  static boolean is(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || isZeroWidth(c);
  }

  static boolean isZeroWidth(char c) {
    return c == BYTE_ORDER_MARK || c == ZERO_WIDTH_SPACE || c == WORD_JOINER;
  }

  /** The line with plain spaces for whatever blanks it begins with; a tab is four. */
  static String plainIndent(String line) {
    int at = 0;
    boolean plain = true;
    while (at < line.length() && is(line.charAt(at))) {
      plain &= line.charAt(at) == ' ';
      at++;
    }
    if (plain) {
      return line;
    }
    StringBuilder indent = new StringBuilder();
    for (int i = 0; i < at; i++) {
      char c = line.charAt(i);
      indent.append(c == '\t' ? "    " : isZeroWidth(c) ? "" : " ");
    }
    return indent + line.substring(at);
  }

  /** Without blanks at either end. */
  static String strip(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && is(text.charAt(from))) {
      from++;
    }
    while (to > from && is(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }
}
