package io.patrolagent.reportsink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patrolagent.common.client.PatrolClient;
import io.patrolagent.common.config.Env;
import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.config.TopicSettings;
import io.patrolagent.common.event.Event;
import io.patrolagent.common.event.EventRecord;
import io.patrolagent.common.event.PatrolStatus;
import io.patrolagent.common.event.PatrolStatus.State;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.ops.Health;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.stage.TopicProvisioner;
import io.patrolagent.embedded.EmbeddedKafka;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole service on a real broker and a real database; each test has topics of its own. */
class ReportSinkServiceIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static int tests;
  private static EmbeddedKafka kafka;
  private static KafkaSettings settings;

  private final Topics topics = new Topics("t" + tests++ + ".");
  private final String url = TestDatabase.empty();
  private final Jdbi jdbi = TestDatabase.jdbi(url);
  private final Map<String, String> variables =
      Map.of(
          "PATROL_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
          "PATROL_DATABASE_URL", url,
          "PATROL_DATABASE_USER", TestDatabase.user(),
          "PATROL_TOPIC_PREFIX", topics.prefix(),
          "PATROL_TOPIC_PARTITIONS", "1");

  @BeforeAll
  static void startBroker() {
    kafka = EmbeddedKafka.start();
    settings = KafkaSettings.of(kafka.bootstrapServers());
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  @BeforeEach
  void createTopics() throws Exception {
    new TopicProvisioner(settings, TopicSettings.from(Env.of(variables))).run();
  }

  @Test
  void whatAnAgentFinishedAndWhatAStageGaveUpBecomeRowsAndEvents() throws Exception {
    var finished = Inputs.finished();
    var failed = Inputs.failed(Inputs.request());
    send(finished, "agent-runner");
    send(failed, "aggregator");

    try (var service = start()) {
      awaitAnnounced(finished.patrol());
      awaitAnnounced(failed.patrol());
    }

    assertThat(events())
        .extracting(ReportSinkServiceIT::ceId)
        .containsExactlyInAnyOrder(
            finished.patrol() + "/report-sink", failed.patrol() + "/report-sink");
  }

  @Test
  void aCrashBetweenRowAndEventIsMadeGoodFromTheRow() throws Exception {
    var finished = Inputs.finished();
    long offset = send(finished, "agent-runner");
    try (var first = start()) {
      awaitReady(); // the tables are there
      awaitAnnounced(finished.patrol());
    }
    // as it is after a crash between the row and the event: the row, no event, no offset
    resetOffsets();
    jdbi.useHandle(
        h ->
            h.execute(
                "update alerts.patrol_reports set announced_at = null, fleet_narrative = 'stored'"));

    try (var second = start()) {
      awaitAnnounced(finished.patrol());
    }

    List<ConsumerRecord<byte[], byte[]>> events = events();
    assertThat(offset).isZero();
    assertThat(events).hasSize(2);
    assertThat(ceId(events.get(1))).isEqualTo(ceId(events.get(0)));
    assertThat(new String(events.get(1).value(), UTF_8))
        .isEqualTo(
            new String(events.get(0).value(), UTF_8)
                .replace("All is well but for one cluster.", "stored"));
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void whatWasAnnouncedIsNotAnnouncedAgainWhenOffsetsAreReset() throws Exception {
    var finished = Inputs.finished();
    send(finished, "agent-runner");
    try (var first = start()) {
      awaitAnnounced(finished.patrol());
    }
    resetOffsets();
    // behind it in the same partition: once this one has ended, the first was seen again
    var next = Inputs.finished();
    send(next, "agent-runner");
    // the same patrol from elsewhere
    send(Inputs.failed(finished.request()), "agent-runner");

    try (var second = start()) {
      awaitAnnounced(next.patrol());
      await().atMost(PATIENCE).until(() -> committed(topics.failed()) >= 1);
    }

    assertThat(events())
        .extracting(ReportSinkServiceIT::ceId)
        .containsExactly(finished.patrol() + "/report-sink", next.patrol() + "/report-sink");
    assertThat(rows()).isEqualTo(2);
  }

  @Test
  void everyPatrolsStatusIsToldFromItsTriggerOnWhoeverIsRestartedMeanwhile() throws Exception {
    var finished = Inputs.finished();
    PatrolId bare;
    try (var client = new PatrolClient(settings, topics)) {
      try (var first = start()) {
        bare = trigger("{\"report_type\":\"on_demand\"}");
        await().atMost(PATIENCE).until(() -> client.status(bare).isPresent());
        awaitHealthy(first);
      }
      send(finished, "agent-runner");
      PatrolId overdue =
          trigger("{\"report_type\":\"morning\",\"due_at\":\"2026-01-01T07:15:00Z\"}");
      try (var second = start()) {
        awaitAnnounced(finished.patrol());
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(client.status(finished.patrol()))
                        .get()
                        .returns(ReportStatus.COMPLETED, PatrolStatus::status));
        await()
            .atMost(PATIENCE)
            .until(() -> client.status(overdue).filter(PatrolStatus::overdue).isPresent());
      }
      assertThat(client.statuses())
          .extracting(PatrolStatus::patrolId)
          .containsExactlyInAnyOrder(bare, finished.patrol(), overdue);
      assertThat(client.status(bare)).get().returns(State.REQUESTED, PatrolStatus::state);
    }
  }

  /** Produces it with a key of its own and returns the id that the patrol gets by where it lies. */
  private PatrolId trigger(String value) throws Exception {
    try (var producer =
            new KafkaProducer<>(
                settings.forProducer(), new ByteArraySerializer(), new ByteArraySerializer());
        Admin admin = Admin.create(settings.forAdmin())) {
      var at =
          producer
              .send(
                  new ProducerRecord<>(
                      topics.requested(), "somebody's".getBytes(UTF_8), value.getBytes(UTF_8)))
              .get();
      var topic = admin.describeTopics(List.of(topics.requested())).allTopicNames().get().values();
      return PatrolId.ofRecord(
          topic.iterator().next().topicId().toString(), at.partition(), at.offset());
    }
  }

  private static void awaitHealthy(ReportSinkService service) {
    try (Health health = new Health()) {
      service.contribute(health);
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(health.ready().causes()).isEmpty());
    }
  }

  private ReportSinkService start() {
    ReportSinkService service =
        ReportSinkService.create(Env.of(variables), new SimpleMeterRegistry());
    service.start();
    return service;
  }

  private long send(Event event, String stage) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            settings.forProducer(), new ByteArraySerializer(), new ByteArraySerializer())) {
      return producer.send(EventRecord.of(topics, event, stage)).get().offset();
    }
  }

  private void awaitReady() {
    await().atMost(PATIENCE).until(this::migrated);
  }

  private boolean migrated() {
    return jdbi.withHandle(
        h ->
            h.createQuery("select to_regclass('alerts.patrol_reports') is not null")
                .mapTo(Boolean.class)
                .one());
  }

  private void awaitAnnounced(PatrolId patrol) {
    awaitReady();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                jdbi.withHandle(
                    h ->
                        h.createQuery(
                                "select count(*) = 1 from alerts.patrol_reports"
                                    + " where report_id = :id and announced_at is not null")
                            .bind("id", patrol.value())
                            .mapTo(Boolean.class)
                            .one()));
  }

  private long rows() {
    return jdbi.withHandle(
        h -> h.createQuery("select count(*) from alerts.patrol_reports").mapTo(Long.class).one());
  }

  private void resetOffsets() throws Exception {
    try (Admin admin = Admin.create(settings.forAdmin())) {
      admin
          .alterConsumerGroupOffsets(
              topics.group(SinkHandler.STAGE),
              Map.of(
                  new TopicPartition(topics.agentFinished(), 0), new OffsetAndMetadata(0),
                  new TopicPartition(topics.failed(), 0), new OffsetAndMetadata(0)))
          .all()
          .get();
    }
  }

  private long committed(String topic) throws Exception {
    try (Admin admin = Admin.create(settings.forAdmin())) {
      OffsetAndMetadata offset =
          admin
              .listConsumerGroupOffsets(topics.group(SinkHandler.STAGE))
              .partitionsToOffsetAndMetadata()
              .get()
              .get(new TopicPartition(topic, 0));
      return offset == null ? -1 : offset.offset();
    }
  }

  /** Every event that a read_committed reader sees. */
  private List<ConsumerRecord<byte[], byte[]>> events() {
    Map<String, Object> config = settings.forConsumer();
    config.put("isolation.level", "read_committed");
    config.put("enable.auto.commit", false);
    TopicPartition partition = new TopicPartition(topics.reportFinished(), 0);
    List<ConsumerRecord<byte[], byte[]>> events = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      Instant deadline = Instant.now().plus(PATIENCE);
      while (consumer.position(partition) < end && Instant.now().isBefore(deadline)) {
        consumer.poll(Duration.ofMillis(200)).forEach(events::add);
      }
    }
    return events;
  }

  private static String ceId(ConsumerRecord<byte[], byte[]> event) {
    return new String(event.headers().lastHeader("ce_id").value(), UTF_8);
  }
}
