package io.patrolagent.agentrunner.tool;

import static io.patrolagent.agentrunner.tool.ToolFleet.call;
import static io.patrolagent.agentrunner.tool.ToolFleet.hours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patrolagent.agentrunner.tool.ToolFleet.Cluster;
import io.patrolagent.common.sql.FleetQuery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolFilesIT {

  private static final Pattern STATED_COLUMN =
      Pattern.compile("(?m)^--   (\\w+) +(integer|text|numeric|timestamptz|jsonb) ");

  @TempDir private Path directory;

  private final ToolFleet fleet = new ToolFleet();

  @AfterEach
  void close() {
    fleet.close();
  }

  @Test
  void theServerAnswersEveryShippedFileWithItsColumns() {
    assertThat(loadedByAllTools().problems()).isEmpty();
  }

  @Test
  void theCommentOfEachStatesItsColumnsAndItsParameters() {
    for (FleetQuery query : loadedByAllTools().loaded()) {
      if (query.file().name().startsWith("search_")) {
        continue; // knowledge has no scope; their own tests hold them
      }
      String text = query.sql().text();
      List<String> parameters = new ArrayList<>(FleetQuery.COMMON);
      parameters.addAll(query.file().parameters());

      assertThat(STATED_COLUMN.matcher(text).results().map(m -> m.group(1) + " " + m.group(2)))
          .as(query.sql().name())
          .containsExactlyElementsOf(
              query.file().columns().stream()
                  .map(column -> column.toString().replaceAll("(?s)^(\\w+) \\((\\w+):.*", "$1 $2"))
                  .toList());
      assertThat(parameters)
          .as(query.sql().name())
          .allMatch(name -> text.contains("--   :" + name + " "))
          .containsAll(query.sql().parameters());
      assertThat(query.sql().parameters())
          .as(query.sql().name())
          .contains("accounts", "customers", "tiers", "regions", "clusters");
    }
  }

  @Test
  void aReplacedFileIsRead() throws Exception {
    // Given issues that are all called the same, whatever the table says
    replace(
        "query_open_issues.sql",
        ToolFilesIT.class.getResource("query_open_issues.sql").openStream().readAllBytes(),
        "  i.title,\n",
        "  'replaced' as title,\n");
    fleet.cluster("c1").issue("c1", "x", "high", hours(1));

    Tool tool = new QueryOpenIssues(fleet.queries(directory));

    assertThat(call(tool, "{}").path("issues").get(0).path("title").asText()).isEqualTo("replaced");
  }

  @Test
  void aReplacedFileThatLacksADimensionCannotServeANarrowedPatrol() throws Exception {
    Files.writeString(
        directory.resolve("get_infrastructure_state.sql"),
        "select to_jsonb(c) as cluster from byoc.clusters c where c.cluster_id = :cluster_id");
    fleet.cluster(Cluster.of("c1").region("r1"));
    Tool tool = new GetInfrastructureState(fleet.queries(directory));

    assertThat(call(tool, "{\"cluster_id\": \"c1\"}").path("cluster").path("region").asText())
        .isEqualTo("r1");
    assertThatThrownBy(() -> call(tool, "{\"cluster_id\": \"c1\"}", ToolFleet.regions("r1")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("does not use :regions");
  }

  @Test
  void whatIsWrongWithAReplacedFileIsSaidByTheCheckAndByTheCall() throws Exception {
    Files.writeString(directory.resolve("get_cluster_alerts.sql"), "select 1 as alert_id");
    Files.writeString(directory.resolve("query_open_issues.sql"), "select :no_such");
    Files.writeString(directory.resolve("cluster_names.sql"), "select * from no_such_table");
    ToolQueries queries = fleet.cluster("c1").queries(directory);
    Tool alerts = new GetClusterAlerts(queries);
    new QueryOpenIssues(queries);

    assertThat(queries.problems())
        .hasSize(3)
        .anyMatch(p -> p.contains("cluster_names.sql (in ") && p.contains("no_such_table"))
        .anyMatch(p -> p.contains("get_cluster_alerts.sql") && p.contains("alert_name (text"))
        .anyMatch(p -> p.contains("query_open_issues.sql") && p.contains("not no_such"));
    assertThatThrownBy(queries::check).hasMessageContaining("; ");
    assertThatThrownBy(() -> call(alerts, "{\"cluster_id\": \"c1\"}"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("result column alert_name (text: what fired) is missing");
  }

  @Test
  void aFileCannotWriteWhateverItsRoleMay() throws Exception {
    ToolQueries queries = fleet.queries();

    assertThatThrownBy(
            () ->
                queries.read(
                    io.patrolagent.common.patrol.Scope.FLEET,
                    reading -> reading.handle().execute("create table alerts.x (n integer)")))
        .isInstanceOf(UnableToExecuteStatementException.class)
        .hasMessageContaining("read-only transaction");
  }

  @Test
  void anAnswerIsOfTheDatabasesOwnTime() throws Exception {
    Tool tool = new QueryFleetSummary(fleet.queriesAtTheDatabasesTime());

    Instant at = Instant.parse(call(tool, "{}").path("at").asText());

    assertThat(Duration.between(at, Instant.now()).abs()).isLessThan(Duration.ofMinutes(5));
  }

  @Test
  void theToolboxHoldsEachToolWithASchemaThatTakesNothingElse() {
    Toolbox toolbox = Toolbox.of(fleet.queries(), fleet.pool());

    assertThat(toolbox.specifications())
        .extracting(specification -> specification.name())
        .containsExactly(
            "query_fleet_summary",
            "query_open_issues",
            "query_sql",
            "get_cluster_metrics",
            "get_cluster_alerts",
            "get_infrastructure_state",
            "search_logs",
            "search_knowledge_lake",
            "get_previous_patrol");
    assertThat(toolbox.specifications())
        .allMatch(
            specification ->
                Boolean.FALSE.equals(specification.parameters().additionalProperties()));
  }

  private ToolQueries loadedByAllTools() {
    ToolQueries queries = fleet.queries();
    Toolbox.of(queries, fleet.pool());
    return queries;
  }

  private void replace(String name, byte[] shipped, String from, String to) throws Exception {
    String text = new String(shipped, java.nio.charset.StandardCharsets.UTF_8);
    assertThat(text).contains(from);
    Files.writeString(directory.resolve(name), text.replace(from, to));
  }
}
