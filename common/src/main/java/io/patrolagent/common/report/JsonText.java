package io.patrolagent.common.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The JSON in a text: all elements of all its arrays, its objects, and the text around them. {@code
 * unread} are the places where it breaks off or is malformed; of the element that broke, what was
 * complete is among the elements.
 */
record JsonText(List<JsonNode> elements, String around, List<String> unread) {

  private static final int LONGEST_KEY = 64;
  private static final String STRUCTURE = ",;[]{}`\"";

  /** What JSON the text holds, in whatever prose; empty where there is none. */
  static Optional<JsonText> in(String text) {
    return read(text, false, true);
  }

  /** The same where only JSON that begins a line counts, for a section of prose. */
  static Optional<JsonText> onOwnLines(String text) {
    return read(text, true, true);
  }

  private static Optional<JsonText> read(String text, boolean ownLine, boolean unwrap) {
    Finder finder = new Finder(text, ownLine, unwrap);
    finder.find();
    boolean found = finder.found && !(finder.isEmpty() && finder.isAround());
    return found
        ? Optional.of(new JsonText(finder.elements, finder.around(), finder.unread))
        : Optional.empty();
  }

  /** Whether an array said nothing but that it is empty. */
  boolean isEmpty() {
    return elements.isEmpty() && unread.isEmpty();
  }

  private static final class Finder {

    private final String text;
    private final boolean ownLine;
    private final boolean unwrap;
    private final List<JsonNode> elements = new ArrayList<>();
    private final List<String> around = new ArrayList<>();
    private final List<String> unread = new ArrayList<>();
    private boolean found;
    private int at;

    Finder(String text, boolean ownLine, boolean unwrap) {
      this.text = text;
      this.ownLine = ownLine;
      this.unwrap = unwrap;
    }

    boolean isEmpty() {
      return elements.isEmpty() && unread.isEmpty();
    }

    /** Whether there is text around that does not just say that the list is empty. */
    boolean isAround() {
      return !around.isEmpty() && !Prose.deniesAny(around());
    }

    String around() {
      return String.join("\n", around);
    }

    void find() {
      int from = 0;
      int start = start(0);
      while (start >= 0) {
        beside(text.substring(from, start));
        found = true;
        at = start;
        if (!(unwrap && quotedWhole(start))) {
          value(start);
        }
        from = at;
        start = start(at);
      }
      beside(text.substring(from));
    }

    private void value(int start) {
      LenientJson json = new LenientJson(text, start);
      add(json.value());
      beside(json.comments());
      at = json.at();
      if (json.isBroken()) {
        int next = nextElement(at);
        unread.add(Blank.strip(text.substring(Math.min(json.brokenFrom(), next), next)));
        at = next;
      }
    }

    /** JSON that was written into a string of JSON, so that each quote in it is escaped. */
    private boolean quotedWhole(int start) {
      int quote = start + 1;
      int limit = Math.min(text.length(), start + LONGEST_KEY);
      while (quote < limit && text.charAt(quote) != '"') {
        quote++;
      }
      boolean escaped = quote < limit && text.charAt(quote - 1) == '\\';
      if (!escaped || start == 0 || text.charAt(start - 1) != '"') {
        return false;
      }
      LenientJson json = new LenientJson(text, start - 1);
      String inner = json.quoted();
      at = json.at();
      if (inner == null) {
        unread.add(text.substring(start));
        return true;
      }
      read(inner, false, false)
          .ifPresentOrElse(
              nested -> {
                elements.addAll(nested.elements());
                unread.addAll(nested.unread());
                beside(nested.around());
              },
              () -> beside(inner));
      return true;
    }

    private void add(@Nullable JsonNode node) {
      if (node != null && node.isArray()) {
        node.forEach(this::add);
      } else if (node != null) {
        elements.add(node);
      }
    }

    private void beside(String piece) {
      String words = trimStructure(piece);
      if (!words.isEmpty() && !words.equalsIgnoreCase("json")) {
        around.add(words);
      }
    }

    private static String trimStructure(String piece) {
      int from = 0;
      int to = piece.length();
      while (from < to && isStructure(piece.charAt(from))) {
        from++;
      }
      while (to > from && isStructure(piece.charAt(to - 1))) {
        to--;
      }
      return piece.substring(from, to);
    }

    private static boolean isStructure(char c) {
      return Blank.is(c) || STRUCTURE.indexOf(c) >= 0;
    }

    /** Where JSON begins; a bracket before a word is prose, such as {@code [High]}. */
    private int start(int from) {
      boolean begun = from > 0;
      int i = from;
      boolean lineBegins = from == 0;
      while (i < text.length()) {
        char c = text.charAt(i);
        if ((c == '{' || c == '[') && (!ownLine || lineBegins || begun)) {
          int next = skipBlank(i + 1);
          if (next < text.length() && begins(c, next)) {
            return i;
          }
          if (next >= text.length() && c == '{') {
            return -1;
          }
        }
        lineBegins = c == '\n' || (lineBegins && isStructure(c));
        begun &= isStructure(c) && c != '\n';
        i++;
      }
      return -1;
    }

    private int skipBlank(int from) {
      int next = from;
      while (next < text.length() && Blank.is(text.charAt(next))) {
        next++;
      }
      return next;
    }

    private boolean begins(char open, int next) {
      char c = text.charAt(next);
      boolean comment = c == '#' || c == '/';
      if (open == '[') {
        return c == '{' || c == ']' || c == '[' || c == '\\' || comment || Quotes.open(c);
      }
      return c == '}' || c == '\\' || comment || Quotes.open(c) || bareKey(next);
    }

    private boolean bareKey(int from) {
      int end = from;
      int limit = Math.min(text.length(), from + LONGEST_KEY);
      while (end < limit
          && (Character.isLetterOrDigit(text.charAt(end))
              || "_-.".indexOf(text.charAt(end)) >= 0)) {
        end++;
      }
      int colon = end;
      while (colon < limit && text.charAt(colon) == ' ') {
        colon++;
      }
      return end > from && colon < limit && text.charAt(colon) == ':';
    }

    /** Where after a break the next element begins, if one does. */
    private int nextElement(int from) {
      char before = ' ';
      for (int i = from; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '{' && "},[\n".indexOf(before) >= 0) {
          return i;
        }
        before = Blank.is(c) && c != '\n' ? before : c;
      }
      return text.length();
    }
  }
}
