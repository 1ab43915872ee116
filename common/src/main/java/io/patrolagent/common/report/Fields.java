package io.patrolagent.common.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An entry that was written field by field: an object, a row of a table, or lines of {@code name:
 * value}. A field is found under any of its names, in any case and however its words are joined,
 * and is gone once it was taken, so that what is left is what nobody has read.
 */
final class Fields {

  static final Set<String> CLUSTER =
      Set.of("clusterid", "cluster", "clustername", "clusterids", "id", "affectedcluster");
  static final Set<String> CONFIDENCE =
      Set.of("confidence", "confidencelevel", "likelihood", "probability", "certainty");
  static final Set<String> WINDOW =
      Set.of("window", "timewindow", "timeframe", "horizon", "eta", "when", "timing", "within");
  static final Set<String> WINDOW_HOURS =
      Set.of("windowhours", "hours", "horizonhours", "etahours");
  static final Set<String> THRESHOLD = Set.of("threshold", "limit", "bound", "thresholdvalue");
  static final Set<String> EVENT =
      Set.of(
          "event",
          "what",
          "prediction",
          "description",
          "text",
          "statement",
          "forecast",
          "outcome",
          "risk");
  static final Set<String> URGENCY =
      Set.of("urgency", "priority", "timeframe", "timeline", "when", "due", "deadline", "label");
  static final Set<String> ACTION =
      Set.of(
          "action",
          "text",
          "description",
          "recommendation",
          "recommendedaction",
          "what",
          "step",
          "task");
  static final Set<String> SEVERITY =
      Set.of("severity", "risklevel", "level", "status", "priority");
  static final Set<String> REASON =
      Set.of(
          "reason",
          "reasons",
          "description",
          "issue",
          "issues",
          "why",
          "details",
          "rationale",
          "summary");
  static final Set<String> CUSTOMER =
      Set.of("customer", "customername", "name", "client", "account", "tenant");
  static final Set<String> TIER = Set.of("tier", "customertier");
  static final Set<String> SUMMARY =
      Set.of("summary", "text", "description", "status", "details", "impact", "notes");

  private final Map<String, JsonNode> values;

  Fields(Map<String, JsonNode> values) {
    this.values = values;
  }

  static Fields of(JsonNode object) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    object.properties().forEach(field -> values.put(field.getKey(), field.getValue()));
    return new Fields(values);
  }

  Fields copy() {
    return new Fields(new LinkedHashMap<>(values));
  }

  /** The letters of a name, by which it is found. */
  static String key(String name) {
    StringBuilder key = new StringBuilder();
    name.codePoints().filter(Character::isLetterOrDigit).forEach(key::appendCodePoint);
    return key.toString().toLowerCase(Locale.ROOT);
  }

  boolean has(Set<String> names) {
    return values.entrySet().stream()
        .anyMatch(field -> names.contains(key(field.getKey())) && !field.getValue().isNull());
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  Map<String, JsonNode> rest() {
    return values;
  }

  /** The field's text, or null where there is none; the field that is named first wins. */
  @Nullable String take(Set<String> names) {
    String found = find(names);
    return found == null ? null : text(remove(found));
  }

  /** The first field of one of the names that says anything, or null. */
  @Nullable String find(Set<String> names) {
    for (Map.Entry<String, JsonNode> field : values.entrySet()) {
      if (names.contains(key(field.getKey())) && !text(field.getValue()).isBlank()) {
        return field.getKey();
      }
    }
    return null;
  }

  /** All fields of those names that say anything, in their order. */
  List<String> findAll(Set<String> names) {
    return values.entrySet().stream()
        .filter(field -> names.contains(key(field.getKey())))
        .filter(field -> !text(field.getValue()).isBlank())
        .map(Map.Entry::getKey)
        .toList();
  }

  JsonNode remove(String name) {
    JsonNode value = values.remove(name);
    return value == null ? NullNode.getInstance() : value;
  }

  void put(String name, JsonNode value) {
    values.put(name, value);
  }

  /** What nobody took, as {@code name: value; name: value}; empty where that is nothing. */
  String restAsText() {
    List<String> parts = new ArrayList<>();
    values.forEach(
        (name, value) -> {
          String text = text(value);
          if (!text.isBlank()) {
            parts.add(name.isBlank() ? text : name.replace('_', ' ') + ": " + text);
          }
        });
    return String.join("; ", parts);
  }

  static String text(JsonNode value) {
    if (value.isNull()) {
      return "";
    }
    if (value.isArray() && !value.isEmpty()) {
      List<String> parts = new ArrayList<>();
      value.forEach(part -> parts.add(part.isValueNode() ? part.asText() : part.toString()));
      return String.join("; ", parts);
    }
    return value.isValueNode() ? value.asText() : value.isEmpty() ? "" : value.toString();
  }
}
