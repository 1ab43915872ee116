package io.patrolagent.agentrunner.tool;

import static io.patrolagent.common.sql.ResultColumn.instant;
import static io.patrolagent.common.sql.ResultColumn.number;
import static io.patrolagent.common.sql.ResultColumn.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import io.patrolagent.common.config.Suggestion;
import io.patrolagent.common.sql.FleetFile;
import io.patrolagent.common.sql.FleetQuery;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code get_cluster_metrics}: what one cluster's metrics were and where they are heading. A metric
 * that exists and has no sample in the window is answered with 0 samples.
 */
public final class GetClusterMetrics implements Tool {

  static final String NAME = "get_cluster_metrics";

  private static final String SOURCE = "byoc.cluster_metrics";
  private static final int MOST_METRICS = 30;
  private static final FleetFile SAMPLES =
      new FleetFile(
          "get_cluster_metrics.sql",
          List.of("cluster_id", "metrics", "since"),
          List.of(
              text("metric", "its name"),
              instant("sampled_at", "when it was sampled"),
              number("value", "the sample")));
  private static final FleetFile NAMES =
      new FleetFile(
          "get_cluster_metrics.names.sql",
          List.of("cluster_id"),
          List.of(text("metric", "a metric that the cluster has")));

  private final ToolQueries queries;
  private final FleetQuery samples;
  private final FleetQuery names;

  public GetClusterMetrics(ToolQueries queries) {
    this.queries = queries;
    this.samples = queries.load(SAMPLES);
    this.names = queries.load(NAMES);
  }

  @Override
  public ToolSpecification specification() {
    return ToolSpecification.builder()
        .name(NAME)
        .description(
            """
            Latest value, range, trend (least squares) and a short series of one cluster's metrics, and when \
            the trend meets the point at which a disk, quota or certificate gives out. Use it to find out \
            how a problem develops and to predict; quote crosses_at and hours_to_threshold rather than working \
            them out. Without a forecast they are null. For several clusters at once use query_sql.""")
        .parameters(
            JsonObjectSchema.builder()
                .addStringProperty("cluster_id", "the cluster")
                .addProperty(
                    "metrics",
                    JsonArraySchema.builder()
                        .description(
                            "names of metrics, at most "
                                + MOST_METRICS
                                + "; left out, all that the cluster has")
                        .items(JsonStringSchema.builder().build())
                        .build())
                .addIntegerProperty("hours", "how far to look back, 1 to 720; default 24")
                .required("cluster_id")
                .additionalProperties(false)
                .build())
        .build();
  }

  @Override
  public ObjectNode call(ToolArguments given, ToolContext context) throws Exception {
    ToolArguments arguments = given.only("cluster_id", "metrics", "hours");
    String clusterId = arguments.text("cluster_id", 200);
    List<String> asked = arguments.texts("metrics", MOST_METRICS, 200);
    int hours = arguments.integer("hours", 1, 720, 24);
    return queries.read(
        context.request().scope(),
        reading -> {
          reading.requireCluster(clusterId);
          List<String> available =
              reading.rows(names, Map.of("cluster_id", clusterId)).stream()
                  .map(row -> row.path("metric").asText())
                  .toList();
          requireAll(asked, available);
          List<String> shown =
              asked.isEmpty() ? available.stream().limit(MOST_METRICS).toList() : asked;
          Map<String, MetricSummary> summaries = summaries(reading, clusterId, shown, hours);
          ObjectNode answer = reading.answer(SOURCE);
          answer.put("cluster_id", clusterId);
          answer.put("hours", hours);
          ArrayNode metrics = answer.putArray("metrics");
          summaries.values().forEach(summary -> metrics.add(summary.json()));
          ArrayNode all = answer.putArray("available");
          available.forEach(all::add);
          return answer;
        });
  }

  private Map<String, MetricSummary> summaries(
      Reading reading, String clusterId, List<String> shown, int hours) {
    Instant since = reading.now().minus(Duration.ofHours(hours));
    Map<String, MetricSummary> summaries = new LinkedHashMap<>();
    shown.forEach(metric -> summaries.put(metric, new MetricSummary(metric, since, reading.now())));
    reading.each(
        samples,
        Map.of("cluster_id", clusterId, "metrics", shown, "since", since.atOffset(ZoneOffset.UTC)),
        row -> {
          MetricSummary summary = summaries.get(row.path("metric").asText());
          JsonNode value = row.path("value");
          JsonNode at = row.path("sampled_at");
          if (summary != null && value.isNumber() && at.isTextual()) {
            summary.add(Instant.parse(at.asText()), value.asDouble());
          }
        });
    return summaries;
  }

  private static void requireAll(List<String> asked, List<String> available) throws ToolRefusal {
    for (String metric : asked) {
      if (!available.contains(metric)) {
        throw new ToolRefusal(
            "metrics: the cluster has no metric '"
                + metric
                + "'"
                + Suggestion.nearest(metric, available)
                    .map(near -> "; did you mean " + near + "?")
                    .orElse("")
                + "; it has "
                + (available.isEmpty()
                    ? "none at all"
                    : available.stream().limit(MOST_METRICS).collect(Collectors.joining(", "))));
      }
    }
  }
}
