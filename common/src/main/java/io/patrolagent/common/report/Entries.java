package io.patrolagent.common.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.patrolagent.common.report.BulletList.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A section's entries in whatever form: the objects of JSON, the rows of tables, or the items of a
 * list. {@code loose} is text that is in none of them, {@code unread} are the places where JSON
 * breaks.
 */
record Entries(List<Entry> all, List<String> loose, List<String> unread, Form form) {

  /** What the entries were written as. */
  enum Form {
    JSON,
    TABLE,
    LIST,
    PARAGRAPHS
  }

  /** An entry: its fields, or its text and what heads it. */
  record Entry(@Nullable Fields fields, @Nullable String group, String text) {

    static Entry of(Fields fields) {
      return new Entry(fields, null, "");
    }

    static Entry of(Item item) {
      return new Entry(null, item.group(), item.text());
    }

    static Entry of(String text) {
      return new Entry(null, null, text);
    }
  }

  static Entries of(List<String> lines, Scale scale) {
    String text = Prose.of(lines);
    Optional<JsonText> json = JsonText.onOwnLines(text);
    if (json.isPresent()) {
      return ofJson(json.get(), scale);
    }
    TableText table = TableText.of(lines);
    if (!table.rows().isEmpty()) {
      BulletList list = BulletList.of(table.lines(), scale);
      List<Entry> all = new ArrayList<>(table.rows().stream().map(Entry::of).toList());
      list.items().forEach(item -> all.add(Entry.of(item)));
      return new Entries(all, list.loose(), List.of(), Form.TABLE);
    }
    BulletList list = BulletList.of(lines, scale);
    if (list.items().isEmpty()) {
      return new Entries(
          list.loose().stream().map(Entry::of).toList(), List.of(), List.of(), Form.PARAGRAPHS);
    }
    return new Entries(
        list.items().stream().map(Entry::of).toList(), list.loose(), List.of(), Form.LIST);
  }

  private static Entries ofJson(JsonText json, Scale scale) {
    List<Entry> all = new ArrayList<>();
    json.elements().forEach(element -> add(element, null, all));
    List<String> loose = new ArrayList<>(emptyGroups(json, scale));
    if (!json.around().isEmpty()) {
      loose.add(json.around());
    }
    return new Entries(all, loose, json.unread(), Form.JSON);
  }

  /** Names of lists without an entry, unless a name only says which label nothing has. */
  private static List<String> emptyGroups(JsonText json, Scale scale) {
    List<String> names = new ArrayList<>();
    for (JsonNode element : json.elements()) {
      element.properties().stream()
          .filter(field -> field.getValue().isArray() && field.getValue().isEmpty())
          .map(Map.Entry::getKey)
          .filter(name -> scale.read(name) == null && SectionName.sectionOf(name).isEmpty())
          .forEach(names::add);
    }
    return names;
  }

  /** An entry, or what wraps entries: {@code {"predictions": […]}}, {@code {"High": […]}}. */
  private static void add(JsonNode element, @Nullable String group, List<Entry> all) {
    if (!element.isObject()) {
      String text = Fields.text(element);
      if (!text.isBlank()) {
        all.add(new Entry(null, group, text));
      }
      return;
    }
    boolean wraps =
        !element.isEmpty()
            && element.properties().stream()
                .allMatch(f -> f.getValue().isArray() || f.getValue().isObject());
    if (!wraps) {
      Fields fields = Fields.of(element);
      all.add(new Entry(fields, group, ""));
      return;
    }
    element
        .properties()
        .forEach(
            field -> {
              String name =
                  SectionName.sectionOf(field.getKey()).isPresent() ? group : field.getKey();
              if (field.getValue().isArray()) {
                field.getValue().forEach(inner -> add(inner, name, all));
              } else {
                Map<String, JsonNode> values = new LinkedHashMap<>();
                Fields inner = new Fields(values);
                field.getValue().properties().forEach(f -> values.put(f.getKey(), f.getValue()));
                all.add(new Entry(inner, name, ""));
              }
            });
  }
}
