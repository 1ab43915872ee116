package io.patrolagent.common.page;

/**
 * Text of unknown origin as Markdown that renders as that text and nothing else: no HTML, link,
 * heading, list, table or code (CommonMark 0.31 and GitHub's tables). Escapes only what would mean
 * something where it stands, so that it still reads well in a terminal; emphasis and code marks,
 * which models like, are dropped instead of shown.
 */
final class MarkdownText {

  private static final int LONGEST_ENTITY = 34;

  private MarkdownText() {}

  /** One line that can stand anywhere inside a line. */
  static String inline(String text) {
    String line = PlainText.line(withoutMarks(text));
    StringBuilder out = new StringBuilder(line.length() + 16);
    for (int i = 0; i < line.length(); i++) {
      escape(line, i, out);
    }
    return out.toString();
  }

  /**
   * The line, already escaped inline, with what would begin a block made text: a wrapped line may
   * start anywhere in its sentence.
   */
  static String atLineStart(String line) {
    if (line.isEmpty()) {
      return line;
    }
    if (beginsBlock(line)) {
      return "\\" + line;
    }
    int digits = 0;
    while (digits < line.length() && Character.isDigit(line.charAt(digits))) {
      digits++;
    }
    boolean numbered =
        digits > 0
            && digits <= 9
            && digits < line.length()
            && ".)".indexOf(line.charAt(digits)) >= 0
            && (digits + 1 == line.length() || line.charAt(digits + 1) == ' ');
    return numbered ? line.substring(0, digits) + "\\" + line.substring(digits) : line;
  }

  private static boolean beginsBlock(String line) {
    char first = line.charAt(0);
    char second = line.length() == 1 ? ' ' : line.charAt(1);
    return first == '>'
        || ("#+-=*".indexOf(first) >= 0 && (second == ' ' || second == first))
        || (first == '[' && line.startsWith("] ", 2)); // a task's check box
  }

  private static void escape(String line, int i, StringBuilder out) {
    char c = line.charAt(i);
    char before = i == 0 ? ' ' : line.charAt(i - 1);
    char after = i + 1 == line.length() ? ' ' : line.charAt(i + 1);
    switch (c) {
      case '<' -> out.append(Character.isLetter(after) || "/!?".indexOf(after) >= 0 ? "&lt;" : "<");
      case '&' -> out.append(beginsEntity(line, i) ? "&amp;" : "&");
      case '`' -> out.append('\'');
      case '|' -> out.append("\\|");
      case '*' -> out.append(before == ' ' && after == ' ' ? "*" : "\\*");
      case '_' -> out.append(within(before, after) ? "_" : "\\_");
      case '~' -> out.append(before == '~' || after == '~' ? "\\~" : "~");
      case ']' -> out.append("([:".indexOf(after) >= 0 ? "\\]" : "]");
      case '\\' -> out.append(isPunctuation(after) || after == ' ' ? "\\\\" : "\\");
      default -> out.append(c);
    }
  }

  private static boolean within(char before, char after) {
    return Character.isLetterOrDigit(before) && Character.isLetterOrDigit(after);
  }

  private static boolean isPunctuation(char c) {
    return c > ' ' && c < 0x7F && !Character.isLetterOrDigit(c);
  }

  private static boolean beginsEntity(String line, int at) {
    int end = at + 1;
    while (end < line.length()
        && end - at < LONGEST_ENTITY
        && (line.charAt(end) == '#' || Character.isLetterOrDigit(line.charAt(end)))) {
      end++;
    }
    return end > at + 1 && end < line.length() && line.charAt(end) == ';';
  }

  /** Without paired {@code **} and {@code `}. */
  private static String withoutMarks(String text) {
    return withoutPairs(withoutPairs(text, "**"), "`");
  }

  private static String withoutPairs(String text, String mark) {
    int count = 0;
    for (int at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + mark.length())) {
      count++;
    }
    return count % 2 == 0 ? text.replace(mark, "") : text;
  }
}
