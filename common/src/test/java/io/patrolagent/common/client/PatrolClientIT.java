package io.patrolagent.common.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.config.TopicSettings;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.event.EventRecord;
import io.patrolagent.common.event.EventType;
import io.patrolagent.common.event.PatrolRequested;
import io.patrolagent.common.event.ReportFinished;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.patrol.Scope;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.stage.TopicProvisioner;
import io.patrolagent.embedded.EmbeddedKafka;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PatrolClientIT {

  private static EmbeddedKafka broker;
  private KafkaSettings kafka;
  private Topics topics;
  private PatrolClient client;
  private KafkaProducer<byte[], byte[]> sink;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedKafka.start();
    Awaitility.setDefaultTimeout(Duration.ofMinutes(1)); // a busy machine is not a failure
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void connect() throws Exception {
    kafka = KafkaSettings.of(broker.bootstrapServers());
    String prefix = "client-" + UUID.randomUUID() + ".";
    topics = new Topics(prefix);
    new TopicProvisioner(
            kafka,
            new TopicSettings(prefix, TopicSettings.Topics.CREATE, 2, 1, OptionalInt.empty()))
        .run();
    client = new PatrolClient(kafka, topics);
    sink =
        new KafkaProducer<>(
            kafka.forProducer(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  @AfterEach
  void disconnect() {
    sink.close();
    client.close();
  }

  @Test
  void aTriggerIsInItsTopicWhenItsIdIsReturned() throws Exception {
    PatrolId patrol = client.trigger(ReportType.WEEKLY, "alice");

    PatrolRequested trigger = firstTrigger();
    assertThat(trigger.patrolId()).isEqualTo(patrol);
    assertThat(trigger.reportType()).isEqualTo(ReportType.WEEKLY);
    assertThat(trigger.triggeredBy()).isEqualTo("alice");
  }

  @Test
  void runningAPatrolReturnsItsReportAndNoOther() throws Exception {
    PatrolRequested trigger = PatrolRequested.of(ReportType.ON_DEMAND, "alice");
    CompletableFuture<ReportFinished> running =
        CompletableFuture.supplyAsync(() -> run(trigger, Duration.ofSeconds(30)));
    await().until(() -> end(topics.requested()) == 1);

    finish(PatrolId.random(), "of somebody else");
    finish(trigger.patrolId(), "all is well");

    ReportFinished finished = running.get();
    assertThat(finished.reportId()).isEqualTo(trigger.patrolId());
    assertThat(finished.report().fleetNarrative()).isEqualTo("all is well");
  }

  @Test
  void aSharedPatrolIsFollowedToTheReportThatAnswersItThoughItIsThereAlready() throws Exception {
    PatrolId other = PatrolId.random();
    finish(other, "all is well");
    PatrolRequested trigger = PatrolRequested.of(ReportType.ON_DEMAND, "alice");
    CompletableFuture<ReportFinished> running =
        CompletableFuture.supplyAsync(() -> run(trigger, Duration.ofSeconds(30)));
    await().until(() -> end(topics.requested()) == 1);

    share(trigger.patrolId(), other);

    ReportFinished finished = running.get();
    assertThat(finished.patrolId()).isEqualTo(other);
    assertThat(finished.report().fleetNarrative()).isEqualTo("all is well");
  }

  @Test
  void aCancellationIsAnEventThatCancelsThePatrol() throws Exception {
    PatrolId patrol = PatrolId.random();
    AtomicInteger interrupted = new AtomicInteger();
    try (Cancellations cancellations = new Cancellations(kafka, topics)) {
      cancellations.watch(patrol, interrupted::incrementAndGet);
      cancellations.start();
      cancellations.awaitRead();
      assertThat(cancellations.of(patrol)).isEmpty();

      client.cancel(patrol, "bob");

      cancellations.awaitRead();
      assertThat(cancellations.of(patrol).orElseThrow().describe()).isEqualTo("cancelled by bob");
      assertThat(cancellations.of(PatrolId.random())).isEmpty();
      assertThat(interrupted).hasValue(1);
    }
  }

  @Test
  void aPatrolThatDoesNotEndInTimeIsSaid() {
    PatrolRequested trigger = PatrolRequested.of(ReportType.ON_DEMAND, "alice");

    assertThatThrownBy(() -> client.runPatrol(trigger, Duration.ofMillis(600)))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining(trigger.patrolId().toString());
  }

  @Test
  void topicsThatDoNotExistAreNamedWithTheRemedy() {
    try (PatrolClient lost = new PatrolClient(kafka, new Topics("nowhere."))) {
      assertThatThrownBy(() -> lost.runPatrol(ReportType.ON_DEMAND, "alice"))
          .isInstanceOf(PatrolClientException.class)
          .hasMessageContaining("nowhere.patrol.report-finished does not exist")
          .hasMessageContaining("prefix");
    }
  }

  @Test
  void aSubscriberGetsWhatFinishesFromNowOn() throws Exception {
    finish(PatrolId.random(), "before");
    List<String> seen = new CopyOnWriteArrayList<>();

    try (Subscription all =
        client.subscribe(finished -> seen.add(finished.report().fleetNarrative()))) {
      finish(PatrolId.random(), "after");
      await().until(() -> seen.contains("after"));
    }

    assertThat(seen).containsExactly("after");
  }

  @Test
  void aReportThatAHandlerThrowsAtComesAgain() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    List<String> taken = new CopyOnWriteArrayList<>();

    try (Subscription all =
        client.subscribe(
            finished -> {
              if (tries.incrementAndGet() == 1) {
                throw new IllegalStateException("chat is down");
              }
              taken.add(finished.report().fleetNarrative());
            })) {
      finish(PatrolId.random(), "once");
      await().until(() -> taken.size() == 1);
    }

    assertThat(tries).hasValue(2);
  }

  @Test
  void aGroupGoesOnWhereItWas() throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();
    ReportHandler handler = finished -> seen.add(finished.report().fleetNarrative());
    try (Subscription first = client.subscribe("chat", handler)) {
      int[] count = new int[1];
      // a new group begins at the end of each partition, once it has been assigned them
      await()
          .until(
              () -> {
                finish(PatrolId.random(), "probe " + count[0]++);
                return !seen.isEmpty();
              });
    }
    int before = seen.size();

    List<String> away = IntStream.range(0, 8).mapToObj(i -> "while away " + i).toList();
    for (String report : away) { // on every partition, also those of which the group saw nothing
      finish(PatrolId.random(), report);
    }
    try (Subscription second = client.subscribe("chat", handler)) {
      await().until(() -> seen.containsAll(away));
    }

    assertThat(seen).doesNotHaveDuplicates();
    assertThat(seen.size()).isGreaterThan(before);
  }

  private ReportFinished run(PatrolRequested trigger, Duration timeout) {
    try {
      return client.runPatrol(trigger, timeout);
    } catch (TimeoutException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void finish(PatrolId patrol, String narrative) throws Exception {
    finish(patrol, ReportStatus.COMPLETED, narrative, null);
  }

  private void share(PatrolId patrol, PatrolId other) throws Exception {
    finish(patrol, ReportStatus.SHARED, null, other);
  }

  private void finish(PatrolId patrol, ReportStatus status, String narrative, PatrolId sharedWith)
      throws Exception {
    PatrolReport report =
        new PatrolReport(
            patrol,
            status,
            ReportType.ON_DEMAND,
            "alice",
            Scope.FLEET,
            null,
            null,
            sharedWith,
            narrative,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            null,
            null,
            List.of(),
            null,
            null,
            Instant.now(),
            null,
            Instant.now(),
            Instant.now());
    sink.send(EventRecord.of(topics, ReportFinished.of(report, false), "report-sink")).get();
  }

  private PatrolRequested firstTrigger() throws Exception {
    try (var consumer = consumer()) {
      var partitions = partitions(topics.requested());
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (true) {
        for (var record : consumer.poll(Duration.ofMillis(100))) {
          return EventCodec.decode(EventType.REQUESTED, record.value());
        }
      }
    }
  }

  private long end(String topic) {
    try (var consumer = consumer()) {
      return consumer.endOffsets(partitions(topic)).values().stream().mapToLong(l -> l).sum();
    }
  }

  private static List<TopicPartition> partitions(String topic) {
    return List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> config = kafka.forConsumer();
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
