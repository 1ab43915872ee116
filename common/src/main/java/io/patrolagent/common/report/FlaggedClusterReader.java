package io.patrolagent.common.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code FLAGGED_CLUSTERS}: a JSON array of objects. Fields that the format does not know are
 * kept among the key metrics.
 */
final class FlaggedClusterReader implements SectionReader<FlaggedCluster> {

  private static final ReportSection SECTION = ReportSection.FLAGGED_CLUSTERS;
  private static final List<String> ID = List.of("cluster_id", "clusterId", "cluster", "id");
  private static final List<String> REASON = List.of("reason", "reasons");
  private static final Set<String> SEVERITIES = Set.of("critical", "warning", "info");

  @Override
  public Optional<List<FlaggedCluster>> read(List<String> lines, ParseWarnings warnings) {
    String text = Prose.of(lines);
    Optional<JsonText> json = JsonText.in(text);
    if (json.isEmpty()) {
      if (Prose.deniesAny(text)) {
        return Optional.of(List.of());
      }
      warnings.unread(SECTION, "there is no JSON array", text);
      return Optional.empty();
    }
    List<FlaggedCluster> clusters = new ArrayList<>();
    for (JsonNode element : json.get().elements()) {
      Optional<FlaggedCluster> cluster = cluster(element);
      cluster.ifPresent(clusters::add);
      if (cluster.isEmpty()) {
        warnings.unread(SECTION, "an element names no cluster_id", element.toString());
      }
    }
    if (!json.get().around().isEmpty()) {
      warnings.unread(SECTION, "text beside the JSON array was not read", json.get().around());
    }
    if (!json.get().unread().isEmpty()) {
      warnings.unread(
          SECTION,
          "the JSON breaks off or is malformed after " + clusters.size() + " clusters",
          json.get().unread());
      return clusters.isEmpty() ? Optional.empty() : Optional.of(clusters);
    }
    boolean nothingRead = clusters.isEmpty() && !json.get().elements().isEmpty();
    return nothingRead ? Optional.empty() : Optional.of(clusters);
  }

  private static Optional<FlaggedCluster> cluster(JsonNode element) {
    if (element.isTextual() && !element.textValue().isBlank()) {
      return Optional.of(new FlaggedCluster(element.textValue().strip(), null, null, Map.of()));
    }
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    element.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
    String id = take(fields, ID);
    if (id == null || id.isBlank()) {
      return Optional.empty();
    }
    String severity = take(fields, List.of("severity"));
    String reason = take(fields, REASON);
    return Optional.of(new FlaggedCluster(id.strip(), known(severity), reason, metrics(fields)));
  }

  private static @Nullable String known(@Nullable String severity) {
    String lower = severity == null ? "" : severity.strip().toLowerCase(Locale.ROOT);
    return SEVERITIES.contains(lower) ? lower : severity;
  }

  private static @Nullable String take(Map<String, JsonNode> fields, List<String> names) {
    for (String name : names) {
      JsonNode value = fields.get(name);
      if (value != null && !value.isNull()) {
        fields.remove(name);
        return text(value);
      }
    }
    return null;
  }

  private static String text(JsonNode value) {
    if (value.isArray() && !value.isEmpty()) {
      List<String> parts = new ArrayList<>();
      value.forEach(part -> parts.add(part.isValueNode() ? part.asText() : part.toString()));
      return String.join("; ", parts);
    }
    return value.isValueNode() ? value.asText() : value.toString();
  }

  private static Map<String, JsonNode> metrics(Map<String, JsonNode> fields) {
    Map<String, JsonNode> metrics = new LinkedHashMap<>();
    JsonNode given = fields.remove("key_metrics");
    if (given != null && given.isObject()) {
      given.properties().forEach(field -> metrics.put(field.getKey(), finite(field.getValue())));
    } else if (given != null && !given.isNull()) {
      metrics.put("key_metrics", finite(given));
    }
    fields.forEach(
        (name, value) -> {
          if (!value.isNull()) {
            metrics.putIfAbsent(name, finite(value));
          }
        });
    return metrics;
  }

  /** JSON has no NaN: it goes on as the text that it was. */
  private static JsonNode finite(JsonNode value) {
    boolean number = value.isDouble() || value.isFloat();
    return number && !Double.isFinite(value.doubleValue())
        ? TextNode.valueOf(value.asText())
        : value;
  }
}
