package io.patrolagent.common.stage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patrolagent.common.event.PatrolFailed;
import io.patrolagent.common.event.SnapshotTaken;
import io.patrolagent.common.event.UndecodableEventException;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.embedded.EmbeddedKafka;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StageJournalIT {

  private static final String PATROL = "0192f0c1-2b7e-7c55-8d7e-3f2a9c1b5e44";
  private static final String TRIGGER =
      "{\"report_type\":\"morning\",\"patrol_id\":\"" + PATROL + "\"}";

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
    stage = new StageHarness(broker.bootstrapServers(), 1);
  }

  @AfterEach
  void closeStages() {
    stage.close();
  }

  @Test
  void theNextOwnerGoesOnAfterTheLastStepThatWasJournaled() throws Exception {
    Steps first = new Steps();
    first.before("two", job -> job.waitUnlessStopped(Duration.ofMinutes(5)));
    StageRuntime<?> former = start(first);
    stage.trigger(0, TRIGGER);
    first.awaitWaiting();
    former.close();

    Steps next = new Steps();
    start(next);

    await().until(() -> stage.committed(0) == 1);
    assertThat(next.taken).containsExactly("two", "three");
    assertThat(stage.values(journal())).containsExactly("one", "two", "three", "end");
    assertThat(stage.visible(stage.topics.snapshotTaken())).hasSize(1);
  }

  @Test
  void aJobWhosePartitionWasFencedCannotWriteAndBeginsAgainFromTheJournal() throws Exception {
    Steps steps = new Steps();
    CountDownLatch fenced = new CountDownLatch(1);
    steps.before("two", job -> fenced.await());
    start(steps);
    stage.trigger(0, TRIGGER);
    steps.awaitWaiting();

    PartitionProducer.fencing(
            stage.kafka.forProducer(),
            "zombie",
            stage.options().group() + "-" + stage.topics.requested() + "-0",
            Duration.ofSeconds(10))
        .close();
    fenced.countDown();

    await().until(() -> stage.committed(0) == 1);
    // the step whose entry was refused is taken once more, the one before it is not
    assertThat(steps.taken).containsExactly("one", "two", "two", "three");
    assertThat(stage.values(journal())).containsExactly("one", "two", "three", "end");
  }

  @Test
  void stepsBehindSomebodysOpenTransactionAreWaitedForAndNotTakenAgain() throws Exception {
    try (var other = transactional("another-tool");
        var former = transactional("former-owner")) {
      other.beginTransaction();
      other.send(entry("another-patrol", "one")).get();
      former.beginTransaction();
      former.send(entry(PATROL, "one")).get();
      former.commitTransaction();
      Steps steps = new Steps();
      start(steps);
      stage.trigger(0, TRIGGER);

      await().during(Duration.ofSeconds(2)).until(steps.taken::isEmpty);
      other.commitTransaction();

      await().until(() -> stage.committed(0) == 1);
      assertThat(steps.taken).containsExactly("two", "three");
    }
  }

  @Test
  void aFinishedRecordLeavesItsLastEntryAlone() throws Exception {
    StageRuntime<?> former = start(new Steps());
    stage.trigger(0, TRIGGER);
    await().until(() -> stage.committed(0) == 1);
    former.close();

    Steps next = new Steps();
    start(next);
    stage.trigger(0, TRIGGER);

    await().until(() -> stage.committed(0) == 2);
    assertThat(next.read).containsExactly(List.of("end"));
    assertThat(next.taken).isEmpty();
  }

  @Test
  void aPatrolThatIsGivenUpHasItsLastEntryToo() throws Exception {
    Steps steps = new Steps();
    steps.before(
        "two",
        job -> {
          throw new PermanentFailureException("no");
        });
    start(steps);

    stage.trigger(0, TRIGGER);

    await().until(() -> stage.committed(0) == 1);
    assertThat(stage.values(journal())).containsExactly("one", "end");
    assertThat(stage.visible(stage.topics.failed())).hasSize(1);
  }

  private StageRuntime<?> start(Steps steps) {
    return stage.start(stage.options().withJournal(journal()), steps, stage.kafka);
  }

  private String journal() {
    return stage.topics.journal(stage.topics.snapshotTaken());
  }

  private ProducerRecord<byte[], byte[]> entry(String key, String value) {
    return new ProducerRecord<>(journal(), 0, key.getBytes(UTF_8), value.getBytes(UTF_8));
  }

  private KafkaProducer<byte[], byte[]> transactional(String id) {
    Map<String, Object> config = new HashMap<>(stage.kafka.forProducer());
    config.put("transactional.id", stage.topics.prefix() + id);
    var producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    producer.initTransactions();
    return producer;
  }

  /** Takes three steps and journals each; those that the journal knows it does not take again. */
  private static final class Steps implements StageHandler<PatrolRequest> {

    interface Hook {
      void run(RecordJob job) throws Exception;
    }

    final List<String> taken = new CopyOnWriteArrayList<>();
    final List<List<String>> read = new CopyOnWriteArrayList<>();
    private final Map<String, Hook> hooks = new ConcurrentHashMap<>();
    private final CountDownLatch waiting = new CountDownLatch(1);

    void before(String step, Hook hook) {
      hooks.put(step, hook);
    }

    void awaitWaiting() throws InterruptedException {
      waiting.await();
    }

    @Override
    public PatrolRequest decode(SourceRecord record) throws UndecodableEventException {
      return TestHandler.doingNothing().decode(record);
    }

    @Override
    public Outcome handle(PatrolRequest request, Job job) throws Exception {
      String key = request.patrolId().toString();
      List<String> known = job.journal().read(key);
      read.add(known);
      if (known.contains("end")) {
        return Outcome.acknowledge();
      }
      for (String step : List.of("one", "two", "three")) {
        if (!known.contains(step)) {
          Hook hook = hooks.remove(step);
          if (hook != null) {
            waiting.countDown();
            hook.run((RecordJob) job);
          }
          job.checkpoint();
          taken.add(step);
          job.journal().append(key, List.of(step));
        }
      }
      return Outcome.publish(
          new SnapshotTaken(request, TestHandler.snapshot(request.requestedAt())));
    }

    @Override
    public @Nullable Instant expiresAt(PatrolRequest request) {
      return null;
    }

    @Override
    public Optional<JournalEnd> journalEnd(PatrolRequest request) {
      return Optional.of(new JournalEnd(request.patrolId().toString(), "end"));
    }

    @Override
    public Optional<PatrolFailed> failure(
        PatrolRequest request, ReportStatus status, String reason) {
      return Optional.of(PatrolFailed.of(request, "stage", status, reason, Instant.now()));
    }
  }
}
