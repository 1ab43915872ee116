package io.patrolagent.agentrunner.tool;

import static io.patrolagent.common.sql.ResultColumn.count;
import static io.patrolagent.common.sql.ResultColumn.instant;
import static io.patrolagent.common.sql.ResultColumn.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import io.patrolagent.common.sql.FleetFile;
import io.patrolagent.common.sql.FleetQuery;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code query_open_issues}: ongoing issues, the most severe first, then by tier, then the oldest.
 */
public final class QueryOpenIssues implements Tool {

  static final String NAME = "query_open_issues";

  private static final String SOURCE = "alerts.issues";
  private static final List<String> SEVERITIES = List.of("critical", "high", "medium", "low");
  private static final FleetFile ISSUES =
      new FleetFile(
          "query_open_issues.sql",
          List.of("severity", "cluster_id", "limit"),
          List.of(
              count("total", "how many there are, the same in each row"),
              text("issue_id", "the issue"),
              text("cluster_id", "whose cluster's it is"),
              text("cluster_name", "that cluster's name"),
              text("customer_name", "that cluster's customer"),
              text("customer_tier", "that customer's tier"),
              text("title", "what it is about"),
              text("severity", "critical, high, medium or low"),
              instant("opened_at", "when it was opened")));

  private final ToolQueries queries;
  private final FleetQuery issues;

  public QueryOpenIssues(ToolQueries queries) {
    this.queries = queries;
    this.issues = queries.load(ISSUES);
  }

  @Override
  public ToolSpecification specification() {
    return ToolSpecification.builder()
        .name(NAME)
        .description(
            """
            Lists ongoing issues with their cluster, customer and age: the most severe first, then by tier, \
            then the oldest. Use it for what people already know and work on, of the fleet or of one cluster. \
            Resolved issues are not in it.""")
        .parameters(
            JsonObjectSchema.builder()
                .addEnumProperty("severity", SEVERITIES, "of this severity alone; default all")
                .addStringProperty("cluster_id", "of this cluster alone; default all in scope")
                .addIntegerProperty("limit", "most issues, 1 to 200; default 50")
                .additionalProperties(false)
                .build())
        .build();
  }

  @Override
  public ObjectNode call(ToolArguments given, ToolContext context) throws Exception {
    ToolArguments arguments = given.only("severity", "cluster_id", "limit");
    Map<String, @Nullable Object> parameters = new HashMap<>();
    parameters.put("severity", arguments.choice("severity", SEVERITIES).orElse(null));
    String clusterId = arguments.optionalText("cluster_id", 200).orElse(null);
    parameters.put("cluster_id", clusterId);
    parameters.put("limit", arguments.integer("limit", 1, 200, 50));
    return queries.read(
        context.request().scope(),
        reading -> {
          if (clusterId != null) {
            reading.requireCluster(clusterId);
          }
          return answer(reading, reading.rows(issues, parameters));
        });
  }

  private static ObjectNode answer(Reading reading, List<ObjectNode> rows) {
    ObjectNode answer = reading.answer(SOURCE);
    long total = rows.isEmpty() ? 0 : rows.get(0).path("total").asLong();
    answer.put("total", total);
    for (ObjectNode row : rows) {
      row.remove("total");
      if (row.path("opened_at").isTextual()) {
        Instant opened = Instant.parse(row.path("opened_at").asText());
        row.put("age_hours", Figures.hours(opened, reading.now()));
      }
    }
    answer.putArray("issues").addAll(rows);
    answer.put("omitted", total - rows.size());
    return answer;
  }
}
