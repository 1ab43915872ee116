package io.patrolagent.common.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines as the items of a list: {@code -}, {@code *}, {@code •}, {@code 1.} or a {@code [label]} in
 * front. Lines that follow an item, and bullets indented below it, belong to it. {@code loose} are
 * the paragraphs before the first item.
 */
record BulletList(List<String> items, List<String> loose) {

  private static final String MARKERS = "-*+•·–‣▪";
  private static final int MAX_DIGITS = 3;

  static BulletList of(List<String> lines) {
    var reader = new Reader();
    lines.stream().filter(line -> !SectionSplitter.isFence(line)).forEach(reader::take);
    reader.end();
    return new BulletList(reader.items, reader.loose);
  }

  /** The items; where there is none, the paragraphs. */
  List<String> entries() {
    return items.isEmpty() ? loose : items;
  }

  /** Where the text behind the line's bullet begins, or -1 if it has none. */
  static int afterMarker(String line) {
    int at = indentOf(line);
    if (at >= line.length()) {
      return -1;
    }
    int end;
    if (MARKERS.indexOf(line.charAt(at)) >= 0) {
      end = at + 1;
    } else {
      end = at;
      while (end < line.length() && Character.isDigit(line.charAt(end))) {
        end++;
      }
      boolean number = end > at && end - at <= MAX_DIGITS && end < line.length();
      if (!number || ".)".indexOf(line.charAt(end)) < 0) {
        return -1;
      }
      end++;
    }
    boolean separated =
        end < line.length()
            && (Character.isWhitespace(line.charAt(end)) || line.charAt(end) == '[');
    return separated ? end : -1;
  }

  static int indentOf(String line) {
    int at = 0;
    while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
      at++;
    }
    return at;
  }

  private static final class Reader {

    private final List<String> items = new ArrayList<>();
    private final List<String> loose = new ArrayList<>();
    private @Nullable StringBuilder open;
    private boolean inItem;
    private int firstIndent = -1;

    void take(String line) {
      if (line.isBlank()) {
        if (!inItem) {
          end();
        }
        return;
      }
      int indent = indentOf(line);
      int marker = afterMarker(line);
      boolean labelled = line.startsWith("[", indent) || line.startsWith("**[", indent);
      if ((marker >= 0 || labelled) && (firstIndent < 0 || indent <= firstIndent + 1)) {
        end();
        firstIndent = firstIndent < 0 ? indent : Math.min(firstIndent, indent);
        inItem = true;
        open = new StringBuilder(line.substring(Math.max(marker, indent)).strip());
      } else if (open == null) {
        open = new StringBuilder(line.strip());
      } else {
        open.append('\n').append(line.strip());
      }
    }

    void end() {
      if (open != null && !open.isEmpty()) {
        (inItem ? items : loose).add(open.toString());
      }
      open = null;
    }
  }
}
