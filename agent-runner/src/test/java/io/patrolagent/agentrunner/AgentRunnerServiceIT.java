package io.patrolagent.agentrunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patrolagent.common.config.Env;
import io.patrolagent.common.event.AgentFinished;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.event.EventRecord;
import io.patrolagent.common.event.EventType;
import io.patrolagent.common.event.SnapshotTaken;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.ops.Health;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.patrol.Scope;
import io.patrolagent.common.report.ReportParser;
import io.patrolagent.embedded.EmbeddedDatabase;
import io.patrolagent.embedded.EmbeddedKafka;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class AgentRunnerServiceIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Test
  void bothLanesEndInAReport() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        EmbeddedDatabase database = EmbeddedDatabase.start();
        AgentRunnerService service =
            AgentRunnerService.create(
                env(kafka, database, "patrol_reader"), new SimpleMeterRegistry())) {
      createReader(database);
      service.start();
      awaitTopics(kafka);
      SnapshotTaken scheduled = snapshot(ReportType.MORNING, Snapshots.troubled());
      SnapshotTaken onDemand = snapshot(ReportType.ON_DEMAND, Snapshots.healthy(3));

      publish(kafka, scheduled, onDemand);

      List<AgentFinished> finished = awaitFinished(kafka, 2);
      assertThat(finished)
          .extracting(AgentFinished::request)
          .containsExactlyInAnyOrder(scheduled.request(), onDemand.request());
      assertThat(finished)
          .allSatisfy(
              report -> {
                assertThat(report.usage().llmProvider()).isEqualTo("offline");
                assertThat(ReportParser.parse(report.rawReport()).warnings()).isEmpty();
              });
    }
  }

  @Test
  void aRoleThatMayWriteStopsTheStageAndIsNamed() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        EmbeddedDatabase database = EmbeddedDatabase.start();
        AgentRunnerService service =
            AgentRunnerService.create(
                env(kafka, database, database.user()), new SimpleMeterRegistry())) {
      Health health = new Health();
      service.contribute(health);
      service.start();

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(health.ready().causes())
                      .contains("role postgres has the attribute superuser"));
    }
  }

  @Test
  void isBuiltAndClosedWithoutAnythingToConnectTo() {
    Env env =
        Env.of(
            Map.of(
                "PATROL_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1",
                "PATROL_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/fleet",
                "PATROL_DATABASE_USER", "patrol_reader"));

    assertThatCode(() -> AgentRunnerService.create(env, new SimpleMeterRegistry()).close())
        .doesNotThrowAnyException();
  }

  private static void createReader(EmbeddedDatabase database) throws Exception {
    try (Connection connection =
        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password())) {
      connection.createStatement().execute("create role patrol_reader login");
    }
  }

  private static Env env(EmbeddedKafka kafka, EmbeddedDatabase database, String user) {
    return Env.of(
        Map.of(
            "PATROL_KAFKA_BOOTSTRAP_SERVERS",
            kafka.bootstrapServers(),
            "PATROL_DATABASE_URL",
            database.jdbcUrl(),
            "PATROL_DATABASE_USER",
            user,
            "PATROL_DATABASE_PASSWORD",
            database.password(),
            "PATROL_TOPIC_PARTITIONS",
            "2",
            "PATROL_AGENT_CONCURRENCY",
            "2"));
  }

  private static SnapshotTaken snapshot(ReportType type, FleetSnapshot snapshot) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    return new SnapshotTaken(
        new PatrolRequest(
            PatrolId.random(),
            type,
            "test",
            Scope.FLEET,
            null,
            now,
            null,
            now.plusSeconds(3600),
            null),
        snapshot);
  }

  /** The service makes them; sending earlier would make the broker make others. */
  private static void awaitTopics(EmbeddedKafka kafka) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  admin
                      .listTopics()
                      .names()
                      .get()
                      .containsAll(
                          List.of(
                              Topics.DEFAULT.snapshotTaken(),
                              Topics.DEFAULT.snapshotTakenOnDemand(),
                              Topics.DEFAULT.agentFinished())));
    }
  }

  private static void publish(EmbeddedKafka kafka, SnapshotTaken... snapshots) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (SnapshotTaken snapshot : snapshots) {
        producer.send(EventRecord.of(Topics.DEFAULT, snapshot, "aggregator")).get();
      }
    }
  }

  private static List<AgentFinished> awaitFinished(EmbeddedKafka kafka, int count) {
    String topic = Topics.DEFAULT.agentFinished();
    List<AgentFinished> finished = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      await()
          .pollInSameThread()
          .atMost(PATIENCE)
          .until(
              () -> {
                for (var record : consumer.poll(Duration.ofMillis(500))) {
                  finished.add(EventCodec.decode(EventType.AGENT_FINISHED, record.value()));
                }
                return finished.size() >= count;
              });
    }
    return finished;
  }
}
