package io.patrolagent.common.page;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Breaks a text into lines of a terminal's columns; wide characters are two of them. */
final class Wrapping {

  private final int width;
  private final UnaryOperator<String> atLineStart;

  /** {@code atLineStart} may add one column to a line. */
  Wrapping(int width, UnaryOperator<String> atLineStart) {
    this.width = width;
    this.atLineStart = atLineStart;
  }

  /** The text's lines: {@code first} stands before the first, {@code next} before all others. */
  List<String> lines(String text, String first, String next) {
    List<String> lines = new ArrayList<>();
    // one column is kept for an escape at a line's start
    int room = width - 1 - next.length();
    StringBuilder line = new StringBuilder();
    int columns = 0;
    for (String word : text.split(" ", -1)) {
      for (String piece : pieces(word, room)) {
        int pieceColumns = PlainText.width(piece);
        if (columns > 0 && columns + 1 + pieceColumns > room) {
          lines.add(line.toString());
          line.setLength(0);
          columns = 0;
        }
        line.append(columns > 0 ? " " : "").append(piece);
        columns += pieceColumns + (columns > 0 ? 1 : 0);
      }
    }
    if (!line.isEmpty()) {
      lines.add(line.toString());
    }
    lines.replaceAll(atLineStart);
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
