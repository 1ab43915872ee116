package io.patrolagent.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.patrolagent.common.client.PatrolClient;
import io.patrolagent.common.event.EventType;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.embedded.fleet.FleetOptions;
import io.patrolagent.standalone.pipeline.Pipeline;
import io.patrolagent.standalone.pipeline.Platform;
import io.patrolagent.standalone.progress.Progress;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples of a UI backend and of a subscriber, started as their readers start them, against
 * the whole pipeline. What lacks its language or its packages on this machine is skipped and says
 * so.
 */
@Timeout(600)
class ClientExamplesIT {

  private static final Path EXAMPLES = Path.of("..", "examples").toAbsolutePath().normalize();
  private static final Pattern UNREACHABLE =
      Pattern.compile(
          "ENOTFOUND|EAI_AGAIN|ECONN|ENETUNREACH|ETIMEDOUT|ERR_SOCKET|E50\\d|E40[1347]");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path directory;
  private static EmbeddedPipeline pipeline;
  private static Map<String, String> environment;

  @BeforeAll
  static void start() throws Exception {
    FleetOptions fleet = FleetOptions.defaults(Instant.now()).withClusters(40);
    try (Progress progress = new Progress(System.err, false)) {
      pipeline =
          EmbeddedPipeline.start(
              // each example asks for the same, and wants a report of its own
              Map.of("PATROL_ON_DEMAND_SHARE_WINDOW", "0"),
              new Platform.Options(0, 0, null, fleet),
              Pipeline::of,
              progress);
    }
    String port = pipeline.platform().jdbcUrl().replaceAll(".*:(\\d+)/.*", "$1");
    environment =
        Map.of(
            "PATROL_KAFKA_BOOTSTRAP_SERVERS", pipeline.platform().bootstrapServers(),
            "PGHOST", "127.0.0.1",
            "PGPORT", port,
            "PGUSER", "postgres",
            "PGDATABASE", "postgres");
  }

  @AfterAll
  static void end() throws Exception {
    if (pipeline != null) {
      everythingThatWasWrittenKeepsToItsSchema();
      pipeline.close();
    }
  }

  @Test
  void javaTriggersFollowsAndReads() throws Exception {
    String brokers = pipeline.platform().bootstrapServers();
    Path java = copyOf("java");
    String classPath =
        java
            + File.pathSeparator
            + System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    try (ExampleProcess subscriber =
            in(java, "java", "-cp", classPath, "Subscribe.java", brokers, "it-java");
        ExampleProcess run = in(java, "java", "-cp", classPath, "RunPatrol.java", brokers)) {
      List<String> report = run.lines();

      assertThat(report.get(0)).matches("[0-9a-f-]{36} completed");
      assertThat(report.get(1)).isEqualTo("truncated: false");
      assertThat(run.err()).contains("running");
      // whether it was there in time for that patrol is chance
      try (PatrolClient patrols = PatrolClient.connect(brokers)) {
        patrols.runPatrol(ReportType.ON_DEMAND, "it");
      }
      subscriber.awaitOut(" completed ");
    }
  }

  @Test
  void nodeTriggersFollowsAndReads() throws Exception {
    Path node = installedNodeExample();
    try (ExampleProcess subscriber = in(node, "node", "subscribe.mjs", "it-node")) {
      subscriber.awaitErr("waiting for reports as it-node");
      String patrol;
      try (ExampleProcess run = in(node, "node", "run-patrol.mjs", "on_demand")) {
        List<String> report = run.lines();
        assertThat(report.get(0)).matches("[0-9a-f-]{36} completed");
        assertThat(String.join("\n", report)).contains("\n- [");
        assertThat(run.err()).contains("running round 1", "\nfinished");
        patrol = report.get(0).substring(0, 36);
      }
      subscriber.awaitOut(patrol + " on_demand completed");
      subscriber.terminate();
      assertThat(subscriber.exitStatus()).as(subscriber.err()).isZero();
      aSubscriberThatComesBackGetsWhatItMissed(node, patrol);
      aTruncatedReportIsReadFromItsRow(
          in(
              node,
              "node",
              "--input-type=module",
              "--eval",
              "import { reportOf } from './report.mjs';"
                  + "const row = await reportOf({ truncated: true, report_id: '%s' });"
                      .formatted(patrol)
                  + "console.log(row.status, row.flagged_clusters.length > 0)"),
          "completed true");
    }
  }

  private static void aSubscriberThatComesBackGetsWhatItMissed(Path node, String seen)
      throws Exception {
    String missed;
    try (PatrolClient patrols = PatrolClient.connect(pipeline.platform().bootstrapServers())) {
      missed = patrols.runPatrol(ReportType.ON_DEMAND, "it").reportId().toString();
    }
    try (ExampleProcess again = in(node, "node", "subscribe.mjs", "it-node")) {
      again.awaitOut(missed);
      assertThat(again.out()).doesNotContain(seen);
    }
  }

  @Test
  void pythonTriggersFollowsAndReads() throws Exception {
    String python =
        Stream.of("python3", "/usr/bin/python3")
            .filter(ClientExamplesIT::hasPythonsPackages)
            .findFirst()
            .orElse("");
    assumeTrue(!python.isEmpty(), "no python3 with confluent_kafka and psycopg");
    Path copy = copyOf("python");
    try (ExampleProcess subscriber = in(copy, python, "subscribe.py", "it-python");
        ExampleProcess run = in(copy, python, "run_patrol.py")) {
      List<String> report = run.lines();
      assertThat(report.get(0)).matches("[0-9a-f-]{36} completed");
      assertThat(run.err()).contains("running round 1", "\nfinished");
      aTruncatedReportIsReadFromItsRow(
          in(
              copy,
              python,
              "-c",
              "from patrol_kafka import report_of\n"
                  + "row = report_of({'truncated': True, 'report_id': '%s'})\n"
                      .formatted(report.get(0).substring(0, 36))
                  + "print(row['status'], len(row['flagged_clusters']) > 0)"),
          "completed True");
      try (PatrolClient patrols = PatrolClient.connect(pipeline.platform().bootstrapServers())) {
        patrols.runPatrol(ReportType.ON_DEMAND, "it");
      }
      subscriber.awaitOut(" on_demand completed ");
      subscriber.terminate();
      assertThat(subscriber.exitStatus()).as(subscriber.err()).isZero();
    }
  }

  private static boolean hasPythonsPackages(String python) {
    try {
      return ExampleProcess.works(directory, python, "-c", "import confluent_kafka, psycopg");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void kcatTriggersFollowsAndReads() throws Exception {
    assumeTrue(ExampleProcess.works(directory, "kcat", "-V"), "kcat is not installed");
    try (ExampleProcess run = in(copyOf("kcat"), "sh", "run-patrol.sh")) {
      List<String> values = run.lines();

      assertThat(values).hasSize(1);
      assertThat(JSON.readTree(values.get(0)).path("status").asText()).isEqualTo("completed");
      assertThat(run.err()).contains("\"state\":\"finished\"");
    }
  }

  private static void aTruncatedReportIsReadFromItsRow(ExampleProcess reader, String expected)
      throws Exception {
    try (reader) {
      assertThat(reader.lines()).containsExactly(expected);
    }
  }

  private static Path installedNodeExample() throws Exception {
    assumeTrue(ExampleProcess.works(directory, "node", "--version"), "node is not installed");
    assumeTrue(ExampleProcess.works(directory, "npm", "--version"), "npm is not installed");
    Path node = copyOf("node");
    try (ExampleProcess npm =
        in(
            node,
            "npm",
            "ci",
            "--prefer-offline",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "--fetch-timeout=20000",
            "--fetch-retries=1")) {
      int status = npm.exitStatus();
      // a lock file that does not fit is a failure, packages out of reach are not
      assumeTrue(
          status == 0 || !UNREACHABLE.matcher(npm.err()).find(),
          () -> "npm cannot fetch the example's packages here");
      assertThat(status).as(npm.err()).isZero();
    }
    return node;
  }

  private static ExampleProcess in(Path workingDirectory, String... command) throws Exception {
    return ExampleProcess.start(workingDirectory, environment, command);
  }

  /** So that nothing that is installed or compiled comes to lie in the repository. */
  private static Path copyOf(String language) throws Exception {
    Path copy = Files.createTempDirectory(directory, language);
    try (Stream<Path> files = Files.list(EXAMPLES.resolve(language))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, copy.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return copy;
  }

  private static void everythingThatWasWrittenKeepsToItsSchema() throws Exception {
    Topics topics = Topics.DEFAULT;
    for (EventType<?> type : EventType.ALL) {
      List<JsonNode> written = new ArrayList<>(values(type.name()));
      if (type == EventType.SNAPSHOT_TAKEN) {
        written.addAll(values(topics.snapshotTakenOnDemand()));
      }
      if (type != EventType.FAILED && type != EventType.CANCEL_REQUESTED) {
        assertThat(written).as(type.name()).isNotEmpty();
      }
      for (JsonNode value : written) {
        assertThat(problems(type.name(), value)).as(type.name()).isEmpty();
      }
    }
    everyRowKeepsToTheSchemasOfItsColumns();
  }

  private static void everyRowKeepsToTheSchemasOfItsColumns() throws Exception {
    try (Connection connection = DriverManager.getConnection(pipeline.platform().jdbcUrl());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select * from alerts.patrol_reports")) {
      int rows = 0;
      while (row.next()) {
        rows++;
        for (String column :
            List.of(
                "scope",
                "flagged_clusters",
                "predictions",
                "customer_summaries",
                "recommended_actions",
                "fleet_snapshot",
                "warnings")) {
          String value = row.getString(column);
          if (value != null) { // the patrol left no report
            assertThat(problems(column, JSON.readTree(value))).as(column).isEmpty();
          }
        }
      }
      assertThat(rows).isPositive();
    }
  }

  private static List<String> problems(String schema, JsonNode value) {
    String file = "io/patrolagent/common/event/schema/" + schema + ".schema.json";
    return JsonSchemaFactory.getInstance(VersionFlag.V202012)
        .getSchema(
            SchemaLocation.of("classpath:" + file),
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build())
        .validate(value)
        .stream()
        .map(ValidationMessage::getMessage)
        .toList();
  }

  private static List<JsonNode> values(String topic) throws Exception {
    List<JsonNode> values = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                pipeline.platform().bootstrapServers(),
                "isolation.level",
                "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          if (record.value() != null) {
            values.add(JSON.readTree(record.value()));
          }
        }
      }
    }
    return values;
  }
}
