package io.patrolagent.common.page;

import java.util.regex.Pattern;

/**
 * Text of unknown origin for a chat message that may go to Slack, Lark or any webhook alike: it
 * stays text on all of them. They share no escape (what one turns back into a character, others
 * show as it is), so what could take effect is replaced by a character that looks like it and means
 * nothing:
 *
 * <ul>
 *   <li>{@code < > &}: Slack's {@code <!channel>}, {@code <@U1>} and {@code <url|words>}, Lark's
 *       {@code <at …>} and its cards' tags, and their escapes
 *   <li>{@code @}: {@code @here}, {@code @all}, {@code @everyone}
 *   <li>{@code [words](url)}: a link of Markdown; and {@code ://}, so that no address from data is
 *       made into a link at all: what a log says is nothing to click on
 *   <li>{@code * ` ~ |}: emphasis, code, text struck out, spoilers that hide what stands in them
 *   <li>{@code :name:}: emoji, and {@code ✓ ✗} and their like: the marks are code's alone
 * </ul>
 */
final class ChatText {

  private static final Pattern EMOJI = Pattern.compile(":(?=[\\w+-]*[A-Za-z+][\\w+-]*:)");
  private static final Pattern MARKS = Pattern.compile("[✓✔☑✅✗✘✕✖❌❎🔴🟠🟡🟢⛔][\\uFE0E\\uFE0F]?");

  private ChatText() {}

  static String of(String unknown) {
    String line = MARKS.matcher(PlainText.line(unknown)).replaceAll("·");
    line = EMOJI.matcher(line.replace("://", ":⁄⁄")).replaceAll("∶");
    StringBuilder text = new StringBuilder(line.length());
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      char after = i + 1 == line.length() ? ' ' : line.charAt(i + 1);
      switch (c) {
        case '<' -> text.append('‹');
        case '>' -> text.append('›');
        case '&' -> text.append('＆');
        case '@' -> text.append('＠');
        case '*' -> text.append('∗');
        case '`' -> text.append('\'');
        case '~' -> text.append('∼');
        case '|' -> text.append('¦');
        case ']' -> text.append(after == '(' ? "] " : "]");
        default -> text.append(c);
      }
    }
    return text.toString();
  }

  /** The text, cut to so many columns of a terminal where it is longer. */
  static String cut(String text, int columns) {
    if (PlainText.width(text) <= columns) {
      return text;
    }
    StringBuilder cut = new StringBuilder();
    int width = 0;
    for (int c : text.codePoints().toArray()) {
      width += PlainText.width(c);
      if (width > columns - 1) {
        break;
      }
      cut.appendCodePoint(c);
    }
    return cut.toString().stripTrailing() + "…";
  }
}
