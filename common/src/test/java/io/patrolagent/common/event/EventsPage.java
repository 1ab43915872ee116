package io.patrolagent.common.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The schemas as Markdown: a section and a table for each. */
final class EventsPage {

  private static final String LOCATION = "../common/src/main/resources/" + SchemaNode.DIRECTORY;

  /** What others refer to, and what is a column of the row as well. */
  private static final List<String> PARTS = List.of("request", "report", "usage");

  private static final List<String> COLUMNS =
      List.of(
          "scope",
          "flagged_clusters",
          "predictions",
          "customer_summaries",
          "recommended_actions",
          "fleet_snapshot",
          "verification",
          "diff",
          "coverage",
          "warnings");

  private final StringBuilder page = new StringBuilder();

  private EventsPage() {}

  static String markdown() {
    EventsPage writer = new EventsPage();
    writer.heading("Events");
    EventType.ALL.forEach(type -> writer.section(SchemaNode.root(type.name())));
    writer.heading("Parts of events");
    PARTS.forEach(part -> writer.section(SchemaNode.root(part)));
    writer.heading("Columns of alerts.patrol_reports that are jsonb");
    COLUMNS.forEach(column -> writer.section(SchemaNode.root(column)));
    return writer.page.toString();
  }

  private void heading(String text) {
    page.append("\n## ").append(text).append('\n');
  }

  private void section(SchemaNode schema) {
    String name = schema.title().orElseThrow();
    page.append("\n### ").append(name).append("\n\n");
    page.append(schema.text("description").orElseThrow()).append(' ');
    page.append("([schema](").append(LOCATION).append(schema.file()).append("))\n");
    Map<String, SchemaNode> parts = new LinkedHashMap<>();
    boolean list = schema.texts("type").contains("array");
    SchemaNode object = list ? schema.items().resolved() : schema;
    if (list) {
      page.append("\nAn array of ").append(type(schema.items(), parts)).append(".\n");
    }
    table(object, parts);
    while (!parts.isEmpty()) {
      Map<String, SchemaNode> next = new LinkedHashMap<>();
      parts.forEach(
          (part, definition) -> {
            page.append("\n`").append(part).append("`: ");
            page.append(definition.text("description").orElse("")).append('\n');
            table(definition, next);
          });
      parts.clear();
      parts.putAll(next);
    }
  }

  private void table(SchemaNode object, Map<String, SchemaNode> parts) {
    if (object.properties().isEmpty()) {
      return;
    }
    page.append("\n| field | type | present | meaning |\n|---|---|---|---|\n");
    rows("", object, parts);
  }

  private void rows(String path, SchemaNode object, Map<String, SchemaNode> parts) {
    for (String name : object.properties()) {
      SchemaNode property = object.property(name);
      SchemaNode resolved = property.resolved();
      String present = object.required().contains(name) ? "always" : "";
      String meaning =
          property.text("description").or(() -> resolved.text("description")).orElse("");
      page.append("| `").append(path).append(name).append("` | ");
      page.append(type(property, parts)).append(" | ").append(present).append(" | ");
      page.append(meaning.replace("|", "\\|")).append(" |\n");
      boolean here = resolved.file().equals(object.file()) && !isReference(property);
      if (here && resolved.texts("type").contains("array")) {
        SchemaNode items = resolved.items();
        if (!isReference(items)) {
          rows(path + name + "[].", items, parts);
        }
      } else if (here) {
        rows(path + name + ".", resolved, parts);
      }
    }
  }

  private static boolean isReference(SchemaNode schema) {
    return schema.json().has("$ref");
  }

  /** A type in a few words; an object that is defined in the same file is told of further down. */
  private static String type(SchemaNode reference, Map<String, SchemaNode> parts) {
    SchemaNode schema = reference.resolved();
    if (schema.title().isPresent() && isReference(reference)) {
      String name = schema.title().get();
      return "[" + name + "](#" + name.replace(".", "") + ")";
    }
    if (schema.json().has("const")) {
      return "`" + schema.json().get("const").asText() + "`";
    }
    if (schema.json().has("enum")) {
      return schema.texts("enum").stream()
          .map(v -> "`" + v + "`")
          .collect(Collectors.joining(", "));
    }
    List<String> types = new ArrayList<>(schema.texts("type"));
    types.remove("null");
    String type = types.isEmpty() ? "any" : types.get(0);
    if (type.equals("array")) {
      return "array of " + type(schema.items(), parts) + limit(schema.json());
    }
    if (type.equals("object") && isReference(reference)) {
      String definition = reference.json().path("$ref").asText();
      String name = definition.substring(definition.lastIndexOf('/') + 1);
      parts.put(name, schema);
      return "`" + name + "`";
    }
    return schema
        .text("format")
        .map(format -> format.equals("date-time") ? "time" : format)
        .orElse(type + limit(schema.json()));
  }

  private static String limit(JsonNode schema) {
    List<String> limits = new ArrayList<>();
    if (schema.has("minimum")) {
      limits.add("from " + schema.get("minimum").asText());
    }
    if (schema.has("minLength") && schema.has("maxLength")) {
      limits.add(
          schema.get("minLength").asText()
              + " to "
              + schema.get("maxLength").asText()
              + " characters");
    } else if (schema.has("maxLength")) {
      limits.add("at most " + schema.get("maxLength").asText() + " characters");
    } else if (schema.has("minLength")) {
      limits.add("not empty");
    }
    if (schema.has("maxItems")) {
      limits.add("at most " + schema.get("maxItems").asText());
    }
    return limits.isEmpty() ? "" : ", " + String.join(", ", limits);
  }
}
