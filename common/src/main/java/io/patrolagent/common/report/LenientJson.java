package io.patrolagent.common.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one value of JSON as models write it: other quotes, quotes that nobody escaped, comments,
 * bare words, commas too many or too few. A library refuses such a text as a whole; this keeps what
 * was complete before the place where it breaks, and says where that is.
 *
 * <p>{@code at} only ever grows, also over what could not be read, so that whoever goes on from
 * there looks at each character a bounded number of times.
 */
final class LenientJson {

  /** Deeper than any metric is, and shallow enough for every writer downstream. */
  private static final int DEEPEST = 40;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final String text;
  private final StringBuilder comments = new StringBuilder();
  private int at;
  private int brokenFrom = -1;

  LenientJson(String text, int at) {
    this.text = text;
    this.at = at;
  }

  /** Behind what was read, or where it could not be read any further. */
  int at() {
    return at;
  }

  boolean isBroken() {
    return brokenFrom >= 0;
  }

  /** Where the member begins that is not whole. */
  int brokenFrom() {
    return brokenFrom;
  }

  String comments() {
    return comments.toString();
  }

  /** The value; of one that breaks off, what was complete; null where there is nothing. */
  @Nullable JsonNode value() {
    return value(0, false);
  }

  /** The text in quotes that begins here, or null if it does not end. */
  @Nullable String quoted() {
    int begin = at;
    char open = text.charAt(at);
    StringBuilder value = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < text.length()) {
        at = JsonEscape.append(text, at + 1, value);
      } else if (Quotes.closes(open, c) && endsString()) {
        at++;
        return value.toString();
      } else {
        value.append(c);
        at++;
      }
    }
    fail(begin);
    return null;
  }

  private @Nullable JsonNode value(int depth, boolean member) {
    char c = text.charAt(at);
    if (c == '{' || c == '[') {
      if (depth >= DEEPEST) {
        fail(at);
        return null;
      }
      at++;
      return c == '{' ? object(depth + 1) : array(depth + 1);
    }
    if (Quotes.open(c)) {
      int begin = at;
      String value = quoted();
      if (value == null) {
        return null;
      }
      skipBlank();
      if (at < text.length() && text.charAt(at) == ':') {
        // a quote is missing before here: what was read is no value
        fail(begin);
        return null;
      }
      return NODES.textNode(value);
    }
    return bare(member);
  }

  private ObjectNode object(int depth) {
    ObjectNode object = NODES.objectNode();
    Map<String, Integer> repeated = new HashMap<>();
    while (true) {
      skipBlank();
      int begin = at;
      if (at >= text.length()) {
        fail(begin);
        return object;
      }
      if (text.charAt(at) == '}') {
        at++;
        return object;
      }
      if (text.charAt(at) == ',') {
        at++;
        continue;
      }
      String key = key();
      skipBlank();
      if (key == null || at >= text.length() || text.charAt(at) != ':') {
        fail(begin);
        return object;
      }
      at++;
      skipBlank();
      JsonNode value = at < text.length() ? value(depth, true) : null;
      if (value == null && (isBroken() || at >= text.length())) {
        fail(begin);
        brokenFrom = begin;
        return object;
      }
      if (value != null && isBroken() && value.isEmpty()) {
        brokenFrom = begin;
      } else if (value != null) {
        put(object, key, value, repeated);
      }
      if (isBroken()) {
        return object;
      }
    }
  }

  private ArrayNode array(int depth) {
    ArrayNode array = NODES.arrayNode();
    while (true) {
      skipBlank();
      if (at >= text.length()) {
        fail(at);
        return array;
      }
      char c = text.charAt(at);
      if (c == ']') {
        at++;
        return array;
      }
      if (c == ',') {
        at++;
        continue;
      }
      int begin = at;
      JsonNode value = value(depth, false);
      if (value == null) {
        fail(at);
        return array;
      }
      if (isBroken() && value.isEmpty()) {
        brokenFrom = begin;
      } else {
        array.add(value);
      }
      if (isBroken()) {
        return array;
      }
    }
  }

  /** The same key again is another name's: nothing that was written is overwritten. */
  private static void put(
      ObjectNode object, String key, JsonNode value, Map<String, Integer> repeated) {
    JsonNode earlier = object.get(key);
    if (earlier == null || earlier.isNull()) {
      object.set(key, value);
    } else if (!earlier.equals(value)) {
      object.set(key + " (" + repeated.merge(key, 2, (n, two) -> n + 1) + ")", value);
    }
  }

  private @Nullable String key() {
    if (Quotes.open(text.charAt(at))) {
      return quoted();
    }
    int begin = at;
    while (at < text.length() && isKeyPart(text.charAt(at))) {
      at++;
    }
    return at > begin ? text.substring(begin, at) : null;
  }

  private static boolean isKeyPart(char c) {
    return Character.isLetterOrDigit(c) || "_-.$%".indexOf(c) >= 0;
  }

  /** A number, a literal or a word without quotes, up to what delimits it. */
  private @Nullable JsonNode bare(boolean member) {
    int begin = at;
    while (at < text.length() && !delimits(begin, member)) {
      at++;
    }
    String written = text.substring(begin, at).strip();
    if (at >= text.length()) {
      // nobody knows how it would have gone on
      fail(begin);
      return null;
    }
    return written.isEmpty() ? (member ? NullNode.getInstance() : null) : BareJson.of(written);
  }

  private boolean delimits(int begin, boolean member) {
    char c = text.charAt(at);
    if (c == ',') {
      // "91,5" in an object is a number of another locale: a key does not begin like that
      boolean digits = at > begin && Character.isDigit(text.charAt(at - 1));
      boolean more = at + 1 < text.length() && Character.isDigit(text.charAt(at + 1));
      return !(member && digits && more);
    }
    return "}]\n\r\"“”".indexOf(c) >= 0 || (c == '/' && startsComment()) || c == '#';
  }

  private boolean startsComment() {
    char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
    return text.charAt(at) == '#' || (text.charAt(at) == '/' && (next == '/' || next == '*'));
  }

  /** Whether the quote here ends the text, or was only not escaped: what follows tells. */
  private boolean endsString() {
    for (int next = at + 1; next < text.length(); next++) {
      char c = text.charAt(next);
      if (c == '\n' || c == '\r') {
        return true;
      }
      if (!Blank.is(c)) {
        return ",}]:/#".indexOf(c) >= 0;
      }
    }
    return true;
  }

  private void skipBlank() {
    while (at < text.length()) {
      if (Blank.is(text.charAt(at))) {
        at++;
      } else if (startsComment()) {
        skipComment();
      } else {
        return;
      }
    }
  }

  private void skipComment() {
    boolean block = text.startsWith("/*", at);
    int end = block ? text.indexOf("*/", at + 2) : text.indexOf('\n', at);
    int next = end < 0 ? text.length() : block ? end + 2 : end;
    comments.append(text, at, next).append('\n');
    at = next;
  }

  private void fail(int from) {
    if (brokenFrom < 0) {
      brokenFrom = from;
    }
  }
}
