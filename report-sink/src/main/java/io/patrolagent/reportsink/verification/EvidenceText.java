package io.patrolagent.reportsink.verification;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A tool's answer as far as it can be read: JSON, or JSON that was cut in the middle, of which what
 * was complete before the cut and the objects behind it are kept, or else the text itself.
 */
final class EvidenceText {

  private static final Pattern CUT =
      Pattern.compile(" ?…\\[[\\d,. ]{1,20} characters cut; ask for less\\]… ?");
  private static final int DEEPEST = 60;
  private static final int MOST_OBJECTS = 5_000;
  private static final JsonFactory JSON = new JsonFactory();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private EvidenceText() {}

  /** The values that the text holds, the one that it begins with first. */
  static List<JsonNode> read(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return List.of();
    }
    List<JsonNode> values = new ArrayList<>();
    Matcher cut = CUT.matcher(text);
    boolean isCut = cut.find();
    String head = isCut ? text.substring(0, cut.start()) : text;
    JsonNode first = parse(head);
    values.add(first == null ? NODES.textNode(head) : first);
    if (isCut) {
      String tail = text.substring(cut.end());
      if (first == null) {
        values.add(NODES.textNode(tail));
      } else {
        objects(tail, values);
      }
    }
    return values;
  }

  /** The value, without what breaks off; null where the text begins with none. */
  private static @Nullable JsonNode parse(String json) {
    String begin = json.stripLeading();
    if (!begin.startsWith("{") && !begin.startsWith("[")) {
      return null;
    }
    Deque<ContainerNode<?>> open = new ArrayDeque<>();
    JsonNode root = null;
    try (JsonParser parser = JSON.createParser(json)) {
      String name = null;
      JsonToken token = parser.nextToken();
      while (token != null) {
        switch (token) {
          case FIELD_NAME -> name = parser.currentName();
          case END_OBJECT, END_ARRAY -> open.pop();
          case START_OBJECT, START_ARRAY -> {
            ContainerNode<?> node =
                token == JsonToken.START_OBJECT ? NODES.objectNode() : NODES.arrayNode();
            root = root == null ? node : root;
            put(open.peek(), name, node);
            open.push(node);
            if (open.size() > DEEPEST) {
              return root;
            }
          }
          default -> put(open.peek(), name, scalar(parser, token));
        }
        if (open.isEmpty()) {
          return root;
        }
        token = parser.nextToken();
      }
    } catch (IOException broken) {
      return root; // what was read before is whole
    }
    return root;
  }

  private static JsonNode scalar(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_STRING -> NODES.textNode(parser.getText());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
      default -> NODES.nullNode();
    };
  }

  private static void put(@Nullable ContainerNode<?> parent, @Nullable String name, JsonNode node) {
    if (parent instanceof ObjectNode object && name != null) {
      object.set(name, node);
    } else if (parent instanceof ArrayNode array) {
      array.add(node);
    }
  }

  /** Whatever whole objects a text holds that begins in the middle of one. */
  private static void objects(String tail, List<JsonNode> values) {
    int begin = tail.indexOf('{');
    while (begin >= 0 && values.size() < MOST_OBJECTS) {
      int end = endOfObject(tail, begin);
      if (end < 0) {
        return;
      }
      JsonNode object = parse(tail.substring(begin, end));
      if (object != null) {
        values.add(object);
      }
      begin = tail.indexOf('{', end);
    }
  }

  private static int endOfObject(String text, int begin) {
    int depth = 0;
    boolean quoted = false;
    for (int at = begin; at < text.length(); at++) {
      char c = text.charAt(at);
      if (quoted) {
        if (c == '\\') {
          at++;
        } else if (c == '"') {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == '{') {
        depth++;
      } else if (c == '}' && --depth == 0) {
        return at + 1;
      }
    }
    return -1;
  }
}
