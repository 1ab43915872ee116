package io.patrolagent.agentrunner.offline.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** All that the tools answered, by what it is about. Immutable. */
public final class Evidence {

  private static final Map<String, String> OF_A_CLUSTER =
      Map.of(
          "get_cluster_metrics", "metrics",
          "get_cluster_alerts", "alerts",
          "get_infrastructure_state", "nodes",
          "search_logs", "entries");

  private final List<ToolAnswer> answers;
  private final Map<String, ClusterEvidence> clusters;

  private Evidence(List<ToolAnswer> answers) {
    this.answers = List.copyOf(answers);
    this.clusters = Map.copyOf(clusters(answers));
  }

  /** What these answers hold. */
  public static Evidence of(List<ToolAnswer> answers) {
    return new Evidence(answers);
  }

  /** The latest summary of the fleet, or an empty one. */
  public FleetSummary summary() {
    return last("query_fleet_summary").map(FleetSummary::of).orElse(FleetSummary.NONE);
  }

  /** The open issues that were listed. */
  public List<OpenIssue> issues() {
    return each("query_open_issues", "issues", OpenIssue::of).distinct().toList();
  }

  /** The report before this one, if there is one. */
  public Optional<PreviousPatrol> previous() {
    return last("get_previous_patrol")
        .filter(json -> json.path("found").asBoolean(true) && json.has("flagged_clusters"))
        .map(PreviousPatrol::of);
  }

  /** What was seen of that cluster. */
  public ClusterEvidence of(String clusterId) {
    return clusters.getOrDefault(clusterId, ClusterEvidence.NONE);
  }

  /** The documents that searches of the knowledge lake found, each once, best first. */
  public List<KnowledgeDocument> documents() {
    return each("search_knowledge_lake", "documents", KnowledgeDocument::of).distinct().toList();
  }

  /** The regions by the age of their scores. */
  public List<RegionFreshness> regions() {
    return rows(SqlQuestion.REGIONS, RegionFreshness::of);
  }

  /** The clusters that are noisy and well. */
  public List<NoisyCluster> noisy() {
    return rows(SqlQuestion.NOISE, NoisyCluster::of);
  }

  /** The sizes of what clusters have in common. */
  public List<TraitSize> sizes() {
    return rows(SqlQuestion.SIZES, TraitSize::of);
  }

  /** How many clusters were looked into one by one. */
  public List<String> lookedInto() {
    return clusters.entrySet().stream()
        .filter(entry -> entry.getValue().tools().size() >= 2)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** Whether that tool has answered. */
  public boolean has(String tool) {
    return answered(tool).findAny().isPresent();
  }

  public List<ToolAnswer> answers() {
    return answers;
  }

  private Optional<JsonNode> last(String tool) {
    return answered(tool).reduce((earlier, later) -> later).map(ToolAnswer::json);
  }

  private <T> Stream<T> each(String tool, String list, Function<JsonNode, T> reader) {
    return answered(tool)
        .flatMap(answer -> Fields.objects(answer.json(), list).stream())
        .map(reader);
  }

  private <T> List<T> rows(SqlQuestion question, Function<JsonNode, T> reader) {
    return each("query_sql", "rows", Function.identity())
        .filter(row -> question.label().equals(Fields.text(row, "question")))
        .map(reader)
        .distinct()
        .toList();
  }

  private Stream<ToolAnswer> answered(String tool) {
    return answers.stream()
        .filter(answer -> answer.isAnswered() && answer.call().tool().equals(tool));
  }

  private static Map<String, ClusterEvidence> clusters(List<ToolAnswer> answers) {
    Map<String, ClusterBuilder> builders = new LinkedHashMap<>();
    for (ToolAnswer answer : answers) {
      String tool = answer.call().tool();
      if (!answer.isAnswered()) {
        continue;
      }
      if (OF_A_CLUSTER.containsKey(tool)) {
        String id = clusterId(answer);
        if (!id.isEmpty()) {
          builders.computeIfAbsent(id, none -> new ClusterBuilder()).add(tool, answer.json());
        }
      } else if (tool.equals("query_sql")) {
        Fields.objects(answer.json(), "rows").stream()
            .filter(row -> SqlQuestion.ERRORS.label().equals(Fields.text(row, "question")))
            .forEach(
                row ->
                    builders
                        .computeIfAbsent(
                            Fields.textOrEmpty(row, "cluster_id"), none -> new ClusterBuilder())
                        .logs
                        .add(LogLine.of(row)));
      }
    }
    Map<String, ClusterEvidence> clusters = new LinkedHashMap<>();
    builders.forEach((id, builder) -> clusters.put(id, builder.build()));
    return clusters;
  }

  private static String clusterId(ToolAnswer answer) {
    String asked = Fields.textOrEmpty(answer.call().arguments(), "cluster_id");
    if (!asked.isEmpty()) {
      return asked;
    }
    String said = Fields.textOrEmpty(answer.json(), "cluster_id");
    return said.isEmpty() ? Fields.textOrEmpty(answer.json().path("cluster"), "cluster_id") : said;
  }

  /** Collects what the tools say about one cluster; a line that two searches found counts once. */
  private static final class ClusterBuilder {
    private final List<MetricReading> metrics = new ArrayList<>();
    private final List<ClusterAlert> alerts = new ArrayList<>();
    private final List<NodeState> nodes = new ArrayList<>();
    private final List<LogLine> logs = new ArrayList<>();
    private final List<String> tools = new ArrayList<>();

    void add(String tool, JsonNode json) {
      tools.add(tool);
      for (JsonNode object : Fields.objects(json, OF_A_CLUSTER.getOrDefault(tool, ""))) {
        switch (tool) {
          case "get_cluster_metrics" -> metrics.add(MetricReading.of(object));
          case "get_cluster_alerts" -> alerts.add(ClusterAlert.of(object));
          case "get_infrastructure_state" -> nodes.add(NodeState.of(object));
          default -> logs.add(LogLine.of(object));
        }
      }
    }

    ClusterEvidence build() {
      return new ClusterEvidence(
          metrics, alerts, nodes, logs.stream().distinct().toList(), Set.copyOf(tools));
    }
  }
}
