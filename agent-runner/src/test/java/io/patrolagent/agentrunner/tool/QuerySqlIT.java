package io.patrolagent.agentrunner.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patrolagent.agentrunner.Snapshots;
import io.patrolagent.common.config.DatabaseSettings;
import io.patrolagent.common.config.Secret;
import io.patrolagent.common.ops.Database;
import io.patrolagent.common.ops.DatabaseOptions;
import io.patrolagent.common.patrol.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuerySqlIT {

  private static final QueryLimits LIMITS =
      new QueryLimits(Duration.ofSeconds(2), Duration.ofMillis(300), 50, 2_000);

  private final ToolDatabase server = ToolDatabase.create();
  private final Database pool = pool(server.asReader());
  private final QuerySql tool = new QuerySql(pool, LIMITS);

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void answersRowsWithTheirColumnsInOrderAndTimesInUtc() throws Exception {
    ObjectNode answer =
        ask("select 2 as b, 'x' as a, timestamptz '2026-11-24 12:00+02' as at, null as nothing");

    assertThat(answer.get("rows"))
        .hasToString(
            "[{\"b\":2,\"a\":\"x\",\"at\":\"2026-11-24T10:00:00+00:00\",\"nothing\":null}]");
    assertThat(answer.get("row_count").asInt()).isEqualTo(1);
    assertThat(answer.get("truncated").asBoolean()).isFalse();
    assertThat(answer.get("at").asText()).endsWith("Z");
  }

  @Test
  void noRowsIsAnAnswer() throws Exception {
    ObjectNode answer = ask("select cluster_id from byoc.clusters");

    assertThat(answer.get("rows")).isEmpty();
    assertThat(answer.get("at").asText()).startsWith("20");
  }

  @ParameterizedTest
  @CsvSource({"49, 49, false", "50, 50, false", "51, 50, true"})
  void rowsAreCutAtTheCapOfRows(int there, int answered, boolean truncated) throws Exception {
    ObjectNode answer =
        call(Map.of("sql", "select n from generate_series(1, " + there + ") n", "max_rows", "50"));

    assertThat(answer.get("rows")).hasSize(answered);
    assertThat(answer.get("truncated").asBoolean()).isEqualTo(truncated);
  }

  @Test
  void rowsAreCutAtTheCapOfBytes() throws Exception {
    ObjectNode answer = ask("select repeat('x', 495) as x from generate_series(1, 9)");

    assertThat(answer.get("rows")).hasSize(3);
    assertThat(answer.get("truncated_by").asText()).isEqualTo("2000 bytes");
  }

  @ParameterizedTest
  @CsvSource({"2001", "2000000"})
  void aFirstRowOverTheCapIsRefused(int length) {
    assertThatThrownBy(
            () -> ask("select repeat(md5(random()::text), %d / 32) as x".formatted(length * 2)))
        .isInstanceOf(ToolRefusal.class)
        .hasMessageContaining("larger than 2000 bytes");
  }

  @Test
  void unqualifiedTablesAreFound() throws Exception {
    assertThat(ask("select count(*) from clusters").get("rows")).hasToString("[{\"count\":0}]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          select nam from byoc.clusters           | no such column (42703)           | at character 8, at: nam from
          select * from byoc.cluster              | no such table (42P01)            | at character 15
          selec 1                                 | syntax error (42601)             | at character 1
          select region from byoc.clusters group  | syntax error                     | the end
          select no_such(1)                       | no such function                 | at character 8
          select region, count(*) from byoc.clusters | group by                      | (42803)
          select 1/0                              | division by zero (22012)         | division by zero
          select '…', nam from byoc.clusters      | no such column                   | at character 13, at: nam
          select 'x'::int                         | types do not fit (22P02)         | invalid input syntax
          select * from pg_authid                 | not permitted                    | pg_authid
          delete from byoc.clusters               | only one query                   | 42P11
          """)
  void whatPostgresRefusesIsSaidWithItsPlace(String sql, String meaning, String detail) {
    assertThatThrownBy(() -> ask(sql))
        .isInstanceOf(ToolRefusal.class)
        .hasMessageContaining(meaning)
        .hasMessageContaining(detail);
  }

  @Test
  void whatTakesTooLongIsEndedAndSaidSo() {
    assertThatThrownBy(() -> ask("select count(*) from generate_series(1, 1000000000000) n"))
        .isInstanceOf(ToolRefusal.class)
        .hasMessageContaining("ended after 2000 ms");
  }

  @Test
  void aPatrolOfAPartOfTheFleetIsRefusedAndToldTheOtherTools() {
    Scope scope = new Scope(null, List.of("Acme"), null, null, null);

    assertThatThrownBy(
            () ->
                tool.call(
                    ToolArguments.parse("{\"sql\":\"select 1\"}"),
                    new ToolContext(Snapshots.request(scope, null), Snapshots.healthy(1))))
        .isInstanceOf(ToolRefusal.class)
        .hasMessageContaining("customers Acme")
        .hasMessageContaining("query_fleet_summary");
  }

  @Test
  void withoutTheFunctionItSaysSo() throws Exception {
    server.execute("drop function alerts.patrol_query");

    assertThatThrownBy(() -> ask("select 1"))
        .isInstanceOf(ToolRefusal.class)
        .hasMessageContaining("alerts.patrol_query is not installed");
  }

  @Test
  void withoutTheSchemaItSaysSo() throws Exception {
    server.execute("drop schema alerts cascade");

    assertThatThrownBy(() -> ask("select 1"))
        .isInstanceOf(ToolRefusal.class)
        .hasMessageContaining("alerts.patrol_query is not installed");
  }

  @Test
  void aDatabaseThatIsAwayIsAFailureAndNoRefusal() {
    try (Database away =
        pool(new DatabaseSettings("jdbc:postgresql://127.0.0.1:1/x", "x", Secret.none()))) {
      QuerySql lost = new QuerySql(away, LIMITS);

      assertThatThrownBy(() -> lost.call(ToolArguments.parse("{\"sql\":\"select 1\"}"), context()))
          .isNotInstanceOf(ToolRefusal.class);
      assertThat(lost.specification().description())
          .contains("byoc.clusters(cluster_id text, cluster_name text");
    }
  }

  @Test
  void theModelIsToldTheTablesAsTheyAreAndOnlyWhatMayBeRead() throws Exception {
    server.execute(
        """
        alter table byoc.clusters add column owner_team text;
        revoke select on byoc.cluster_logs from reader;
        grant select (log_id, level) on byoc.cluster_logs to reader;
        revoke select on alerts.issues from reader;
        """);

    assertThat(tool.specification().description())
        .contains("created_at timestamp with time zone, owner_team text)")
        .contains("byoc.cluster_logs(log_id bigint, level text)")
        .doesNotContain("alerts.issues");
  }

  @Test
  void whatIsToldWithoutADatabaseIsTheReferenceSchema() {
    try (Database away =
        pool(new DatabaseSettings("jdbc:postgresql://127.0.0.1:1/x", "x", Secret.none()))) {
      assertThat(new ReadableTables(away).describe())
          .isEqualTo(new ReadableTables(pool).describe());
    }
  }

  private ObjectNode ask(String sql) throws Exception {
    return call(Map.of("sql", sql));
  }

  private ObjectNode call(Map<String, Object> arguments) throws Exception {
    return tool.call(
        new ToolArguments(new com.fasterxml.jackson.databind.ObjectMapper().valueToTree(arguments)),
        context());
  }

  private static ToolContext context() {
    return new ToolContext(Snapshots.request(), Snapshots.healthy(1));
  }

  private static Database pool(DatabaseSettings settings) {
    DatabaseOptions options = QuerySql.poolOptions("query", LIMITS).poolSize(1);
    return Database.open(settings, options.connectionTimeout(Duration.ofMillis(500)));
  }
}
