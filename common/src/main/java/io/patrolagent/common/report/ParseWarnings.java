package io.patrolagent.common.report;

import java.util.ArrayList;
import java.util.List;

/**
 * The sentences that say what of a report could not be read. So many of a kind that nobody would
 * read them are counted instead: the raw text is kept anyway.
 */
final class ParseWarnings {

  private static final int MOST = 40;
  private static final int LONGEST_QUOTE = 160;

  private final List<String> sentences = new ArrayList<>();
  private int more;

  void add(String sentence) {
    if (sentences.size() < MOST) {
      sentences.add(sentence);
    } else {
      more++;
    }
  }

  void unread(ReportSection section, String why, String text) {
    add(section.name() + ": " + why + ": " + quote(text));
  }

  List<String> sentences() {
    if (more == 0) {
      return List.copyOf(sentences);
    }
    List<String> all = new ArrayList<>(sentences);
    all.add(more + " more places of the report could not be read; its raw text is kept.");
    return all;
  }

  /** How a text begins, on one line, and how long it is where that is not all of it. */
  static String quote(String text) {
    StringBuilder line = new StringBuilder();
    int at = 0;
    while (at < text.length() && line.length() < LONGEST_QUOTE) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      boolean blank = Character.isWhitespace(c) || Character.isISOControl(c);
      if (!blank) {
        line.appendCodePoint(c);
      } else if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
        line.append(' ');
      }
    }
    String rest = at < text.length() ? "… (" + text.length() + " characters)" : "";
    return "\"" + line.toString().strip() + "\"" + rest;
  }
}
