package io.patrolagent.common.stage;

import static io.patrolagent.common.stage.StageAssertions.header;
import static io.patrolagent.common.stage.StageAssertions.longHeader;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patrolagent.common.config.Env;
import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.event.EventType;
import io.patrolagent.common.event.PatrolFailed;
import io.patrolagent.common.event.SnapshotTaken;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.ops.HealthCheck;
import io.patrolagent.common.ops.Telemetry;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.embedded.EmbeddedKafka;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How records end, on a real broker. */
class StageRuntimeIT {

  private static EmbeddedKafka broker;
  private StageHarness stage;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedKafka.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void makeTopics() throws Exception {
    stage = new StageHarness(broker.bootstrapServers(), 2);
  }

  @AfterEach
  void closeStages() {
    stage.close();
  }

  @Test
  void aBareTriggerBecomesOneEventOfADerivedPatrol() throws Exception {
    stage.start(TestHandler.doingNothing());

    stage.trigger(1, "{\"report_type\":\"on_demand\"}");

    await().until(() -> stage.committed(1) == 1);
    var records = stage.visible(stage.topics.snapshotTakenOnDemand());
    assertThat(records).hasSize(1);
    SnapshotTaken taken = EventCodec.decode(EventType.SNAPSHOT_TAKEN, records.get(0).value());
    PatrolId derived = PatrolId.ofRecord(topicId(stage.topics.requested()), 1, 0);
    assertThat(taken.patrol()).isEqualTo(derived);
    assertThat(new String(records.get(0).key(), UTF_8)).isEqualTo(derived.toString());
    assertThat(header(records.get(0), "ce_id")).isEqualTo(derived + "/stage");
  }

  @Test
  void theClassicGroupProtocolHandsPartitionsOnToo() throws Exception {
    Env env =
        Env.of(
            Map.of(
                "PATROL_KAFKA_BOOTSTRAP_SERVERS",
                broker.bootstrapServers(),
                "PATROL_GROUP_PROTOCOL",
                "classic"));
    KafkaSettings classic = KafkaSettings.from(env);
    TestHandler first = TestHandler.doingNothing();
    StageRuntime<?> leaving = stage.start(stage.options(), first, classic);
    stage.trigger(0, "{\"report_type\":\"morning\",\"focus\":\"one\"}");
    await().until(() -> stage.committed(0) == 1);
    TestHandler second = TestHandler.doingNothing();
    stage.start(stage.options(), second, classic);

    leaving.close();
    stage.trigger(0, "{\"report_type\":\"morning\",\"focus\":\"two\"}");

    await().until(() -> stage.committed(0) == 2);
    assertThat(first.done).containsExactly("one");
    assertThat(second.done).containsExactly("two");
    assertThat(stage.visible(stage.topics.snapshotTaken())).hasSize(2);
  }

  @Test
  void traceContextIsHandedOn() throws Exception {
    stage.start(TestHandler.doingNothing());
    String traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    stage.trigger(
        0,
        "{\"report_type\":\"morning\"}",
        new RecordHeader("traceparent", traceparent.getBytes(UTF_8)));

    await().until(() -> stage.committed(0) == 1);
    assertThat(stage.visible(stage.topics.snapshotTaken()))
        .singleElement()
        .satisfies(r -> assertThat(header(r, "traceparent")).isEqualTo(traceparent));
  }

  @Test
  void whatNobodyCanReadIsADeadLetterAndThePartitionGoesOn() throws Exception {
    stage.start(TestHandler.doingNothing());

    stage.trigger(0, "not json");
    stage.trigger(0, new byte[0]);
    stage.trigger(0, (byte[]) null);
    stage.trigger(0, "{\"report_type\":\"hourly\"}");
    stage.trigger(0, "{\"report_type\":7}");
    stage.trigger(0, "{\"report_type\":\"morning\",\"patrol_id\":\"42\"}");
    stage.trigger(0, "{\"report_type\":\"morning\",\"focus\":\"" + "x".repeat(70_000) + "\"}");
    stage.trigger(0, "{\"report_type\":\"morning\"}");

    await().until(() -> stage.committed(0) == 8);
    var dead = stage.visible(Topics.deadLetter(stage.topics.requested()));
    assertThat(dead)
        .extracting(r -> header(r, "kafka_dlt-exception-message"))
        .containsExactly(
            "patrol.requested is not JSON (line 1, column 1)",
            "patrol.requested has an empty value",
            "patrol.requested has no value (null)",
            "patrol.requested: report_type must be one of morning, evening, weekly, on_demand, not"
                + " 'hourly'",
            "patrol.requested: report_type must be one of morning, evening, weekly, on_demand, not '7'",
            "patrol.requested: patrol_id must be a UUID such as"
                + " 0192f0c1-2b7e-7c55-8d7e-3f2a9c1b5e44, not '42'",
            "patrol.requested may have at most 65536 bytes, not 70036");
    assertThat(header(dead.get(0), "kafka_dlt-original-topic")).isEqualTo(stage.topics.requested());
    assertThat(longHeader(dead.get(3), "kafka_dlt-original-offset")).isEqualTo(3);
    assertThat(new String(dead.get(0).value(), UTF_8)).isEqualTo("not json");
    assertThat(stage.visible(stage.topics.snapshotTaken())).hasSize(1);
    assertThat(stage.visible(stage.topics.failed())).isEmpty();
  }

  @Test
  void aDeadLetterWhosePatrolCanBeReadAlsoEndsThatPatrol() throws Exception {
    stage.start(TestHandler.doingNothing());
    PatrolId patrol = PatrolId.random();

    stage.trigger(0, "{\"report_type\":\"hourly\",\"patrol_id\":\"" + patrol + "\"}");

    await().until(() -> stage.committed(0) == 1);
    assertThat(stage.visible(Topics.deadLetter(stage.topics.requested()))).hasSize(1);
    PatrolFailed failed = onlyFailure();
    assertThat(failed.patrolId()).isEqualTo(patrol);
    assertThat(failed.reason()).contains("hourly");
  }

  @Test
  void aFailureIsTriedAgainInPlaceAndInOrder() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    TestHandler handler =
        new TestHandler(
            (request, job) -> {
              if ("first".equals(request.focus()) && tries.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
              }
            });
    stage.start(handler);

    stage.trigger(0, "{\"report_type\":\"morning\",\"focus\":\"first\"}");
    stage.trigger(0, "{\"report_type\":\"morning\",\"focus\":\"second\"}");

    await().until(() -> stage.committed(0) == 2);
    assertThat(handler.done).containsExactly("first", "second");
    assertThat(handler.begun).containsExactly("first", "first", "first", "second");
  }

  @Test
  void whatFailsEveryTimeIsGivenUpVisibly() throws Exception {
    TestHandler handler =
        new TestHandler(
            (request, job) -> {
              throw new IllegalStateException("the disk is on fire");
            });
    stage.start(handler);

    stage.trigger(0, "{\"report_type\":\"morning\"}");

    await().until(() -> stage.committed(0) == 1);
    assertThat(handler.begun).hasSize(StageHarness.QUICK.attempts());
    assertThat(onlyFailure().reason()).isEqualTo("the disk is on fire (after 3 attempts)");
    assertThat(onlyFailure().status()).isEqualTo(ReportStatus.FAILED);
  }

  @Test
  void aPermanentFailureIsNotTriedAgain() throws Exception {
    TestHandler handler =
        new TestHandler(
            (request, job) -> {
              throw new PermanentFailureException("scope matches no cluster");
            });
    stage.start(handler);

    stage.trigger(0, "{\"report_type\":\"morning\"}");

    await().until(() -> stage.committed(0) == 1);
    assertThat(handler.begun).hasSize(1);
    assertThat(onlyFailure().reason()).isEqualTo("scope matches no cluster");
  }

  @Test
  void whileADependencyIsDownAttemptsAreNotCounted() throws Exception {
    AtomicBoolean down = new AtomicBoolean(true);
    TestHandler handler =
        new TestHandler(
            (request, job) -> {
              if (down.get()) {
                throw new IllegalStateException("connection refused");
              }
            });
    stage.start(stage.options(), handler, stage.kafka, dependency(down));

    stage.trigger(0, "{\"report_type\":\"morning\"}");
    await().until(() -> handler.begun.size() > 2 * StageHarness.QUICK.attempts());
    down.set(false);

    await().until(() -> stage.committed(0) == 1);
    assertThat(stage.visible(stage.topics.snapshotTaken())).hasSize(1);
    assertThat(stage.visible(stage.topics.failed())).isEmpty();
  }

  @Test
  void aPatrolThatExpiresWhileADependencyIsDownEndsExpired() throws Exception {
    AtomicBoolean down = new AtomicBoolean(true);
    TestHandler handler =
        new TestHandler(
            (request, job) -> {
              throw new IllegalStateException("table byoc.clusters is missing");
            });
    stage.start(stage.options(), handler, stage.kafka, dependency(down));

    stage.trigger(
        0, "{\"report_type\":\"morning\",\"expires_at\":\"" + Instant.now().plusSeconds(1) + "\"}");

    await().until(() -> stage.committed(0) == 1);
    assertThat(onlyFailure().status()).isEqualTo(ReportStatus.EXPIRED);
  }

  @Test
  void anExpiredPatrolIsNotWorkedOn() throws Exception {
    TestHandler handler = TestHandler.doingNothing();
    stage.start(handler);

    stage.trigger(0, "{\"report_type\":\"morning\",\"expires_at\":\"2020-01-01T00:00:00Z\"}");

    await().until(() -> stage.committed(0) == 1);
    assertThat(handler.begun).isEmpty();
    assertThat(onlyFailure().status()).isEqualTo(ReportStatus.EXPIRED);
  }

  @Test
  void aPartitionWaitsForItsJobAndOthersDoNot() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    TestHandler handler =
        new TestHandler(
            (request, job) -> {
              if ("slow".equals(request.focus())) {
                release.await();
              }
            });
    stage.start(handler);

    stage.trigger(0, "{\"report_type\":\"morning\",\"focus\":\"slow\"}");
    stage.trigger(0, "{\"report_type\":\"morning\",\"focus\":\"behind\"}");
    stage.trigger(1, "{\"report_type\":\"morning\",\"focus\":\"beside 1\"}");
    stage.trigger(1, "{\"report_type\":\"morning\",\"focus\":\"beside 2\"}");

    await().until(() -> stage.committed(1) == 2);
    assertThat(handler.begun).contains("slow").doesNotContain("behind");
    assertThat(stage.committed(0)).isEqualTo(-1);
    await().until(() -> lag() == 2); // of a paused partition, what came since included
    release.countDown();
    await().until(() -> stage.committed(0) == 2);
    assertThat(handler.done).endsWith("slow", "behind");
    await().until(() -> lag() == 0);
  }

  @Test
  void recordsDeliveredAgainAfterAnOffsetResetAreAcknowledgedByAHandlerThatKnowsThem()
      throws Exception {
    List<String> rows = new java.util.concurrent.CopyOnWriteArrayList<>();
    StageHandler<?> sink = new KnowingHandler(rows);
    StageRuntime<?> first = stage.start(sink);
    stage.trigger(0, "{\"report_type\":\"morning\",\"focus\":\"a\"}");
    stage.trigger(0, "{\"report_type\":\"morning\",\"focus\":\"b\"}");
    await().until(() -> stage.committed(0) == 2);
    first.close();

    stage
        .admin
        .alterConsumerGroupOffsets(
            stage.options().group(),
            Map.of(new TopicPartition(stage.topics.requested(), 0), new OffsetAndMetadata(0)))
        .all()
        .get();
    stage.start(sink);

    await().until(() -> stage.committed(0) == 2);
    assertThat(stage.visible(stage.topics.snapshotTaken())).hasSize(2);
  }

  @Test
  void closingLetsTheRunningJobCommitAndNothingIsRepeated() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    TestHandler handler = new TestHandler((request, job) -> release.await());
    StageRuntime<?> first = stage.start(handler);
    stage.trigger(0, "{\"report_type\":\"morning\",\"focus\":\"in flight\"}");
    await().until(() -> handler.begun.size() == 1);

    Thread closing = new Thread(first::close);
    closing.start();
    await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
    release.countDown();
    closing.join();

    assertThat(stage.committed(0)).isEqualTo(1);
    TestHandler next = TestHandler.doingNothing();
    stage.start(next);
    stage.trigger(0, "{\"report_type\":\"morning\",\"focus\":\"next\"}");
    await().until(() -> stage.committed(0) == 2);
    assertThat(next.begun).containsExactly("next");
  }

  @Test
  void aStageThatWaitsForItsPreparationIsAliveAndSaysWhatItWaitsFor() throws Exception {
    AtomicBoolean reachable = new AtomicBoolean();
    StageRuntime<?> waiting = preparedBy(reachable, new IllegalStateException("no broker"));
    waiting.start();

    await()
        .untilAsserted(
            () -> assertThat(cause(waiting.readiness())).isEqualTo("waits for topics: no broker"));
    assertThat(cause(waiting.liveness())).isNull();
    reachable.set(true);

    await().untilAsserted(() -> assertThat(cause(waiting.readiness())).isNull());
    waiting.close();
  }

  @Test
  void aStageWhosePreparationCannotSucceedIsDeadWithItsCause() throws Exception {
    StageRuntime<?> dead =
        preparedBy(new AtomicBoolean(), new PermanentFailureException("topic x does not exist"));
    dead.start();

    await()
        .untilAsserted(() -> assertThat(cause(dead.liveness())).contains("topic x does not exist"));
    dead.close();
  }

  private StageRuntime<?> preparedBy(AtomicBoolean reachable, Exception otherwise) {
    Preparation preparation =
        new Preparation() {
          @Override
          public String name() {
            return "topics";
          }

          @Override
          public void run() throws Exception {
            if (!reachable.get()) {
              throw otherwise;
            }
          }
        };
    return new StageRuntime<>(
        stage.options(),
        TestHandler.doingNothing(),
        stage.kafka,
        stage.topics,
        List.of(preparation),
        List.of(),
        Telemetry.of(stage.meters));
  }

  private double lag() {
    return stage.meters.get("patrol.stage.lag").gauge().value();
  }

  private static String cause(HealthCheck check) {
    try {
      check.check();
      return null;
    } catch (Exception e) {
      return e.getMessage();
    }
  }

  private static HealthCheck dependency(AtomicBoolean down) {
    return new HealthCheck() {
      @Override
      public String name() {
        return "database";
      }

      @Override
      public void check() {
        if (down.get()) {
          throw new IllegalStateException("refused");
        }
      }
    };
  }

  private PatrolFailed onlyFailure() throws Exception {
    var failures = stage.visible(stage.topics.failed());
    assertThat(failures).hasSize(1);
    return EventCodec.decode(EventType.FAILED, failures.get(0).value());
  }

  private String topicId(String topic) throws Exception {
    return stage
        .admin
        .describeTopics(List.of(topic))
        .allTopicNames()
        .get()
        .get(topic)
        .topicId()
        .toString();
  }
}
