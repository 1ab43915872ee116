package io.patrolagent.agentrunner.tool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.patrol.ReportType;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * {@code get_previous_patrol}: the newest report of the same scope before this patrol. The table is
 * the product's own, so that no operator has to replace the statement; before the report-sink has
 * made it there is no report.
 */
public final class GetPreviousPatrol implements Tool {

  static final String NAME = "get_previous_patrol";

  private static final String SOURCE = "alerts.patrol_reports";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> TYPES =
      Arrays.stream(ReportType.values()).map(ReportType::wireName).toList();

  /** Contained in each other: the same values in whatever order. */
  private static final String REPORT =
      """
      select jsonb_build_object(
               'report_id', r.report_id,
               'report_type', r.report_type,
               'status', r.status,
               'finished_at',
                 to_char(r.finished_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
               'fleet_narrative', r.fleet_narrative,
               'flagged_clusters', r.flagged_clusters,
               'predictions', r.predictions,
               'customer_summaries', r.customer_summaries,
               'recommended_actions', r.recommended_actions)
        from alerts.patrol_reports r
       where r.status in ('completed', 'partial', 'degraded')
         and r.report_id <> :patrol
         and r.finished_at <= :now
         and (cast(:report_type as text) is null or r.report_type = cast(:report_type as text))
         and r.scope @> cast(:scope as jsonb) and r.scope <@ cast(:scope as jsonb)
       order by r.finished_at desc, r.report_id desc
       limit 1
      """;

  private static final List<String> FIELDS =
      List.of(
          "report_id",
          "report_type",
          "status",
          "finished_at",
          "age_hours",
          "fleet_narrative",
          "flagged_clusters",
          "predictions",
          "customer_summaries",
          "recommended_actions");

  private final ToolQueries queries;

  public GetPreviousPatrol(ToolQueries queries) {
    this.queries = queries;
  }

  @Override
  public ToolSpecification specification() {
    return ToolSpecification.builder()
        .name(NAME)
        .description(
            """
            The newest report of the same scope before this patrol: narrative, flagged clusters, predictions, \
            actions. Use it once, to tell what is new, what persists, and whether predictions came true. What \
            it says was so then: check with the other tools what is so now.""")
        .parameters(
            JsonObjectSchema.builder()
                .addEnumProperty("report_type", TYPES, "of this type alone; default any")
                .additionalProperties(false)
                .build())
        .build();
  }

  @Override
  public ObjectNode call(ToolArguments given, ToolContext context) throws Exception {
    ToolArguments arguments = given.only("report_type");
    String type = arguments.choice("report_type", TYPES).orElse(null);
    return queries.read(
        context.request().scope(),
        reading -> {
          ObjectNode answer = reading.answer(SOURCE);
          answer.put("found", false);
          if (!exists(reading.handle())) {
            return answer;
          }
          try (Query query = reading.handle().createQuery(REPORT)) {
            query
                .bind("patrol", context.request().patrolId().value())
                .bind("now", reading.now().atOffset(ZoneOffset.UTC))
                .bind("report_type", type)
                .bind("scope", EventCodec.mapper().writeValueAsString(reading.scope()))
                .mapTo(String.class)
                .findOne()
                .ifPresent(report -> fill(answer, report, reading.now()));
          }
          return answer;
        });
  }

  private static void fill(ObjectNode answer, String text, Instant now) {
    JsonNode report;
    try {
      report = JSON.readTree(text);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("PostgreSQL returned JSON that is none", impossible);
    }
    Instant finished = Instant.parse(report.path("finished_at").asText());
    answer.put("found", true);
    for (String field : FIELDS) {
      switch (field) {
        case "age_hours" -> answer.put(field, Figures.hours(finished, now));
        case "finished_at" -> answer.put(field, finished.toString());
        default -> answer.set(field, report.path(field));
      }
    }
  }

  private static boolean exists(Handle handle) {
    return handle
        .createQuery("select to_regclass(:table) is not null")
        .bind("table", SOURCE)
        .mapTo(Boolean.class)
        .one();
  }
}
