package io.patrolagent.scheduler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patrolagent.common.config.Env;
import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.config.TopicSettings;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.event.EventType;
import io.patrolagent.common.event.PatrolRequested;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.ops.Health;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.stage.TopicProvisioner;
import io.patrolagent.embedded.EmbeddedKafka;
import io.patrolagent.scheduler.schedule.ScheduleSettings;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole service on a real broker and a clock of the test's; each test has its own topics. */
class SchedulerServiceIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final PatrolId MORNING =
      PatrolId.ofSlot("morning", LocalDateTime.parse("2026-11-24T07:00"));

  private static EmbeddedKafka kafka;
  private static int tests;

  private final Topics topics = new Topics("t" + tests++ + ".");
  private final Map<String, String> variables =
      new HashMap<>(
          Map.of(
              "PATROL_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
              "PATROL_TOPIC_PREFIX", topics.prefix(),
              "PATROL_TOPIC_PARTITIONS", "1"));
  private final FakeClock clock = new FakeClock("2026-11-24T07:00:03Z");

  @BeforeAll
  static void startBroker() {
    kafka = EmbeddedKafka.start();
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  @Test
  void twoSchedulersAskForOnePatrol() throws Exception {
    try (SchedulerService one = start();
        SchedulerService other = start()) {
      await().atMost(PATIENCE).until(() -> requested().size() == 2);
    }

    List<ConsumerRecord<byte[], byte[]>> records = requested();
    assertThat(records).hasSize(2);
    for (ConsumerRecord<byte[], byte[]> record : records) {
      PatrolRequested trigger = EventCodec.decode(EventType.REQUESTED, record.value());
      assertThat(trigger.patrolId()).isEqualTo(MORNING);
      assertThat(trigger.requestedAt()).isEqualTo("2026-11-24T07:00:00Z");
      assertThat(trigger.dueAt()).isEqualTo("2026-11-24T07:15:00Z");
      assertThat(trigger.expiresAt()).isEqualTo("2026-11-25T07:00:00Z");
      assertThat(new String(record.key(), UTF_8)).isEqualTo(MORNING.toString());
      assertThat(new String(record.headers().lastHeader("ce_source").value(), UTF_8))
          .isEqualTo("/patrolagent/scheduler");
    }
    assertThat(records.get(0).value()).isEqualTo(records.get(1).value());
  }

  @Test
  void whereItMayNotCreateTopicsItWaitsForItsOwnAndCatchesUp() throws Exception {
    variables.put("PATROL_TOPICS", "verify");
    try (SchedulerService service = start();
        Health health = health(service)) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(health.ready().causes())
                      .contains("PATROL_TOPICS=verify")
                      .contains(topics.requested()));
      assertThat(health.live().up()).isTrue();
      try (Admin admin = Admin.create(settings().forAdmin())) {
        assertThat(admin.listTopics().names().get()).doesNotContain(topics.requested());
      }

      createTopics();
      await().atMost(PATIENCE).until(() -> health.ready().up());
    }
    assertThat(requested()).hasSize(1);
  }

  @Test
  void aBrokerThatIsDownAtTheSlotGetsTheTriggerWhenItIsBack() throws Exception {
    Env env = Env.of(variables);
    clock.set("2026-11-24T06:59:59Z");
    try (KafkaTriggers triggers = new KafkaTriggers(settings(), TopicSettings.from(env))) {
      Scheduler scheduler =
          new Scheduler(ScheduleSettings.from(env), triggers, clock, new SimpleMeterRegistry());
      scheduler.turn();
      scheduler.requireReady();
      clock.set("2026-11-24T07:00:00Z");
      kafka.stop();
      try {
        assertThat(scheduler.turn()).isEqualTo(Scheduler.RETRY);
        assertThatThrownBy(scheduler::requireReady)
            .hasMessageContaining("cannot trigger patrol " + MORNING);
      } finally {
        kafka.restart();
      }
      scheduler.turn();
      scheduler.requireReady();
    }
    assertThat(requested()).hasSizeBetween(1, 2).allSatisfy(this::isOfTheMorning);
  }

  private void isOfTheMorning(ConsumerRecord<byte[], byte[]> record) {
    assertThat(new String(record.key(), UTF_8)).isEqualTo(MORNING.toString());
  }

  private SchedulerService start() {
    Env env = Env.of(variables);
    SchedulerService service =
        new SchedulerService(
            ScheduleSettings.from(env),
            settings(),
            TopicSettings.from(env),
            clock,
            new SimpleMeterRegistry());
    service.start();
    return service;
  }

  private static Health health(SchedulerService service) {
    Health health = new Health();
    service.contribute(health);
    return health;
  }

  private KafkaSettings settings() {
    return KafkaSettings.of(kafka.bootstrapServers());
  }

  private void createTopics() throws Exception {
    Map<String, String> creating = new HashMap<>(variables);
    creating.put("PATROL_TOPICS", "create");
    new TopicProvisioner(settings(), TopicSettings.from(Env.of(creating))).run();
  }

  private List<ConsumerRecord<byte[], byte[]>> requested() {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    TopicPartition partition = new TopicPartition(topics.requested(), 0);
    try (var consumer =
        new KafkaConsumer<>(
            settings().forConsumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }
}
