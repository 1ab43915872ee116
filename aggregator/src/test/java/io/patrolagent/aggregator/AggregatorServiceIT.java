package io.patrolagent.aggregator;

import static io.patrolagent.aggregator.TestFleet.hours;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patrolagent.common.config.ConfigurationException;
import io.patrolagent.common.config.Env;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.event.EventType;
import io.patrolagent.common.event.PatrolFailed;
import io.patrolagent.common.event.SnapshotTaken;
import io.patrolagent.common.ops.Health;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole service on a real broker and a real database, with a role that may only read. */
class AggregatorServiceIT {

  private static final String ROLE = "patrol_aggregator";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static EmbeddedKafka kafka;

  private final TestFleet fleet = new TestFleet();

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void aTriggerBecomesASnapshotAndAScopeOfNothingAFailedPatrol() throws Exception {
    fleet.cluster("c1").score("c1", "90", hours(1)).risk("c1", "Healthy", hours(1));
    grantReading();
    try (AggregatorService service = service("happy.", Map.of());
        Health health = new Health()) {
      service.contribute(health);
      service.start();
      await().atMost(PATIENCE).until(() -> health.ready().up());

      trigger("happy.", "{\"report_type\": \"on_demand\"}");
      trigger("happy.", "{\"report_type\": \"weekly\", \"scope\": {\"clusters\": [\"c2\"]}}");

      SnapshotTaken taken =
          EventCodec.decode(
              EventType.SNAPSHOT_TAKEN, first("happy.patrol.snapshot-taken.on-demand").value());
      assertThat(taken.snapshot().healthDistribution().healthy()).isEqualTo(1);
      PatrolFailed failed =
          EventCodec.decode(EventType.FAILED, first("happy.patrol.failed").value());
      assertThat(failed.status()).isEqualTo(ReportStatus.FAILED);
      assertThat(failed.stage()).isEqualTo("aggregator");
      assertThat(failed.reason()).startsWith("the scope (clusters c2) matches no cluster at all");
    }
  }

  @Test
  void theSameRequestOnTwoPartitionsAtOnceMakesOneSnapshotThoughTwoInstancesDecide()
      throws Exception {
    fleet.cluster("c1");
    grantReading();
    try (AggregatorService one = service("shared.", Map.of());
        AggregatorService other = service("shared.", Map.of());
        Health health = new Health()) {
      one.contribute(health);
      other.contribute(health);
      one.start();
      other.start();
      await().atMost(PATIENCE).until(() -> health.ready().up());

      for (int i = 0; i < 6; i++) {
        trigger("shared.", "{\"report_type\": \"on_demand\"}", i % 2);
      }

      List<PatrolFailed> ends = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> record : read("shared.patrol.failed", 5)) {
        ends.add(EventCodec.decode(EventType.FAILED, record.value()));
      }
      SnapshotTaken taken =
          EventCodec.decode(
              EventType.SNAPSHOT_TAKEN, first("shared.patrol.snapshot-taken.on-demand").value());
      assertThat(ends)
          .allSatisfy(
              end -> {
                assertThat(end.status()).isEqualTo(ReportStatus.SHARED);
                assertThat(end.sharedWith()).isEqualTo(taken.patrol());
              });
      assertThat(ends).extracting(PatrolFailed::patrolId).doesNotHaveDuplicates();
    }
  }

  @Test
  void waitsForATableThatIsMissingAndSaysWhich() throws Exception {
    fleet.cluster("c1");
    fleet.execute("alter table alerts.issues rename to issues_hidden");
    grantReading();
    try (AggregatorService service = service("waiting.", Map.of());
        Health health = new Health()) {
      service.contribute(health);
      service.start();

      trigger("waiting.", "{\"report_type\": \"morning\"}");
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(health.ready().causes())
                      .contains("table alerts.issues is missing or not readable by role " + ROLE)
                      .contains("open_issues.sql (as shipped)"));
      fleet.execute("alter table alerts.issues_hidden rename to issues");

      assertThat(first("waiting.patrol.snapshot-taken").value()).isNotNull();
      await().atMost(PATIENCE).until(() -> health.ready().up());
      assertThat(health.live().up()).isTrue();
    }
  }

  @Test
  void saysEverythingThatIsWrongWithItsConfigurationAtOnce(@TempDir Path directory) {
    Map<String, String> variables =
        Map.of("PATROL_SQL_DIR", directory.resolve("missing").toString());

    assertThatThrownBy(() -> AggregatorService.create(Env.of(variables), new SimpleMeterRegistry()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("PATROL_SQL_DIR")
        .hasMessageContaining("PATROL_DATABASE_URL")
        .hasMessageContaining("PATROL_KAFKA_BOOTSTRAP_SERVERS");
  }

  private AggregatorService service(String prefix, Map<String, String> more) {
    Map<String, String> variables = new HashMap<>(more);
    variables.put("PATROL_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    variables.put("PATROL_TOPIC_PREFIX", prefix);
    variables.put("PATROL_TOPIC_PARTITIONS", "2");
    variables.put("PATROL_DATABASE_URL", fleet.url());
    variables.put("PATROL_DATABASE_USER", ROLE);
    return AggregatorService.create(Env.of(variables), new SimpleMeterRegistry());
  }

  private void grantReading() {
    fleet.execute(
        """
        do $$ begin
          create role patrol_aggregator login;
        exception when duplicate_object then null;
        end $$""");
    fleet.execute("grant usage on schema byoc, alerts to patrol_aggregator");
    fleet.execute("grant select on all tables in schema byoc, alerts to patrol_aggregator");
  }

  private static void trigger(String prefix, String value) throws Exception {
    trigger(prefix, value, null);
  }

  private static void trigger(String prefix, String value, Integer partition) throws Exception {
    Map<String, Object> config = Map.of("bootstrap.servers", kafka.bootstrapServers());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  prefix + "patrol.requested", partition, null, value.getBytes(UTF_8)))
          .get();
    }
  }

  private static ConsumerRecord<byte[], byte[]> first(String topic) {
    return read(topic, 1).get(0);
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(String topic, int count) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            kafka.bootstrapServers(),
            "group.id",
            UUID.randomUUID().toString(),
            "isolation.level",
            "read_committed",
            "auto.offset.reset",
            "earliest");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(topic));
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      await()
          .pollInSameThread()
          .atMost(PATIENCE)
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(100)).records(topic).forEach(records::add);
                return records.size() >= count;
              });
      return records;
    }
  }
}
