package io.patrolagent.common.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * JSON as models write it, found in a text: its elements as far as they can be read, and the text
 * around it. {@code unread} is what follows the last element that could be read, where the JSON
 * breaks off or is malformed; otherwise it is empty.
 */
record JsonText(List<JsonNode> elements, String around, String unread) {

  /** Deeper than any metric is, and shallow enough for every writer downstream. */
  private static final int DEEPEST = 40;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(
              JsonReadFeature.ALLOW_SINGLE_QUOTES,
              JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES,
              JsonReadFeature.ALLOW_TRAILING_COMMA,
              JsonReadFeature.ALLOW_JAVA_COMMENTS,
              JsonReadFeature.ALLOW_YAML_COMMENTS,
              JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS,
              JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS,
              JsonReadFeature.ALLOW_LEADING_DECIMAL_POINT_FOR_NUMBERS,
              JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS,
              JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
          .build();

  /** The first array or object in the text; empty where there is none. */
  static Optional<JsonText> in(String text) {
    int start = start(text);
    return start < 0 ? Optional.empty() : Optional.of(new Reader(text, start).read());
  }

  /** Where JSON begins; a bracket before a word is prose, such as {@code [High]}. */
  private static int start(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '{') {
        return i;
      }
      if (text.charAt(i) == '[') {
        int next = i + 1;
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
          next++;
        }
        if (next < text.length() && "{]\"'/#".indexOf(text.charAt(next)) >= 0) {
          return i;
        }
        i = next - 1;
      }
    }
    return -1;
  }

  /** Element by element, so that what was read before a break is kept. */
  private static final class Reader {

    private final String text;
    private final int start;
    private final List<JsonNode> elements = new ArrayList<>();
    private int end;

    Reader(String text, int start) {
      this.text = text;
      this.start = start;
      this.end = start;
    }

    JsonText read() {
      boolean whole;
      try (JsonParser parser = MAPPER.createParser(text.substring(start))) {
        boolean array = parser.nextToken() == JsonToken.START_ARRAY;
        whole = array ? array(parser) : object(parser);
      } catch (IOException | IllegalArgumentException malformed) {
        // its message would quote the text; the caller says where it broke off
        whole = false;
      }
      String before = text.substring(0, start);
      String after = text.substring(end);
      return whole
          ? new JsonText(elements, (before + "\n" + after).strip(), "")
          : new JsonText(elements, before.strip(), after.strip());
    }

    private boolean array(JsonParser parser) throws IOException {
      note(parser);
      JsonToken token = parser.nextToken();
      while (token != null && token != JsonToken.END_ARRAY) {
        elements.add(parser.readValueAsTree());
        note(parser);
        token = parser.nextToken();
      }
      note(parser);
      return token == JsonToken.END_ARRAY;
    }

    /** One object: the element itself, or a wrapping of the array. */
    private boolean object(JsonParser parser) throws IOException {
      JsonNode object = parser.readValueAsTree();
      note(parser);
      if (object instanceof ObjectNode wrapping
          && wrapping.size() == 1
          && wrapping.iterator().next() instanceof ArrayNode wrapped) {
        wrapped.forEach(elements::add);
      } else {
        elements.add(object);
      }
      return true;
    }

    private void note(JsonParser parser) {
      end = start + (int) parser.currentLocation().getCharOffset();
    }
  }
}
