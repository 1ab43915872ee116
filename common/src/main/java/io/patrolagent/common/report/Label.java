package io.patrolagent.common.report;

import org.jspecify.annotations.Nullable;

/**
 * An item's label, as the word of a scale, and the text: {@code [High] …}, {@code **[High]** …},
 * {@code High: …}, {@code Confidence: High. …}, {@code … (confidence: 85 %)}. The text is what
 * stands behind the label where the label says no more than that word. Any other text stays whole.
 */
record Label(@Nullable String name, String text) {

  private static final int LONGEST = 60;
  private static final String MARKUP = "*_`~ \t";
  private static final String OPENING = "[(【<";
  private static final String CLOSING = "])】>";

  static Label of(String item, Scale scale) {
    int begin = begin(item);
    Span leading = leading(item, begin);
    String name = leading == null ? null : scale.read(leading.in(item));
    if (leading != null && name != null) {
      boolean says = scale.isWord(leading.in(item));
      return new Label(name, says ? behind(item, begin, leading.next()) : item);
    }
    if (leading != null && scale.isName(Scale.letters(leading.in(item)))) {
      String named = named(item, leading.next(), scale);
      return new Label(named, item);
    }
    return new Label(InnerLabel.in(item, scale), item);
  }

  /** Whether the line begins with a label, in brackets of any kind or before a colon. */
  static boolean begins(String line, Scale scale) {
    int begin = begin(line);
    Span leading = leading(line, begin);
    return leading != null && scale.read(leading.in(line)) != null;
  }

  /** Where a label lies in an item, and where the text behind it begins. */
  private record Span(int from, int to, int next) {
    String in(String item) {
      return item.substring(from, to);
    }
  }

  private static int begin(String item) {
    int at = 0;
    while (at < item.length() && at < LONGEST) {
      int c = item.codePointAt(at);
      boolean picture = Character.getType(c) == Character.OTHER_SYMBOL || c == 0xFE0F;
      if (MARKUP.indexOf(c) < 0 && !picture) {
        break;
      }
      at += Character.charCount(c);
    }
    return at;
  }

  private static @Nullable Span leading(String item, int begin) {
    int kind = begin < item.length() ? OPENING.indexOf(item.charAt(begin)) : -1;
    int from = kind >= 0 ? begin + 1 : begin;
    for (int end = from; end < item.length() && end - from <= LONGEST; end++) {
      char c = item.charAt(end);
      if (kind >= 0 ? c == CLOSING.charAt(kind) && balanced(item, from, end) : ends(item, end)) {
        return end > from ? new Span(from, end, end + 1) : null;
      }
      if (c == '\n') {
        return null;
      }
    }
    return null;
  }

  /** {@code (High (85%))}: the inner bracket closes first. */
  private static boolean balanced(String item, int from, int end) {
    int open = 0;
    for (int i = from; i < end; i++) {
      open += item.charAt(i) == '(' ? 1 : item.charAt(i) == ')' ? -1 : 0;
    }
    return item.charAt(end) != ')' || open == 0;
  }

  private static boolean ends(String item, int end) {
    char c = item.charAt(end);
    if (c == ':' || c == '*' || c == '\n' || c == '|') {
      return true;
    }
    boolean dash = c == '-' || c == '–' || c == '—';
    return dash
        && end > 0
        && item.charAt(end - 1) == ' '
        && end + 1 < item.length()
        && item.charAt(end + 1) == ' ';
  }

  /** What stands behind {@code Confidence:}, up to where the text goes on. */
  private static @Nullable String named(String item, int from, Scale scale) {
    int begin = from;
    while (begin < item.length() && ":*_ \t=".indexOf(item.charAt(begin)) >= 0) {
      begin++;
    }
    int end = begin;
    while (end < item.length() && end - begin <= LONGEST && !endsValue(item, end)) {
      end++;
    }
    return scale.read(item.substring(begin, end));
  }

  private static boolean endsValue(String item, int at) {
    char c = item.charAt(at);
    boolean point = c == '.' && (at + 1 >= item.length() || Blank.is(item.charAt(at + 1)));
    return point || "\n|;,*_".indexOf(c) >= 0 || (c != '.' && ends(item, at));
  }

  private static String behind(String item, int labelBegin, int end) {
    int begin = end;
    while (begin < item.length() && (MARKUP + ":]|\n").indexOf(item.charAt(begin)) >= 0) {
      begin++;
    }
    if (begin + 1 < item.length()
        && "-–—".indexOf(item.charAt(begin)) >= 0
        && item.charAt(begin + 1) == ' ') {
      begin += 2;
    }
    String text = Blank.strip(item.substring(begin));
    // "**[High] Disk full** by noon": what opened before the label closes behind it
    boolean opened = item.substring(0, labelBegin).contains("**");
    boolean closed = item.substring(end, begin).contains("**");
    return opened && !closed && text.contains("**") ? "**" + text : text;
  }
}
