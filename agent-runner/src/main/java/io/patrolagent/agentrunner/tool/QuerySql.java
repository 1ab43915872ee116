package io.patrolagent.agentrunner.tool;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import io.patrolagent.agentrunner.tool.QueryRunner.Rows;
import io.patrolagent.common.ops.Database;
import io.patrolagent.common.ops.DatabaseOptions;
import java.sql.SQLException;
import java.time.Duration;

/**
 * {@code query_sql}: one query of the model's own, for what the other tools do not answer.
 *
 * <p>It reads whatever the runner's role reads. SQL cannot be bound to a part of the fleet by
 * rewriting it, so that a patrol with a narrower scope is refused it. The database is to be a pool
 * of this tool's own ({@link #poolOptions}): a query that hangs then costs the other tools nothing.
 */
public final class QuerySql implements Tool {

  static final String NAME = "query_sql";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_SQL = 20_000;
  private static final int DEFAULT_ROWS = 100;
  private static final int CONNECTIONS = 2;
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final QueryRunner runner;
  private final QueryLimits limits;
  private final ReadableTables tables;

  public QuerySql(Database ownPool) {
    this(ownPool, QueryLimits.DEFAULT);
  }

  QuerySql(Database ownPool, QueryLimits limits) {
    this.runner = new QueryRunner(ownPool.dataSource(), limits);
    this.limits = limits;
    this.tables = new ReadableTables(ownPool);
  }

  /**
   * Of the pool that it is given: an answer that is late by more than the server's own limit allows
   * is no longer waited for, since some work of the server's does not look at its clock.
   */
  public static DatabaseOptions poolOptions(String applicationName) {
    return poolOptions(applicationName, QueryLimits.DEFAULT);
  }

  static DatabaseOptions poolOptions(String applicationName, QueryLimits limits) {
    return DatabaseOptions.of(applicationName)
        .readOnlyPool()
        .poolSize(CONNECTIONS)
        .socketTimeout(limits.statement().plus(GRACE));
  }

  /** Without asking the database for its tables, which a service that is being built cannot. */
  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ToolSpecification specification() {
    return ToolSpecification.builder()
        .name(NAME)
        .description(
            """
            Runs one read-only PostgreSQL query (SELECT, WITH, VALUES or TABLE) and returns its rows. \
            For what the other tools do not answer: counts, comparisons, correlations across clusters. \
            Aggregate in SQL instead of fetching rows; always limit by time on metrics, logs and alerts. \
            Functions that change something are refused. Tables and columns that may be read:
            """
                + tables.describe())
        .parameters(
            JsonObjectSchema.builder()
                .addStringProperty("sql", "one query, without a semicolon")
                .addIntegerProperty(
                    "max_rows",
                    "most rows to return, 1 to %d; default %d"
                        .formatted(limits.maxRows(), DEFAULT_ROWS))
                .required("sql")
                .additionalProperties(false)
                .build())
        .build();
  }

  @Override
  public ObjectNode call(ToolArguments arguments, ToolContext context) throws Exception {
    if (!context.request().scope().isFleet()) {
      throw new ToolRefusal(
          "query_sql reads the whole fleet, and this patrol is narrowed to "
              + context.request().scope().describe()
              + ". Use the tools that keep to it: query_fleet_summary, query_open_issues,"
              + " get_cluster_metrics, get_cluster_alerts, get_infrastructure_state, search_logs");
    }
    ToolArguments checked = arguments.only("sql", "max_rows");
    String sql = checked.text("sql", LONGEST_SQL);
    int maxRows =
        checked.integer("max_rows", 1, limits.maxRows(), Math.min(DEFAULT_ROWS, limits.maxRows()));
    try {
      return answer(runner.run(sql, maxRows), maxRows);
    } catch (SQLException failure) {
      throw QueryRefusals.of(failure, limits);
    }
  }

  private ObjectNode answer(Rows result, int maxRows) throws ToolRefusal {
    boolean tooLarge = result.cut().filter("bytes"::equals).isPresent();
    if (tooLarge && result.rows().isEmpty()) {
      throw new ToolRefusal(
          "the first row alone is larger than %d bytes: select fewer or shorter columns"
              .formatted(limits.maxBytes()));
    }
    ObjectNode answer = JSON.createObjectNode();
    answer.put("source", NAME);
    answer.put("at", result.at().toString());
    answer.put("row_count", result.rows().size());
    answer.put("truncated", result.cut().isPresent());
    if (result.cut().isPresent()) {
      answer.put("truncated_by", tooLarge ? limits.maxBytes() + " bytes" : "max_rows " + maxRows);
    }
    answer.putArray("rows").addAll(result.rows());
    return answer;
  }
}
