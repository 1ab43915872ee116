package io.patrolagent.reportsink.verification;

import com.fasterxml.jackson.databind.JsonNode;
import io.patrolagent.reportsink.verification.Fact.Standing;
import io.patrolagent.reportsink.verification.Quantity.Reading;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes a tree of JSON apart into facts. Each value is about the cluster that the nearest object
 * around it names, or else the fleet, and has its own name, or where it is a figure of a metric,
 * the metric's.
 */
final class FactReader {

  private static final int MOST_TEXT = 4_000;
  private static final int SHORT_TEXT = 60;
  private static final int MOST_GROUPS_OF_A_LIST = 2_000;
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._:/@-]{0,127}+");
  private static final List<String> METRIC_FIELDS = List.of("metric", "metric_name");

  /** Under this key stand the severities of alerts that fire and of issues that are open. */
  static final String OPEN_SEVERITY = "severity of what is open";

  private static final Set<String> OPEN = Set.of("firing", "ongoing", "open");

  /** A metric's value proper; another statistic of it is related. */
  private static final Set<String> VALUES = Set.of("latest", "value", "last", "current");

  private static final Set<String> STATISTICS =
      Set.of("min", "max", "mean", "avg", "average", "median", "first", "sum", "series", "p95");

  /** These say how a question was asked, not how things are. */
  private static final Set<String> NO_FACTS =
      Set.of("omitted", "names_omitted", "stale_omitted", "truncated", "source", "samples");

  private final FactIndex index;
  private final int source;
  private final boolean earlier;
  private final @Nullable Instant at;

  FactReader(FactIndex index, int source, boolean ofEarlierReport) {
    this.index = index;
    this.source = source;
    this.earlier = ofEarlierReport;
    this.at = index.source(source).at();
  }

  /**
   * What is around a value: its cluster, its metric, its name and its parent's, and when it was.
   */
  private record Around(
      @Nullable String cluster, @Nullable String metric, String parent, @Nullable Instant at) {

    Around in(String name) {
      return new Around(cluster, metric, name, at);
    }
  }

  void read(JsonNode tree, @Nullable String clusterId) {
    value("", tree, new Around(clusterId, null, "", at));
  }

  private void value(String name, JsonNode node, Around around) {
    if (node.isObject()) {
      object(name, node, around);
    } else if (node.isArray()) {
      array(name, node, around);
    } else if (node.isNumber()) {
      number(name, node.doubleValue(), around);
    } else if (node.isTextual()) {
      text(name, node.textValue(), around);
    } else if (node.isBoolean()) {
      facts(around).addNamed(key(name), Fact.text(name, node.asText(), source, Standing.RELATED));
    }
  }

  private void object(String name, JsonNode object, Around around) {
    String cluster = text(object, "cluster_id");
    if (cluster != null && !earlier) {
      index.know(cluster, text(object, "cluster_name"), source);
    }
    String customer = text(object, "customer_name");
    if (customer != null && !earlier) {
      String tier = text(object, "customer_tier");
      if (cluster != null) {
        index.know(cluster, customer, tier, source);
      } else {
        index.knowCustomer(customer, tier, source);
      }
    }
    openTrouble(object, around.cluster() == null || cluster != null ? cluster : around.cluster());
    String metric = null;
    for (String field : METRIC_FIELDS) {
      metric = metric == null ? text(object, field) : metric;
    }
    Instant sampled = instant(object);
    Around inside =
        new Around(
            cluster == null ? around.cluster() : cluster,
            metric == null ? around.metric() : metric,
            name,
            sampled == null ? around.at() : sampled);
    object.properties().forEach(f -> value(f.getKey(), f.getValue(), inside));
  }

  /** An alert that fires, or an issue that is open. */
  private void openTrouble(JsonNode object, @Nullable String cluster) {
    String severity = text(object, "severity");
    if (cluster != null && severity != null && !earlier) {
      String status = object.path("status").asText(object.has("opened_at") ? "open" : "");
      if (OPEN.contains(status)) {
        Fact fact = Fact.text("severity", severity, source, Standing.RELATED);
        index.of(cluster, false).addNamed(OPEN_SEVERITY, fact);
      }
    }
  }

  private void array(String name, JsonNode array, Around around) {
    add(facts(around), name, around, array.size(), null, Standing.RELATED);
    Map<String, Map<String, Integer>> groups = new HashMap<>();
    for (JsonNode element : array) {
      value(name, element, around.in(name));
      if (element.isObject()) {
        count(element, groups);
      }
    }
    groups.forEach(
        (field, counts) -> {
          // so many customers, versions, names
          add(facts(around), field, around, counts.size(), null, Standing.RELATED);
          counts.forEach((text, count) -> addGroup(field, text, count, around));
        });
  }

  private void addGroup(String field, String text, int count, Around around) {
    Fact fact = Fact.number(field, count, null, source, Standing.RELATED);
    facts(around).addGroup(text, fact);
    if (field.endsWith("tier")) {
      facts(around).addGroup("tier " + text, fact);
    }
  }

  private static void count(JsonNode object, Map<String, Map<String, Integer>> groups) {
    object
        .properties()
        .forEach(
            field -> {
              String text = field.getValue().textValue();
              if (text != null && text.length() <= SHORT_TEXT) {
                Map<String, Integer> counts =
                    groups.computeIfAbsent(field.getKey(), none -> new HashMap<>());
                if (counts.size() < MOST_GROUPS_OF_A_LIST) {
                  counts.merge(text, 1, Integer::sum);
                }
              }
            });
  }

  private void number(String name, double value, Around around) {
    if (NO_FACTS.contains(name)) {
      return;
    }
    String metric = around.metric();
    if (metric != null && (VALUES.contains(name) || STATISTICS.contains(name))) {
      Standing standing = VALUES.contains(name) ? Standing.MEASURED : Standing.RELATED;
      add(facts(around), metric, around, value, name(metric).unit(), standing);
    } else if (metric != null) {
      Unit unit = name(name).unit();
      add(facts(around), metric + " " + name, around, value, unit, Standing.RELATED);
      Fact own = Fact.number(name, value, unit, source, Standing.RELATED);
      facts(around).addNamed(key(name), own);
    } else {
      Unit unit = name(name).unit();
      add(facts(around), name, around, value, unit, Standing.MEASURED);
      if (!around.parent().isEmpty()) {
        Fact both = Fact.number(name, value, unit, source, Standing.RELATED);
        facts(around).addNamed(key(around.parent() + " " + name), both);
      }
    }
  }

  private void add(
      FactSet facts,
      String name,
      Around around,
      double value,
      @Nullable Unit unit,
      Standing standing) {
    Fact fact = Fact.number(name, value, unit, source, standing);
    facts.addNumber(key(name), fact);
    Instant when = around.at();
    if (unit != null && unit.isTime() && when != null && Math.abs(value * unit.factor()) < 1e9) {
      long seconds = Math.round(value * unit.factor());
      String words = " " + key(name) + " ";
      if (words.contains(" left ") || words.contains(" to ")) {
        facts.addInstant(when.plusSeconds(seconds), name, source);
      } else if (words.contains(" age ") || words.contains(" since ")) {
        facts.addInstant(when.minusSeconds(seconds), name, source);
      }
    }
  }

  private void text(String name, String text, Around around) {
    FactSet facts = facts(around);
    Instant instant = instant(text);
    if (instant != null) {
      facts.addInstant(instant, name, source);
      return;
    }
    String read = text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) : text;
    read = read.replace("⟦", "").replace("⟧", "");
    Fact fact =
        Fact.text(
            name,
            read.length() > SHORT_TEXT ? read.substring(0, SHORT_TEXT) : read,
            source,
            earlier ? Standing.RELATED : Standing.MEASURED);
    facts.addNamed(key(name), fact);
    Matcher word = WORD.matcher(read);
    while (word.find()) {
      if (word.group().chars().anyMatch(Character::isDigit)) {
        facts.addWord(trimmed(word.group()), fact);
        if (!earlier) {
          index.addWord(trimmed(word.group()));
        }
      }
    }
    FigureReader.read(read).forEach(figure -> add(figure, name, facts));
  }

  private void add(Figure figure, String name, FactSet facts) {
    if (figure instanceof Figure.Amount number) {
      for (Reading reading : number.quantity().readings()) {
        Unit unit = number.quantity().unit();
        facts.addUnnamed(Fact.number(name, reading.value(), unit, source, Standing.RELATED));
      }
    } else if (figure instanceof Figure.Time time) {
      var instants = time.moment().instants(index.writtenAt());
      if (instants != null && time.moment().time() != null) {
        facts.addInstant(Instant.ofEpochSecond((long) (instants.low() + 30)), name, source);
      }
    } else if (figure instanceof Figure.Version version) {
      facts.addWord(
          version.version(), Fact.text(name, version.version(), source, Standing.RELATED));
    }
  }

  private FactSet facts(Around around) {
    return index.of(around.cluster(), earlier);
  }

  private NameKey name(String name) {
    return index.name(name);
  }

  private String key(String name) {
    return name(name).key();
  }

  private static @Nullable Instant instant(JsonNode object) {
    for (String field : List.of("latest_at", "sampled_at")) {
      String text = text(object, field);
      Instant at = text == null ? null : instant(text);
      if (at != null) {
        return at;
      }
    }
    return null;
  }

  private static @Nullable Instant instant(String text) {
    if (text.length() < 16
        || text.length() > 40
        || text.charAt(4) != '-'
        || text.charAt(10) != 'T') {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException none) {
      return null;
    }
  }

  private static @Nullable String text(JsonNode object, String field) {
    String text = object.path(field).textValue();
    return text == null || text.isBlank() ? null : text;
  }

  static String trimmed(String word) {
    int end = word.length();
    while (end > 0 && ".:/@-_".indexOf(word.charAt(end - 1)) >= 0) {
      end--;
    }
    return word.substring(0, end);
  }
}
