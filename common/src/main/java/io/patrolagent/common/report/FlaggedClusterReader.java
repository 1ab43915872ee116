package io.patrolagent.common.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.patrolagent.common.report.BulletList.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code FLAGGED_CLUSTERS}: a JSON array of objects, or the table or list that a model wrote
 * instead. Fields that the format does not know are kept among the key metrics.
 */
final class FlaggedClusterReader implements SectionReader<FlaggedCluster> {

  private static final ReportSection SECTION = ReportSection.FLAGGED_CLUSTERS;

  @Override
  public Optional<List<FlaggedCluster>> read(List<String> lines, ParseWarnings warnings) {
    String text = Prose.of(lines);
    Optional<JsonText> json = JsonText.in(text);
    if (json.isPresent()) {
      return ofJson(json.get(), warnings);
    }
    if (Prose.deniesAny(text)) {
      return Optional.of(List.of());
    }
    if (text.isEmpty()) {
      warnings.add(SECTION.name() + ": the section is empty.");
      return Optional.empty();
    }
    TableText table = TableText.of(lines);
    BulletList list = BulletList.of(table.lines(), Severity.SCALE);
    List<FlaggedCluster> clusters = new ArrayList<>();
    for (Fields row : table.rows()) {
      read(FlaggedClusterFields.cluster(row), row.restAsText(), clusters, warnings);
    }
    for (Item item : list.items()) {
      if (!Prose.isNothing(item.text())) {
        read(FlaggedClusterItem.cluster(item), item.text(), clusters, warnings);
      }
    }
    if (clusters.isEmpty()) {
      boolean none = list.items().size() == 1 && Prose.isNothing(list.items().get(0).text());
      if (none && list.loose().isEmpty() && table.rows().isEmpty()) {
        return Optional.of(List.of());
      }
      warnings.unread(SECTION, "there is no JSON array", text);
      return Optional.empty();
    }
    list.loose()
        .forEach(beside -> warnings.unread(SECTION, "text beside the list was not read", beside));
    return Optional.of(clusters);
  }

  private static void read(
      Optional<FlaggedCluster> cluster,
      String written,
      List<FlaggedCluster> clusters,
      ParseWarnings warnings) {
    cluster.ifPresent(clusters::add);
    if (cluster.isEmpty()) {
      warnings.unread(SECTION, "an entry names no cluster_id", written);
    }
  }

  private static Optional<List<FlaggedCluster>> ofJson(JsonText json, ParseWarnings warnings) {
    List<FlaggedCluster> clusters = new ArrayList<>();
    for (JsonNode element : json.elements()) {
      add(element, clusters, warnings);
    }
    if (!json.around().isEmpty() && !(json.isEmpty() && Prose.deniesAny(json.around()))) {
      warnings.unread(SECTION, "text beside the JSON array was not read", json.around());
    }
    for (String unread : json.unread()) {
      warnings.unread(
          SECTION,
          "the JSON breaks off or is malformed after " + clusters.size() + " clusters",
          unread);
    }
    return clusters.isEmpty() && !json.isEmpty() ? Optional.empty() : Optional.of(clusters);
  }

  /** A cluster, or an object around clusters: by a name of their list, or each by its id. */
  private static void add(JsonNode element, List<FlaggedCluster> clusters, ParseWarnings warnings) {
    if (element.isTextual() && !element.textValue().isBlank() && hasLetters(element.textValue())) {
      clusters.add(new FlaggedCluster(element.textValue().strip(), null, null, Map.of()));
      return;
    }
    Fields fields = Fields.of(element);
    boolean named = fields.has(Fields.CLUSTER) || element.isEmpty();
    if (named || element.properties().stream().noneMatch(f -> isInner(f.getValue()))) {
      read(FlaggedClusterFields.cluster(fields), element.toString(), clusters, warnings);
      return;
    }
    for (Map.Entry<String, JsonNode> field : element.properties()) {
      JsonNode value = field.getValue();
      if (value.isArray()) {
        value.forEach(inner -> add(inner, clusters, warnings));
      } else if (value.isObject()) {
        Fields inner = Fields.of(value);
        if (!inner.has(Fields.CLUSTER)) {
          inner.put("cluster_id", TextNode.valueOf(field.getKey()));
        }
        read(FlaggedClusterFields.cluster(inner), value.toString(), clusters, warnings);
      } else if (!value.isNull()) {
        warnings.unread(
            SECTION,
            "a field beside the clusters was not read",
            field.getKey() + ": " + value.asText());
      }
    }
  }

  private static boolean isInner(JsonNode value) {
    return value.isObject() || (value.isArray() && !value.isEmpty());
  }

  private static boolean hasLetters(String text) {
    return text.codePoints().anyMatch(Character::isLetterOrDigit);
  }
}
