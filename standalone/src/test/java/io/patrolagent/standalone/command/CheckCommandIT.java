package io.patrolagent.standalone.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.patrolagent.common.config.Env;
import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.config.TopicSettings;
import io.patrolagent.common.stage.TopicProvisioner;
import io.patrolagent.embedded.EmbeddedDatabase;
import io.patrolagent.embedded.EmbeddedKafka;
import io.patrolagent.embedded.ReferenceSchema;
import io.patrolagent.reportsink.migration.MigrationMode;
import io.patrolagent.reportsink.migration.MigrationPreparation;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

@Timeout(240)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CheckCommandIT {

  private static final String ANSWER =
      """
      {"id":"1","object":"chat.completion","created":1,"model":"stub","choices":[{"index":0,
       "message":{"role":"assistant","content":"OK"},"finish_reason":"stop"}],
       "usage":{"prompt_tokens":14,"completion_tokens":1,"total_tokens":15}}\
      """;

  private static EmbeddedKafka kafka;
  private static EmbeddedDatabase database;
  private static HttpServer model;
  private static Map<String, String> variables;

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedKafka.start();
    database = EmbeddedDatabase.start();
    execute(ReferenceSchema::create);
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(database.jdbcUrl());
    source.setUser(database.user());
    new MigrationPreparation(source, MigrationMode.RUN).run();
    execute(
        connection ->
            connection
                .createStatement()
                .execute(
                    """
                    create role reader login;
                    grant usage on schema byoc, alerts, knowledge to reader;
                    grant select on all tables in schema byoc, alerts, knowledge to reader;
                    """));
    new TopicProvisioner(
            KafkaSettings.of(kafka.bootstrapServers()),
            TopicSettings.from(Env.of(Map.of("PATROL_TOPIC_PARTITIONS", "1"))))
        .run();
    model = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    model.createContext(
        "/",
        exchange -> {
          boolean known =
              "Bearer right".equals(exchange.getRequestHeaders().getFirst("Authorization"));
          byte[] answer =
              (known ? ANSWER : "{\"error\":{\"message\":\"no such key\"}}").getBytes(UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(known ? 200 : 401, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    model.start();
    variables =
        Map.of(
            "PATROL_KAFKA_BOOTSTRAP_SERVERS",
            kafka.bootstrapServers(),
            "PATROL_DATABASE_URL",
            database.jdbcUrl(),
            "PATROL_DATABASE_USER",
            database.user(),
            "PATROL_READER_USER",
            "reader",
            "OPENAI_API_KEY",
            "right",
            "OPENAI_BASE_URL",
            "http://127.0.0.1:" + model.getAddress().getPort() + "/v1");
  }

  @AfterAll
  static void stop() {
    model.stop(0);
    kafka.close();
    database.close();
  }

  @Test
  @Order(1)
  void whereEverythingIsThereEachThingIsSaidToBeFine() {
    CommandLineRun run = CommandLineRun.of(variables, "check");

    assertThat(run.exitStatus()).as(run.out() + run.err()).isZero();
    assertThat(run.out())
        .containsPattern("ok +kafka +1 brokers")
        .containsPattern("ok +topic patrol.requested ")
        .containsPattern("ok +rights of agent-runner ")
        .containsPattern("ok +database +PostgreSQL 18")
        .containsPattern("ok +table byoc.clusters +readable")
        .containsPattern("ok +worst_clusters.sql \\(as shipped\\)")
        .containsPattern("ok +search_logs.sql \\(as shipped\\)")
        .containsPattern("ok +alerts.patrol_reports ")
        .containsPattern("ok +agent's role +role reader may only read")
        .containsPattern("ok +provider openai +.*15 tokens")
        .containsPattern("ok +provider offline ");
    assertThat(run.err()).contains("provider openai");
  }

  @Test
  @Order(2)
  void aServicesOwnNeedsAreCheckedAlone() {
    CommandLineRun run =
        CommandLineRun.of(variables, "check", "--as", "aggregator", "--no-model-calls");

    assertThat(run.exitStatus()).as(run.out()).isZero();
    assertThat(run.out())
        .contains("rights of aggregator", "worst_clusters.sql")
        .doesNotContain("rights of report-sink", "search_logs.sql", "provider");
    assertThat(CommandLineRun.of(variables, "check", "--as", "mailer").exitStatus()).isEqualTo(2);
  }

  @Test
  @Order(3)
  void aWrongConfigurationIsOneRowForEachProblem() throws Exception {
    Map<String, String> wrong = new HashMap<>(variables);
    wrong.put("PATROL_HTTP_PORT", "99999");
    wrong.put("PATROL_TOPIC_PREFX", "x.");

    CommandLineRun run = CommandLineRun.of(wrong, "check", "--json");

    assertThat(run.exitStatus()).isEqualTo(1);
    JsonNode rows = new ObjectMapper().readTree(run.out());
    assertThat(rows.findValuesAsText("name"))
        .contains("configuration PATROL_HTTP_PORT", "configuration PATROL_TOPIC_PREFX");
  }

  @Test
  @Order(4)
  void whatIsWrongIsNamedWithARemedyAndTheRestIsAskedAllTheSame(@TempDir Path files)
      throws Exception {
    execute(
        connection ->
            connection
                .createStatement()
                .execute("alter table byoc.cluster_health_scores rename column score to points"));
    Files.writeString(files.resolve("open_issues.sql"), "select 1 as ongoing");
    Map<String, String> wrong = new HashMap<>(variables);
    wrong.put("PATROL_SQL_DIR", files.toString());
    wrong.put("PATROL_READER_USER", database.user());
    wrong.put("PATROL_TOPIC_PREFIX", "house.");
    wrong.put("OPENAI_API_KEY", "wrong");

    CommandLineRun run = CommandLineRun.of(wrong, "check");

    assertThat(run.exitStatus()).isEqualTo(1);
    assertThat(run.out())
        .containsPattern(
            "failed +topic house.patrol.requested +topic house.patrol.requested does not")
        .contains("→ ./patrol topics --format commands prints what to run")
        .containsPattern(
            "failed +table byoc.cluster_health_scores +column byoc.cluster_health_scores.score is")
        .containsPattern("failed +worst_clusters.sql \\(as shipped\\) +.*score")
        .containsPattern("failed +open_issues.sql \\(in .*\\) +.*critical")
        .containsPattern("failed +agent's role ")
        .containsPattern("failed +provider openai +.*no such key")
        .containsPattern("ok +alerts.patrol_reports ");
  }

  /** Something done over a connection of the owner's. */
  private interface Work {
    void on(Connection connection) throws Exception;
  }

  private static void execute(Work work) throws Exception {
    try (Connection connection =
        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password())) {
      work.on(connection);
    }
  }
}
