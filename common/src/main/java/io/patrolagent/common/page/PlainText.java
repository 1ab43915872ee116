package io.patrolagent.common.page;

import java.util.regex.Pattern;

/** Text of unknown origin without anything that steers a terminal or a reader's eye. */
final class PlainText {

  /** ANSI control sequences, CSI and OSC (ECMA-48 §5.4 and §8.3.89). */
  private static final Pattern ESCAPE_SEQUENCE =
      Pattern.compile(
          "(?:\\x1b\\[|\\x9b)[0-?]*+[ -/]*+[@-~]|\\x1b\\][^\\x07\\x1b]*+(?:\\x07|\\x1b\\\\)");

  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private PlainText() {}

  /** On one line: no control, format or direction characters, runs of blanks as one. */
  static String line(String text) {
    StringBuilder line = new StringBuilder(text.length());
    withoutSequences(text).codePoints().forEach(c -> append(line, c));
    return line.toString().strip();
  }

  /** The same for where a run of blanks is one anyway: blanks are kept, as spaces or line feeds. */
  static String visible(String text) {
    StringBuilder visible = new StringBuilder(text.length());
    withoutSequences(text)
        .codePoints()
        .forEach(
            c -> {
              if (isBlank(c)) {
                visible.append(c == '\n' ? '\n' : ' ');
              } else {
                appendVisible(visible, c);
              }
            });
    return visible.toString();
  }

  private static String withoutSequences(String text) {
    return ESCAPE_SEQUENCE.matcher(text).replaceAll("");
  }

  private static boolean isBlank(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private static void append(StringBuilder line, int c) {
    if (!isBlank(c)) {
      appendVisible(line, c);
    } else if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
      line.append(' ');
    }
  }

  private static void appendVisible(StringBuilder line, int c) {
    switch (Character.getType(c)) {
      case Character.CONTROL, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> {}
      case Character.FORMAT -> {
        if (c == ZERO_WIDTH_JOINER) {
          line.appendCodePoint(c);
        }
      }
      default -> line.appendCodePoint(c);
    }
  }

  /** How many columns a terminal gives the text: two for wide characters, none for marks. */
  static int width(String text) {
    return text.codePoints().map(PlainText::width).sum();
  }

  static int width(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    boolean wide =
        (c >= 0x1100 && c <= 0x115F)
            || (c >= 0x2E80 && c <= 0xA4CF)
            || (c >= 0xAC00 && c <= 0xD7A3)
            || (c >= 0xF900 && c <= 0xFAFF)
            || (c >= 0xFE30 && c <= 0xFE6F)
            || (c >= 0xFF00 && c <= 0xFF60)
            || (c >= 0x1F300 && c <= 0x1FAFF)
            || (c >= 0x20000 && c <= 0x3FFFD);
    return wide ? 2 : 1;
  }
}
