package io.patrolagent.agentrunner.offline.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fields of an answer as they come: absent, null, of another type, numbers as texts. */
final class Fields {

  private Fields() {}

  static @Nullable String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isValueNode() && !value.isNull() ? value.asText() : null;
  }

  /** The text, or nothing at all where there is none. */
  static String textOrEmpty(JsonNode node, String field) {
    String text = text(node, field);
    return text == null ? "" : text;
  }

  /** A finite number, or null. */
  static @Nullable Double number(JsonNode node, String field) {
    JsonNode value = node.path(field);
    double number = value.isNumber() ? value.doubleValue() : value.asDouble(Double.NaN);
    return Double.isFinite(number) ? number : null;
  }

  static int count(JsonNode node, String field) {
    Double number = number(node, field);
    return number == null ? 0 : (int) Math.max(0, Math.min(Integer.MAX_VALUE, number));
  }

  static @Nullable Instant time(JsonNode node, String field) {
    String text = text(node, field);
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text.replace(' ', 'T')).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  static List<String> texts(JsonNode node, String field) {
    List<String> texts = new ArrayList<>();
    node.path(field).forEach(value -> texts.add(value.asText()));
    return texts;
  }

  /** The objects of a list; whatever else stands in it is left out. */
  static List<JsonNode> objects(JsonNode node, String field) {
    List<JsonNode> objects = new ArrayList<>();
    for (JsonNode value : node.path(field)) {
      if (value.isObject()) {
        objects.add(value);
      }
    }
    return objects;
  }
}
