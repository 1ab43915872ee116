package io.patrolagent.common.stage;

import static io.patrolagent.embedded.KafkaProxy.END_TXN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patrolagent.embedded.EmbeddedKafka;
import io.patrolagent.embedded.KafkaProxy;
import io.patrolagent.embedded.KafkaProxy.Fate;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may commit for a partition: rebalances, zombies, fencing and commits of unknown result. */
@Timeout(120)
class StageOwnershipIT {

  private static EmbeddedKafka broker;
  private static KafkaProxy proxy;
  private StageHarness stage;

  @BeforeAll
  static void startBrokerBehindProxy() throws Exception {
    ServerSocket reserved = KafkaProxy.reserve();
    broker =
        EmbeddedKafka.start(
            EmbeddedKafka.Options.defaults()
                .withBrokerOverride(
                    "advertised.listeners", "PLAINTEXT://127.0.0.1:" + reserved.getLocalPort())
                .withBrokerOverride("group.consumer.session.timeout.ms", "2000")
                .withBrokerOverride("group.consumer.heartbeat.interval.ms", "300"));
    proxy = KafkaProxy.start(reserved, broker.port());
  }

  @AfterAll
  static void stopBroker() {
    proxy.close();
    broker.close();
  }

  @BeforeEach
  void makeTopics() throws Exception {
    stage = new StageHarness(proxy.address(), 2);
  }

  @AfterEach
  void closeStages() {
    proxy.thaw();
    stage.close();
  }

  @Test
  void aRevokedPartitionsJobStopsAtItsNextStepBeforeTheNextOwnerBegins() throws Exception {
    List<String> order = new CopyOnWriteArrayList<>();
    TestHandler steps =
        new TestHandler(
            (request, job) -> {
              try {
                while (true) {
                  job.checkpoint();
                  Thread.onSpinWait();
                }
              } catch (InterruptedException e) {
                order.add(request.focus() + " stopped");
                throw e;
              }
            });
    TestHandler quick = new TestHandler((request, job) -> order.add(request.focus() + " begun"));
    stage.start(steps);
    triggerBothPartitions();
    await().until(() -> steps.begun.size() == 2);

    stage.start(quick);

    await().until(() -> quick.done.size() == 1);
    String moved = quick.done.get(0);
    assertThat(order).startsWith(moved + " stopped", moved + " begun");
    await().until(() -> visible() == 1);
  }

  @Test
  void aJobThatDoesNotStopLosesItsPartitionAfterTheGraceAndCannotCommit() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    TestHandler deaf = new TestHandler((request, job) -> awaitIgnoringInterrupts(release));
    TestHandler quick = TestHandler.doingNothing();
    stage.start(stage.options().withRevocationGrace(Duration.ofMillis(200)), deaf, stage.kafka);
    triggerBothPartitions();
    await().until(() -> deaf.begun.size() == 2);

    stage.start(quick);
    await().until(() -> quick.done.size() == 1);
    release.countDown();

    await().until(() -> deaf.done.size() == 2 && stage.committed(0) + stage.committed(1) == 2);
    assertThat(visible()).isEqualTo(2);
    assertThat(quick.begun).hasSize(1);
  }

  @Test
  void aCommitThatHasBegunEndsBeforeThePartitionIsGivenBack() throws Exception {
    TopicPartition at = new TopicPartition(stage.topics.requested(), 0);
    Membership membership = new Membership();
    // metadata without a member: the group itself refuses nobody
    membership.refresh(new ConsumerGroupMetadata(stage.topics.group("nobody")));
    OwnedPartition partition = new OwnedPartition(at, membership);
    partition.claimed(fencing("owner"), "topic-id", null);
    var record = new ProducerRecord<byte[], byte[]>(stage.topics.failed(), new byte[] {1});
    CountDownLatch held =
        proxy.once(Fate.HOLD, r -> r.apiKey() == END_TXN && r.clientId().equals("owner"));
    var commit = CompletableFuture.supplyAsync(() -> partition.commit(List.of(record), 1));
    held.await();

    Thread release = new Thread(() -> partition.release(Duration.ZERO));
    release.start();
    await().until(() -> release.getState() == Thread.State.WAITING);
    proxy.thaw();

    assertThat(commit.get()).isInstanceOf(CommitResult.Committed.class);
    release.join();
    assertThat(partition.isOwned()).isFalse();
  }

  @Test
  void aJobLongerThanThePollIntervalKeepsItsPartition() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    TestHandler patient = new TestHandler((request, job) -> release.await());
    stage.start(stage.options(), patient, stage.kafka.with("max.poll.interval.ms", "1500"));
    triggerBothPartitions();
    await().until(() -> patient.begun.size() == 2);

    await()
        .during(Duration.ofSeconds(4))
        .atMost(Duration.ofSeconds(8))
        .until(() -> memberCount() == 1);
    release.countDown();

    await().until(() -> visible() == 2);
    assertThat(patient.begun).hasSize(2);
  }

  @Test
  void aZombieWhoseSuccessorTookOverCommitsNothing() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    TestHandler zombie = new TestHandler((request, job) -> awaitIgnoringInterrupts(release));
    TestHandler successor = TestHandler.doingNothing();
    StageRuntime<?> frozen = stage.start(zombie);
    triggerBothPartitions();
    await().until(() -> zombie.begun.size() == 2);

    proxy.freeze(clientId -> clientId.startsWith(frozen.clientId()));
    stage.start(successor);
    await().until(() -> stage.committed(0) == 1 && stage.committed(1) == 1);
    proxy.thaw();
    release.countDown();

    await().until(() -> zombie.done.size() == 2 && memberCount() == 2);
    triggerBothPartitions();
    await().until(() -> stage.committed(0) == 2 && stage.committed(1) == 2);
    assertThat(successor.begun).hasSizeGreaterThanOrEqualTo(2);
    assertThat(visible()).isEqualTo(4);
  }

  @Test
  void aTransactionThatAFrozenOwnerLeftOpenIsAbortedByItsSuccessor() throws Exception {
    TestHandler first = TestHandler.doingNothing();
    TestHandler successor = TestHandler.doingNothing();
    StageRuntime<?> frozen = stage.start(first);
    warmUp(first);
    CountDownLatch held = proxy.once(Fate.HOLD, endTxnOf(frozen));
    stage.trigger(0, "{\"report_type\":\"morning\",\"focus\":\"p0\"}");
    held.await();
    CountDownLatch stillHeld = proxy.freeze(id -> id.startsWith(frozen.clientId()));
    stillHeld.await();

    stage.start(successor);

    await().until(() -> stage.committed(0) == 2);
    assertThat(successor.done).contains("p0");
    proxy.thaw();
    await().until(() -> memberCount() == 2);
    triggerBothPartitions();
    await().until(() -> stage.committed(0) == 3 && stage.committed(1) == 2);
    assertThat(visible()).isEqualTo(5);
  }

  @Test
  void anOwnerThatAZombieFencedInitialisesAgainAndGoesOn() throws Exception {
    TestHandler owner = TestHandler.doingNothing();
    stage.start(owner);
    warmUp(owner);

    fencing("zombie").close();
    stage.trigger(0, "{\"report_type\":\"morning\",\"focus\":\"after\"}");

    await().until(() -> stage.committed(0) == 2);
    assertThat(visible()).isEqualTo(3);
  }

  @Test
  void aProducerThatWasFencedPublishesNothing() throws Exception {
    PartitionProducer former = fencing("former");
    PartitionProducer owner = fencing("owner");
    var record = new ProducerRecord<byte[], byte[]>(stage.topics.failed(), new byte[] {1});
    var source = new TopicPartition(stage.topics.requested(), 0);
    // metadata without a member: the group itself refuses nobody
    var anybody = new ConsumerGroupMetadata(stage.topics.group("nobody"));

    CommitResult refused = former.commit(List.of(record), source, 1, anybody);
    CommitResult accepted = owner.commit(List.of(record), source, 1, anybody);

    assertThat(refused).isInstanceOf(CommitResult.Unknown.class);
    assertThat(accepted).isInstanceOf(CommitResult.Committed.class);
    assertThat(stage.visible(stage.topics.failed())).hasSize(1);
    former.close();
    owner.close();
  }

  @Test
  void aCommitOfAProducerThatWasClosedByForceIsUnknownAndNoBug() throws Exception {
    PartitionProducer lost = fencing("lost");
    var record = new ProducerRecord<byte[], byte[]>(stage.topics.failed(), new byte[] {1});
    var source = new TopicPartition(stage.topics.requested(), 0);
    var anybody = new ConsumerGroupMetadata(stage.topics.group("nobody"));

    lost.close(); // as abandoning does while the job's thread is about to commit

    assertThat(lost.commit(List.of(record), source, 1, anybody))
        .isInstanceOf(CommitResult.Unknown.class);
    assertThat(lost.append(List.of(record))).isInstanceOf(CommitResult.Unknown.class);
  }

  @Test
  void aCommitWhoseAnswerIsLostIsNotRepeated() throws Exception {
    TestHandler handler = TestHandler.doingNothing();
    StageRuntime<?> committing =
        stage.start(stage.options().withCommitTimeout(Duration.ofSeconds(2)), handler, stage.kafka);
    warmUp(handler);
    CountDownLatch lost = proxy.once(Fate.LOSE_ANSWER, endTxnOf(committing));

    stage.trigger(0, "{\"report_type\":\"morning\",\"focus\":\"p0\"}");
    lost.await();
    stage.trigger(0, "{\"report_type\":\"morning\",\"focus\":\"next\"}");

    await().until(() -> stage.committed(0) == 3);
    assertThat(handler.begun).filteredOn("p0"::equals).hasSize(1);
    assertThat(visible()).isEqualTo(4);
    await().until(() -> handler.followed.contains("p0"));
  }

  @Test
  void aCommitThatNeverReachedTheBrokerIsMadeAgain() throws Exception {
    TestHandler handler = TestHandler.doingNothing();
    StageRuntime<?> committing =
        stage.start(stage.options().withCommitTimeout(Duration.ofSeconds(2)), handler, stage.kafka);
    warmUp(handler);
    proxy.once(Fate.LOSE_REQUEST, endTxnOf(committing));

    stage.trigger(0, "{\"report_type\":\"morning\",\"focus\":\"p0\"}");

    await().until(() -> stage.committed(0) == 2);
    assertThat(handler.begun).filteredOn("p0"::equals).hasSize(2);
    assertThat(visible()).isEqualTo(3);
    await().until(() -> handler.followed.contains("p0"));
    assertThat(handler.followed).filteredOn("p0"::equals).hasSize(1);
  }

  @Test
  void membersThatComeAndGoLoseAndRepeatNothing() throws Exception {
    List<TestHandler> handlers = new ArrayList<>();
    List<StageRuntime<?>> members = new ArrayList<>();
    int records = 40;
    for (int i = 0; i < records; i++) {
      stage.trigger(i % 2, "{\"report_type\":\"morning\",\"focus\":\"" + i + "\"}");
      if (i % 8 == 0) {
        TestHandler handler = TestHandler.doingNothing();
        handlers.add(handler);
        members.add(stage.start(handler));
        await().until(() -> handlers.stream().anyMatch(h -> !h.done.isEmpty()));
      } else if (i % 8 == 4) {
        members.remove(0).close();
      }
    }
    TestHandler last = TestHandler.doingNothing();
    stage.start(last);

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> stage.committed(0) + stage.committed(1) == records);
    assertThat(visible()).isEqualTo(records);
  }

  private static Predicate<KafkaProxy.Request> endTxnOf(StageRuntime<?> stage) {
    return r -> r.apiKey() == END_TXN && r.clientId().startsWith(stage.clientId());
  }

  private PartitionProducer fencing(String clientId) {
    return PartitionProducer.fencing(
        stage.kafka.forProducer(),
        clientId,
        stage.options().group() + "-" + stage.topics.requested() + "-0",
        Duration.ofSeconds(10));
  }

  private void triggerBothPartitions() throws Exception {
    for (int partition : List.of(0, 1)) {
      stage.trigger(partition, "{\"report_type\":\"morning\",\"focus\":\"p" + partition + "\"}");
    }
  }

  /** One record of each partition, so that both are owned and their producers have committed. */
  private void warmUp(TestHandler handler) throws Exception {
    for (int partition : List.of(0, 1)) {
      stage.trigger(partition, "{\"report_type\":\"morning\",\"focus\":\"warm\"}");
    }
    await().until(() -> stage.committed(0) == 1 && stage.committed(1) == 1);
    assertThat(handler.begun).containsOnly("warm");
  }

  private int visible() {
    return stage.visible(stage.topics.snapshotTaken()).size();
  }

  private int memberCount() throws Exception {
    String group = stage.options().group();
    return stage
        .admin
        .describeConsumerGroups(List.of(group))
        .all()
        .get()
        .get(group)
        .members()
        .size();
  }

  private static void awaitIgnoringInterrupts(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        // a job that is deaf to being stopped
      }
    }
  }
}
