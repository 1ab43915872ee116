package io.patrolagent.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patrolagent.common.client.PatrolClient;
import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.event.ReportFinished;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.embedded.EmbeddedDatabase;
import io.patrolagent.embedded.EmbeddedKafka;
import io.patrolagent.embedded.ReferenceSchema;
import io.patrolagent.embedded.fleet.DemoFleet;
import io.patrolagent.embedded.fleet.FleetOptions;
import io.patrolagent.systemtests.TraceReceiver.Received;
import io.patrolagent.systemtests.model.StubModel;
import io.patrolagent.systemtests.process.ServiceProcess;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the three services tell of a patrol while they run as processes: its trace, and metrics. */
@Timeout(300)
class TelemetryIT {

  /** There from the first one on, and here there is none. */
  private static final String SKIPPED = "patrol_status_skipped_total";

  private static final Map<String, ServiceProcess> SERVICES = new LinkedHashMap<>();

  private static EmbeddedKafka kafka;
  private static EmbeddedDatabase database;
  private static StubModel model;
  private static TraceReceiver receiver;

  @BeforeAll
  static void makeAPatrol() throws Exception {
    kafka = EmbeddedKafka.start();
    database = EmbeddedDatabase.start();
    model = StubModel.start();
    receiver = TraceReceiver.start();
    try (Connection connection =
        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password())) {
      ReferenceSchema.create(connection);
      new DemoFleet(FleetOptions.defaults(Instant.now()).withClusters(60)).load(connection);
      connection
          .createStatement()
          .execute(
              """
              create role patrol_reader login;
              grant usage on schema byoc, alerts, knowledge to patrol_reader;
              grant select on all tables in schema byoc, alerts, knowledge to patrol_reader;
              alter default privileges in schema alerts grant select on tables to patrol_reader;
              """);
    }
    start("aggregator", "patrol_reader");
    start("agent-runner", "patrol_reader");
    start("report-sink", database.user());
    for (ServiceProcess service : SERVICES.values()) {
      await().atMost(Duration.ofMinutes(2)).until(service::isReady);
    }
  }

  @AfterAll
  static void stopPlatform() {
    SERVICES.values().forEach(ServiceProcess::close);
    receiver.close();
    model.close();
    kafka.close();
    database.close();
  }

  @Test
  void aPatrolIsOneTraceAndItsMetricsAreThoseOfTheTable() throws Exception {
    ReportFinished finished;
    try (PatrolClient client =
        new PatrolClient(KafkaSettings.of(kafka.bootstrapServers()), Topics.DEFAULT)) {
      finished = client.runPatrol(ReportType.ON_DEMAND, "somebody");
    }
    assertThat(finished.status().isReport()).as(finished.status().wireName()).isTrue();

    metricsAreThoseOfTheTable(finished.status());

    for (ServiceProcess service : SERVICES.values()) {
      assertThat(service.terminate()).as("ends in time with spans to hand over").isTrue();
    }
    onlyOneTrace(finished.patrolId().toString());
  }

  /** Every service tells what the table says, and nothing of ours that it does not say. */
  private static void metricsAreThoseOfTheTable(ReportStatus status) throws Exception {
    MetricsTable table = MetricsTable.read();
    for (Map.Entry<String, ServiceProcess> service : SERVICES.entrySet()) {
      Set<String> expected = table.of(service.getKey());
      expected.remove(SKIPPED);
      await() // lag is looked at beside the work, and what follows a commit follows the event
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(MetricsTable.in(service.getValue().get("/metrics").body()))
                      .as(service.getKey())
                      .isEqualTo(expected));
    }
    String sink = SERVICES.get("report-sink").get("/metrics").body();
    assertThat(sink)
        .contains(
            "patrol_reports_total{report_type=\"on_demand\",service=\"report-sink\",status=\"%s\"} 1.0"
                .formatted(status.wireName()))
        .containsPattern("patrol_report_latency_seconds_bucket\\{[^}]*le=\"900.0\"\\} 1");
    assertThat(SERVICES.get("agent-runner").get("/metrics").body())
        .containsPattern("patrol_llm_tokens_total\\{direction=\"input\",[^}]*\\} 300")
        .containsPattern("patrol_tool_calls_seconds_count\\{[^}]*tool=\"query_open_issues\"\\} 2")
        .containsPattern("patrol_stage_lag_records\\{[^}]*\\} 0.0");
  }

  private static void onlyOneTrace(String patrol) {
    List<Received> spans = receiver.spans();
    assertThat(spans).extracting(Received::traceId).containsOnly(spans.get(0).traceId());
    assertThat(spans)
        .extracting(span -> span.service() + ": " + span.name())
        .containsOnlyOnce(
            "aggregator: process patrol.requested",
            "aggregator: send patrol.snapshot-taken.on-demand",
            "agent-runner: process patrol.snapshot-taken.on-demand",
            "agent-runner: invoke_agent patrol",
            "agent-runner: send patrol.agent-finished",
            "report-sink: process patrol.agent-finished",
            "report-sink: send patrol.report-finished")
        .contains("agent-runner: chat gpt-4.1", "agent-runner: execute_tool query_open_issues");
    Received agent = only("invoke_agent patrol");
    assertThat(agent.parentId())
        .isEqualTo(only("process patrol.snapshot-taken.on-demand").spanId());
    assertThat(agent.attributes())
        .containsEntry("patrol.id", patrol)
        .containsEntry("gen_ai.operation.name", "invoke_agent")
        .containsEntry("gen_ai.usage.output_tokens", "60");
    assertThat(only("process patrol.agent-finished").parentId())
        .isEqualTo(only("send patrol.agent-finished").spanId());
    assertThat(named("chat gpt-4.1"))
        .hasSize(StubModel.ROUNDS)
        .allSatisfy(
            chat ->
                assertThat(chat.attributes())
                    .containsEntry("gen_ai.provider.name", "openai")
                    .containsEntry("gen_ai.response.model", "stub-1")
                    .containsEntry("gen_ai.usage.input_tokens", "100"))
        .extracting(Received::parentId)
        .containsOnly(agent.spanId());
    assertThat(named("execute_tool query_open_issues"))
        .hasSize(StubModel.ROUNDS - 1)
        .extracting(Received::parentId)
        .containsOnly(agent.spanId());
  }

  private static Received only(String name) {
    assertThat(named(name)).as(name).hasSize(1);
    return named(name).get(0);
  }

  private static List<Received> named(String name) {
    return receiver.spans().stream().filter(span -> span.name().equals(name)).toList();
  }

  private static void start(String module, String role) throws Exception {
    Map<String, String> variables =
        new HashMap<>(
            Map.of(
                "PATROL_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
                "PATROL_TOPIC_PARTITIONS", "1",
                "PATROL_DATABASE_URL", database.jdbcUrl(),
                "PATROL_DATABASE_USER", role,
                "OPENAI_API_KEY", "sk-test",
                "OPENAI_BASE_URL", model.baseUrl(),
                "OTEL_EXPORTER_OTLP_ENDPOINT", receiver.endpoint()));
    SERVICES.put(module, ServiceProcess.start(module, variables));
  }
}
