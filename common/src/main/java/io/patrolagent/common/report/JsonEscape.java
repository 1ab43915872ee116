package io.patrolagent.common.report;

/** What stands behind a backslash in JSON. */
final class JsonEscape {

  private static final int HEX_DIGITS = 4;

  private JsonEscape() {}

  /**
   * Appends what the escape at {@code at} stands for, and says where it ends. A letter or digit
   * that JSON does not know keeps its backslash.
   */
  static int append(String text, int at, StringBuilder value) {
    char c = text.charAt(at);
    if (c == 'u') {
      int code = hex(text, at + 1);
      if (code >= 0) {
        value.append((char) code);
        return at + 1 + HEX_DIGITS;
      }
    }
    switch (c) {
      case 'n' -> value.append('\n');
      case 't' -> value.append('\t');
      case 'r' -> value.append('\r');
      case 'b' -> value.append('\b');
      case 'f' -> value.append('\f');
      default -> {
        // "C:\\data" that nobody escaped: what is no escape is text
        if (Character.isLetterOrDigit(c)) {
          value.append('\\');
        }
        value.append(c);
      }
    }
    return at + 1;
  }

  private static int hex(String text, int from) {
    if (from + HEX_DIGITS > text.length()) {
      return -1;
    }
    int code = 0;
    for (int i = from; i < from + HEX_DIGITS; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      code = 16 * code + digit;
    }
    return code;
  }
}
