package io.patrolagent.agentrunner.tool;

import static io.patrolagent.common.sql.ResultColumn.count;
import static io.patrolagent.common.sql.ResultColumn.instant;
import static io.patrolagent.common.sql.ResultColumn.json;
import static io.patrolagent.common.sql.ResultColumn.number;
import static io.patrolagent.common.sql.ResultColumn.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import io.patrolagent.common.sql.FleetFile;
import io.patrolagent.common.sql.FleetQuery;
import java.util.List;
import java.util.Map;

/**
 * {@code query_fleet_summary}: the fleet in scope as it is now, the problem clusters, what they
 * have in common, and of what nothing is known.
 */
public final class QueryFleetSummary implements Tool {

  static final String NAME = "query_fleet_summary";

  private static final String SOURCE =
      "byoc.clusters, byoc.cluster_risk_snapshots, byoc.cluster_health_scores, alerts.lark_alerts,"
          + " alerts.issues";
  private static final FleetFile CLUSTERS =
      new FleetFile(
          "query_fleet_summary.sql",
          List.of(),
          List.of(
              text("cluster_id", "the cluster"),
              text("cluster_name", "its name"),
              text("account_id", "the cloud account that it is in"),
              text("customer_name", "whose it is"),
              text("customer_tier", "S, A, B or C"),
              text("cloud", "aws, azure, gcp"),
              text("region", "where it is"),
              text("version", "of the database engine"),
              number("health_score", "its latest health score, null where it has none"),
              instant("scored_at", "when that was taken"),
              text("risk_level", "its latest risk level, null where it has none"),
              json("reasons", "why: an array of code and detail, may be null"),
              instant("risk_at", "when that was found")));
  private static final FleetFile COUNTS =
      new FleetFile(
          "query_fleet_summary.counts.sql",
          List.of(),
          List.of(
              count("total", "clusters in scope, of whatever status"),
              count("active", "those in service"),
              count("suspended", "those out of service for now"),
              count("terminated", "those that are gone"),
              count("firing", "alerts that fire now and fired within the last 24 hours"),
              count("resolved", "resolved alerts that fired or were resolved within them"),
              count("firing_from_before", "alerts that fire now since before them"),
              count("critical", "ongoing issues of severity critical"),
              count("high", "of severity high"),
              count("medium", "of severity medium"),
              count("low", "of severity low")));

  private final ToolQueries queries;
  private final FleetQuery clusters;
  private final FleetQuery counts;

  public QueryFleetSummary(ToolQueries queries) {
    this.queries = queries;
    this.clusters = queries.load(CLUSTERS);
    this.counts = queries.load(COUNTS);
  }

  @Override
  public ToolSpecification specification() {
    return ToolSpecification.builder()
        .name(NAME)
        .description(
            """
            The fleet in scope as it is now: counts and distributions, the problem clusters (Critical, Warning \
            or a score below 70; Tier S and A first), cohorts of version, region, cloud, account or customer \
            that have more than their share of them (p_value: one-sided Fisher exact test, of one of \
            cohorts_compared comparisons), and regions whose data is stale. Use it first, and for patterns \
            across clusters. For one cluster use the get_ tools.""")
        .parameters(JsonObjectSchema.builder().additionalProperties(false).build())
        .build();
  }

  @Override
  public ObjectNode call(ToolArguments given, ToolContext context) throws Exception {
    given.only();
    return queries.read(
        context.request().scope(),
        reading -> {
          ObjectNode answer = reading.answer(SOURCE);
          FleetSummary summary = new FleetSummary(reading.now());
          reading.each(clusters, Map.of(), summary::add);
          summary.fill(answer, reading.row(counts, Map.of()));
          return answer;
        });
  }
}
