package io.patrolagent.common.page;

import java.util.ArrayList;
import java.util.List;

/**
 * A Markdown document under construction. What is given is escaped text; lines are wrapped, tables
 * aligned, and blocks kept apart by one blank line.
 */
final class MarkdownPage {

  static final int WIDTH = 100;

  private final StringBuilder text = new StringBuilder();

  MarkdownPage heading(int level, String title) {
    return block("#".repeat(level) + " " + title);
  }

  MarkdownPage paragraph(String escaped) {
    return block(String.join("\n", wrapped(escaped, "", "")));
  }

  /** A quotation with a paragraph for each text: what has to be read first. */
  MarkdownPage banner(List<String> escaped) {
    List<String> lines = new ArrayList<>();
    for (String paragraph : escaped) {
      if (!lines.isEmpty()) {
        lines.add(">");
      }
      lines.addAll(wrapped(paragraph, "> ", "> "));
    }
    return block(String.join("\n", lines));
  }

  MarkdownPage bullets(List<String> escaped) {
    List<String> lines = new ArrayList<>();
    escaped.forEach(item -> lines.addAll(wrapped(item, "- ", "  ")));
    return block(String.join("\n", lines));
  }

  MarkdownPage numbered(List<String> escaped) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < escaped.size(); i++) {
      String number = (i + 1) + ". ";
      lines.addAll(wrapped(escaped.get(i), number, " ".repeat(number.length())));
    }
    return block(String.join("\n", lines));
  }

  /** Rows of equally many cells, the first of them the head; cells are not wrapped. */
  MarkdownPage table(List<List<String>> rows) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(Math.max(3, widths[i]), PlainText.width(row.get(i)));
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      lines.add(line(row, widths));
      if (lines.size() == 1) {
        StringBuilder rule = new StringBuilder("|");
        for (int width : widths) {
          rule.append("-".repeat(width + 2)).append('|');
        }
        lines.add(rule.toString());
      }
    }
    return block(String.join("\n", lines));
  }

  /** The document, ending in a line feed. */
  String render() {
    return text + "\n";
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder("|");
    for (int i = 0; i < widths.length; i++) {
      String cell = cells.get(i);
      line.append(' ').append(cell).append(" ".repeat(widths[i] - PlainText.width(cell) + 1));
      line.append('|');
    }
    return line.toString();
  }

  private MarkdownPage block(String lines) {
    if (!lines.isEmpty()) {
      text.append(text.isEmpty() ? "" : "\n\n").append(lines);
    }
    return this;
  }

  private static List<String> wrapped(String escaped, String first, String next) {
    List<String> lines = new ArrayList<>();
    // one column is kept for an escape at a line's start
    int room = WIDTH - 1 - next.length();
    StringBuilder line = new StringBuilder();
    int width = 0;
    for (String word : escaped.split(" ", -1)) {
      for (String piece : pieces(word, room)) {
        int pieceWidth = PlainText.width(piece);
        if (width > 0 && width + 1 + pieceWidth > room) {
          lines.add(line.toString());
          line.setLength(0);
          width = 0;
        }
        line.append(width > 0 ? " " : "").append(piece);
        width += pieceWidth + (width > 0 ? 1 : 0);
      }
    }
    if (!line.isEmpty()) {
      lines.add(line.toString());
    }
    lines.replaceAll(MarkdownText::atLineStart);
    for (int i = 0; i < lines.size(); i++) {
      lines.set(i, (i == 0 ? first : next) + lines.get(i));
    }
    return lines;
  }

  /** The word, cut where it is longer than a line; not between a backslash and what it escapes. */
  private static List<String> pieces(String word, int room) {
    if (word.isEmpty()) {
      return List.of();
    }
    if (PlainText.width(word) <= room) {
      return List.of(word);
    }
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    int width = 0;
    for (int c : word.codePoints().toArray()) {
      int columns = PlainText.width(c);
      boolean escaped = !piece.isEmpty() && piece.charAt(piece.length() - 1) == '\\';
      if (width + columns > room - 1 && !escaped) {
        pieces.add(piece.toString());
        piece.setLength(0);
        width = 0;
      }
      piece.appendCodePoint(c);
      width += columns;
    }
    pieces.add(piece.toString());
    return pieces;
  }
}
