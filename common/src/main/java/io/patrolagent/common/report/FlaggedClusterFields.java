package io.patrolagent.common.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A flagged cluster out of its fields, whoever wrote them where. */
final class FlaggedClusterFields {

  private static final Set<String> METRICS = Set.of("keymetrics", "metrics");
  private static final Set<String> ID = Set.of("clusterid");
  private static final Set<String> SEVERITY = Set.of("severity");
  private static final Set<String> REASON = Set.of("reason", "reasons");

  /**
   * A name; anything else is text that got between the quotes, and is kept even without a value.
   */
  private static final Pattern PLAIN_NAME = Pattern.compile("[\\w .%/()-]*+");

  private static final JsonNode NOTHING = TextNode.valueOf("null");

  private FlaggedClusterFields() {}

  static Optional<FlaggedCluster> cluster(Fields fields) {
    // the name that was asked for goes before any that might also mean it
    String id = first(fields, ID, Fields.CLUSTER);
    if (id == null || id.codePoints().noneMatch(Character::isLetterOrDigit)) {
      return Optional.empty();
    }
    String severity = first(fields, SEVERITY, Fields.SEVERITY);
    String reason = first(fields, REASON, Fields.REASON);
    if (severity != null && !Severity.SCALE.isWord(severity) && !severity.equals(known(severity))) {
      // the word of the scale says less than what was written
      fields.put("severity", TextNode.valueOf(severity));
    }
    return Optional.of(
        new FlaggedCluster(id.strip(), known(severity), reason, metrics(fields.rest())));
  }

  /** The word of the scale; what is none of them stays as it was written. */
  static @Nullable String known(@Nullable String severity) {
    if (severity == null) {
      return null;
    }
    String word = Severity.SCALE.read(Markup.strip(severity));
    return word == null ? severity : word;
  }

  private static @Nullable String first(Fields fields, Set<String> asked, Set<String> other) {
    String value = fields.take(asked);
    return value == null ? fields.take(other) : value;
  }

  private static Map<String, JsonNode> metrics(Map<String, JsonNode> fields) {
    Map<String, JsonNode> metrics = new LinkedHashMap<>();
    fields.forEach(
        (name, value) -> {
          if (METRICS.contains(Fields.key(name)) && value.isObject()) {
            value.properties().forEach(metric -> put(metrics, metric.getKey(), metric.getValue()));
          }
        });
    fields.forEach(
        (name, value) -> {
          if (!(METRICS.contains(Fields.key(name)) && value.isObject())) {
            put(metrics, name, value);
          }
        });
    return metrics;
  }

  /** A metric of a name that is taken goes under the next one: nothing is overwritten. */
  private static void put(Map<String, JsonNode> metrics, String name, JsonNode value) {
    boolean plain = PLAIN_NAME.matcher(name).matches();
    if (value.isNull() && plain) {
      return;
    }
    JsonNode earlier = metrics.putIfAbsent(name, value.isNull() ? NOTHING : value);
    if (earlier != null && !earlier.equals(value)) {
      JsonNode again = metrics.putIfAbsent(name + " (also)", value);
      if (again != null) {
        metrics.put(
            name + " (also)", TextNode.valueOf(Fields.text(again) + "; " + Fields.text(value)));
      }
    }
  }
}
