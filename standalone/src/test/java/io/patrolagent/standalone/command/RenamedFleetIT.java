package io.patrolagent.standalone.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patrolagent.agentrunner.AgentRunnerService;
import io.patrolagent.aggregator.AggregatorService;
import io.patrolagent.common.sql.SqlDirectory;
import io.patrolagent.embedded.EmbeddedDatabase;
import io.patrolagent.embedded.ReferenceSchema;
import io.patrolagent.embedded.fleet.DemoFleet;
import io.patrolagent.embedded.fleet.FleetOptions;
import io.patrolagent.reportsink.ReportSinkService;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fleet whose schema, tables and columns all have other names. */
class RenamedFleetIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern TABLE = Pattern.compile("\\b(?:byoc|alerts|knowledge)\\.(\\w+)");

  /** What a table is in the replaced files: its new name, and its columns under their old ones. */
  private final Map<String, String> renamed = new TreeMap<>();

  @TempDir private Path files;

  @Test
  void otherFilesAreAllThatAFleetWithOtherNamesNeeds() throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.start();
        Connection connection =
            DriverManager.getConnection(database.jdbcUrl(), database.user(), "")) {
      ReferenceSchema.create(connection);
      new DemoFleet(FleetOptions.defaults(Instant.now()).withClusters(300)).load(connection);
      Map<String, String> variables =
          new TreeMap<>(
              Map.of(
                  "PATROL_DATABASE_URL",
                  database.jdbcUrl(),
                  "PATROL_DATABASE_USER",
                  database.user()));
      JsonNode before = patrol(variables);

      rename(connection);
      for (String file : SqlDirectory.names()) {
        Files.writeString(files.resolve(file), onRenamedTables(shipped(file)));
      }
      variables.put("PATROL_SQL_DIR", files.toString());
      variables.put("PATROL_READER_USER", "fleet_reader");
      JsonNode after = patrol(variables);

      for (String counts :
          List.of("cluster_counts", "risk_distribution", "health_distribution", "open_issues")) {
        assertThat(after.at("/report/fleet_snapshot/" + counts))
            .as(counts)
            .isEqualTo(before.at("/report/fleet_snapshot/" + counts));
      }
      assertThat(ids(after, "/report/fleet_snapshot/worst_clusters"))
          .isEqualTo(ids(before, "/report/fleet_snapshot/worst_clusters"));
      assertThat(ids(before, "/report/flagged_clusters")).isNotEmpty();
      assertThat(ids(after, "/report/flagged_clusters"))
          .isEqualTo(ids(before, "/report/flagged_clusters"));
      // a tool whose file failed would not have answered for five clusters
      assertThat(after.at("/report/usage/tool_calls").asInt())
          .isCloseTo(before.at("/report/usage/tool_calls").asInt(), within(4));
    }
  }

  private static JsonNode patrol(Map<String, String> variables) throws Exception {
    CommandLineRun run = CommandLineRun.of(variables, "run", "weekly", "--json");
    assertThat(run.exitStatus()).as(run.err()).isZero();
    JsonNode finished = JSON.readTree(run.out());
    assertThat(finished.path("status").asText()).as(run.err()).isEqualTo("completed");
    return finished;
  }

  private static List<String> ids(JsonNode finished, String list) {
    List<String> ids = new ArrayList<>();
    finished.at(list).forEach(cluster -> ids.add(cluster.path("cluster_id").asText()));
    return ids;
  }

  private void rename(Connection connection) throws Exception {
    try (Statement statement = connection.createStatement()) {
      Map<String, List<String>> columns = new TreeMap<>();
      try (ResultSet found =
          statement.executeQuery(
              "select table_schema || '.' || table_name, column_name from information_schema.columns"
                  + " where table_schema in ('byoc', 'alerts', 'knowledge')"
                  + " and table_name not like 'patrol_%' order by 1, ordinal_position")) {
        while (found.next()) {
          columns
              .computeIfAbsent(found.getString(1), t -> new ArrayList<>())
              .add(found.getString(2));
        }
      }
      statement.execute("create schema ops");
      for (Map.Entry<String, List<String>> table : columns.entrySet()) {
        rename(statement, table.getKey(), table.getValue());
      }
      statement.execute("drop schema byoc, knowledge"); // nothing is left in them
      statement.execute("create role fleet_reader login");
      statement.execute("grant usage on schema ops, alerts to fleet_reader");
      statement.execute("grant select on all tables in schema ops, alerts to fleet_reader");
    }
  }

  private void rename(Statement statement, String table, List<String> columns) throws Exception {
    String name = table.substring(table.indexOf('.') + 1);
    List<String> selected = new ArrayList<>();
    for (String column : columns) {
      statement.execute("alter table %s rename column %s to k_%s".formatted(table, column, column));
      selected.add("k_" + column + " as " + column);
    }
    statement.execute("alter table %s rename to t_%s".formatted(table, name));
    statement.execute(
        "alter table %s.t_%s set schema ops"
            .formatted(table.substring(0, table.indexOf('.')), name));
    renamed.put(table, "(select %s from ops.t_%s)".formatted(String.join(", ", selected), name));
  }

  private String onRenamedTables(String sql) {
    return TABLE
        .matcher(sql)
        .replaceAll(
            table -> Matcher.quoteReplacement(renamed.getOrDefault(table.group(), table.group())));
  }

  private static String shipped(String file) throws Exception {
    for (Class<?> module :
        List.of(AggregatorService.class, AgentRunnerService.class, ReportSinkService.class)) {
      for (String directory : List.of("snapshot/", "tool/", "offline/evidence/", "fleet/")) {
        try (InputStream in = module.getResourceAsStream(directory + file)) {
          if (in != null) {
            return new String(in.readAllBytes(), UTF_8)
                .lines()
                .filter(line -> !line.startsWith("--"))
                .reduce("", (text, line) -> text + line + "\n");
          }
        }
      }
    }
    throw new IllegalStateException(file + " is in no module");
  }

  @Test
  void noStatementOnTheFleetsTablesStandsInCode() throws Exception {
    Pattern statement =
        Pattern.compile(
            "(?i)\\b(from|join|update|into)\\s+(byoc|knowledge|alerts\\.(?!patrol_|\\{))");
    Path root = Path.of("..").toRealPath();
    List<Path> offenders = new ArrayList<>();
    for (String module : List.of("aggregator", "agent-runner", "report-sink", "common")) {
      try (Stream<Path> sources = Files.walk(root.resolve(module + "/src/main/java"))) {
        for (Path source : sources.filter(p -> p.toString().endsWith(".java")).toList()) {
          if (statement.matcher(Files.readString(source)).find()) {
            offenders.add(root.relativize(source));
          }
        }
      }
    }
    assertThat(offenders).isEmpty();
  }
}
