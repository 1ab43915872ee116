package io.patrolagent.agentrunner.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The active clusters in scope, fed one by one, as figures and the few that matter most. Not
 * thread-safe.
 */
final class FleetSummary {

  static final int MOST_CLUSTERS = 60;
  static final int MOST_COHORTS = 15;
  static final int MOST_STALE = 30;

  private static final double PROBLEM_BELOW = 70;
  private static final int MOST_REASONS = 5;
  private static final List<String> DIMENSIONS =
      List.of("version", "region", "cloud", "account_id", "customer_name");

  private static final Comparator<ObjectNode> WORST_FIRST =
      Comparator.comparingInt(FleetSummary::tierRank)
          .thenComparingInt(FleetSummary::riskRank)
          .thenComparingDouble(FleetSummary::scoreRank)
          .thenComparing(cluster -> cluster.path("cluster_id").asText());

  private final Map<String, Integer> risk = counts("critical", "warning", "healthy", "unknown");
  private final Map<String, Integer> health = counts("healthy", "moderate", "poor", "unknown");
  private final Map<String, Integer> problems =
      counts("critical", "warning", "score_below_70", "total", "tier_s", "tier_a");
  private final TreeSet<ObjectNode> worst = new TreeSet<>(WORST_FIRST);
  private final Cohorts cohorts = new Cohorts();
  private final StaleSources stale;

  FleetSummary(Instant now) {
    this.stale = new StaleSources(now);
  }

  void add(ObjectNode cluster) {
    String level = cluster.path("risk_level").asText();
    JsonNode score = cluster.path("health_score");
    boolean critical = level.equals("Critical");
    boolean warning = level.equals("Warning");
    boolean low = score.isNumber() && score.asDouble() < PROBLEM_BELOW;
    boolean problem = critical || warning || low;
    count(
        risk,
        critical
            ? "critical"
            : warning ? "warning" : level.equals("Healthy") ? "healthy" : "unknown");
    count(health, band(score));
    Set<String> reasons = problem ? codes(cluster.path("reasons")) : Set.of();
    cohorts.add(dimensions(cluster), problem, reasons);
    String region = cluster.path("region").asText();
    stale.add("health_scores", region, cluster.path("scored_at"));
    stale.add("risk_snapshots", region, cluster.path("risk_at"));
    if (problem) {
      addProblem(cluster, critical, warning, low);
    }
  }

  private void addProblem(ObjectNode cluster, boolean critical, boolean warning, boolean low) {
    count(problems, "total");
    if (critical) {
      count(problems, "critical");
    }
    if (warning) {
      count(problems, "warning");
    }
    if (low) {
      count(problems, "score_below_70");
    }
    switch (cluster.path("customer_tier").asText()) {
      case "S" -> count(problems, "tier_s");
      case "A" -> count(problems, "tier_a");
      default -> {}
    }
    worst.add(cluster);
    if (worst.size() > MOST_CLUSTERS) {
      worst.pollLast();
    }
  }

  void fill(ObjectNode answer, ObjectNode counts) {
    answer.set("cluster_counts", part(counts, "total", "active", "suspended", "terminated"));
    answer.set("risk_distribution", json(risk));
    answer.set("health_distribution", json(health));
    answer.set("alerts_24h", part(counts, "firing", "resolved", "firing_from_before"));
    answer.set("open_issues", part(counts, "critical", "high", "medium", "low"));
    answer.set("problem_clusters", json(problems));
    ArrayNode clusters = answer.putArray("clusters");
    for (ObjectNode cluster : worst) {
      clusters.add(cluster.set("reasons", shortened(cluster.path("reasons"))));
    }
    answer.put("omitted", problems.getOrDefault("total", 0) - worst.size());
    answer.putArray("cohorts").addAll(cohorts.strongest(MOST_COHORTS));
    answer.put("cohorts_compared", cohorts.tests());
    answer.putArray("stale").addAll(stale.largest(MOST_STALE));
    answer.put("stale_omitted", Math.max(0, stale.size() - MOST_STALE));
  }

  private static String band(JsonNode score) {
    if (!score.isNumber()) {
      return "unknown";
    }
    return score.asDouble() >= 80 ? "healthy" : score.asDouble() >= 60 ? "moderate" : "poor";
  }

  private static Map<String, String> dimensions(ObjectNode cluster) {
    Map<String, String> dimensions = new LinkedHashMap<>();
    for (String dimension : DIMENSIONS) {
      if (cluster.path(dimension).isTextual()) {
        dimensions.put(dimension, cluster.path(dimension).asText());
      }
    }
    return dimensions;
  }

  /** Each once, however often a collector says it. */
  private static Set<String> codes(JsonNode reasons) {
    Set<String> codes = new TreeSet<>();
    for (JsonNode reason : reasons) {
      if (reason.path("code").isTextual()) {
        codes.add(reason.path("code").asText());
      }
    }
    return codes;
  }

  private static ArrayNode shortened(JsonNode reasons) {
    ArrayNode first = JsonNodeFactory.instance.arrayNode();
    for (JsonNode reason : reasons) {
      if (first.size() < MOST_REASONS) {
        first.add(reason);
      }
    }
    return first;
  }

  private static int tierRank(ObjectNode cluster) {
    return switch (cluster.path("customer_tier").asText()) {
      case "S" -> 0;
      case "A" -> 1;
      default -> 2;
    };
  }

  private static int riskRank(ObjectNode cluster) {
    return switch (cluster.path("risk_level").asText()) {
      case "Critical" -> 0;
      case "Warning" -> 1;
      default -> 2;
    };
  }

  private static double scoreRank(ObjectNode cluster) {
    return cluster.path("health_score").asDouble(Double.POSITIVE_INFINITY);
  }

  private static Map<String, Integer> counts(String... names) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (String name : names) {
      counts.put(name, 0);
    }
    return counts;
  }

  private static void count(Map<String, Integer> counts, String name) {
    counts.merge(name, 1, Integer::sum);
  }

  private static ObjectNode json(Map<String, Integer> counts) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    counts.forEach(json::put);
    return json;
  }

  private static ObjectNode part(ObjectNode counts, String... names) {
    return counts.deepCopy().retain(names);
  }
}
