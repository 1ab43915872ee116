package io.patrolagent.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patrolagent.embedded.EmbeddedDatabase;
import io.patrolagent.systemtests.process.FleetDatabase;
import io.patrolagent.systemtests.process.ServiceProcess;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * The three stages as processes on a broker and a database outside them, triggered and read with
 * plain strings by a Kafka client that knows nothing of ours. Which broker, its subclasses say.
 */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PipelineKit {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PARTITIONS = "3";

  private final List<ServiceProcess> processes = new ArrayList<>();
  private String bootstrapServers;
  private EmbeddedDatabase database;
  private String jdbcUrl;

  /** Starts the broker; the test is not run where this aborts. */
  abstract String startBroker() throws Exception;

  abstract void stopBroker();

  @BeforeAll
  void startPlatform() throws Exception {
    bootstrapServers = startBroker();
    database = EmbeddedDatabase.start();
    jdbcUrl = database.createDatabase("fleet");
    try (Connection connection = connect()) {
      FleetDatabase.prepare(connection, 200);
    }
  }

  @AfterAll
  void stopPlatform() {
    stopBroker();
    if (database != null) {
      database.close();
    }
  }

  @AfterEach
  void stopProcesses() {
    processes.forEach(ServiceProcess::close);
    processes.clear();
  }

  @Test
  void twoInstancesOfEachStageMakeOneReportOfEachTriggerAcrossAStop() throws Exception {
    ServiceProcess aggregator = start("aggregator", "patrol_reader");
    start("aggregator", "patrol_reader");
    start("agent-runner", "patrol_reader");
    ServiceProcess runner = start("agent-runner", "patrol_reader");
    start("report-sink", "patrol_sink");
    ServiceProcess sink = start("report-sink", "patrol_sink");
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () -> {
              for (ServiceProcess process : processes) {
                assertThat(process.get("/health/ready").body()).contains("\"UP\"");
              }
            });

    for (int i = 0; i < 10; i++) {
      trigger("{\"report_type\":\"on_demand\",\"focus\":\"the nodes of rack " + i + "\"}");
      trigger("{\"report_type\":\"morning\",\"triggered_by\":\"somebody\"}");
    }
    await().atMost(Duration.ofMinutes(2)).until(() -> rows() >= 5);
    assertThat(aggregator.terminate()).isTrue();
    assertThat(runner.terminate()).isTrue();
    assertThat(sink.terminate()).isTrue();

    await().atMost(Duration.ofMinutes(2)).until(() -> rows() == 20 && unannounced() == 0);
    List<JsonNode> finished = finished();
    assertThat(finished).hasSize(20);
    Set<String> ids =
        finished.stream().map(f -> f.get("patrol_id").asText()).collect(Collectors.toSet());
    assertThat(ids).hasSize(20).isEqualTo(reportIds());
    assertThat(finished)
        .allSatisfy(f -> assertThat(f.get("status").asText()).isEqualTo("completed"));
    assertThat(finished.get(0).at("/report/fleet_narrative").asText()).contains("active clusters");
    assertThat(processes.get(1).get("/metrics").body())
        .contains("patrol_stage_records_total", "jvm_memory_used_bytes");
  }

  private ServiceProcess start(String module, String role) throws Exception {
    return started(ServiceProcess.start(module, environment(role)));
  }

  EmbeddedDatabase database() {
    return database;
  }

  ServiceProcess started(ServiceProcess process) {
    processes.add(process);
    return process;
  }

  Map<String, String> environment(String role) {
    return new HashMap<>(
        Map.of(
            "PATROL_KAFKA_BOOTSTRAP_SERVERS", bootstrapServers,
            "PATROL_TOPIC_PARTITIONS", PARTITIONS,
            "PATROL_DATABASE_URL", jdbcUrl,
            "PATROL_DATABASE_USER", role));
  }

  private void trigger(String json) throws Exception {
    Properties config = clientConfig();
    try (var producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>("patrol.requested", json)).get();
    }
  }

  private List<JsonNode> finished() throws Exception {
    Properties config = clientConfig();
    config.put("isolation.level", "read_committed");
    try (var consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor("patrol.report-finished").stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<JsonNode> events = new ArrayList<>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (var record : consumer.poll(Duration.ofMillis(200))) {
          events.add(JSON.readTree(record.value().getBytes(UTF_8)));
        }
      }
      return events;
    }
  }

  private Properties clientConfig() {
    Properties config = new Properties();
    config.put("bootstrap.servers", bootstrapServers);
    return config;
  }

  private long rows() {
    return number("select count(*) from alerts.patrol_reports");
  }

  private long unannounced() {
    return number("select count(*) from alerts.patrol_reports where announced_at is null");
  }

  private Set<String> reportIds() throws SQLException {
    try (Connection connection = connect();
        ResultSet ids =
            connection
                .createStatement()
                .executeQuery("select report_id::text from alerts.patrol_reports")) {
      Set<String> found = new HashSet<>();
      while (ids.next()) {
        found.add(ids.getString(1));
      }
      return found;
    }
  }

  /** -1 where the table does not exist yet. */
  private long number(String sql) {
    try (Connection connection = connect();
        ResultSet result = connection.createStatement().executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    } catch (SQLException e) {
      return -1;
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl, database.user(), database.password());
  }
}
