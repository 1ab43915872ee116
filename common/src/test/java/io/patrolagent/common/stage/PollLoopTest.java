package io.patrolagent.common.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the loop asks of its consumer, with Kafka's own consumer for tests. */
@Timeout(30)
class PollLoopTest implements PollLoop.Workers {

  private static final TopicPartition PARTITION = new TopicPartition("patrol.requested", 0);
  private static final StageOptions OPTIONS =
      StageOptions.of("stage", "group", List.of(PARTITION.topic()), 1);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final List<OwnedPartition> claims = new CopyOnWriteArrayList<>();
  private final List<RecordJob> jobs = new CopyOnWriteArrayList<>();
  private final List<Long> positioned = new CopyOnWriteArrayList<>();
  private final PollLoop loop =
      new PollLoop(
          consumer,
          OPTIONS,
          new Membership(),
          this,
          new StageMetrics(OPTIONS, new SimpleMeterRegistry(), Clock.systemUTC()));
  private final Thread thread = new Thread(loop::run, "poll-loop-test");

  @Override
  public void claim(OwnedPartition partition) {
    claims.add(partition);
  }

  @Override
  public void work(OwnedPartition partition, RecordJob job) {
    jobs.add(job);
  }

  @Override
  public void positioned(OwnedPartition partition, long committed) {
    positioned.add(committed);
  }

  @BeforeEach
  void assignAPartitionWithARecord() {
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.schedulePollTask(() -> consumer.rebalance(List.of(PARTITION)));
    consumer.schedulePollTask(() -> consumer.addRecord(record(0)));
    thread.start();
    await().until(() -> claims.size() == 1);
  }

  @AfterEach
  void stop() throws InterruptedException {
    loop.stop();
    thread.join();
    loop.close(Duration.ZERO);
  }

  @Test
  void aPartitionIsPausedUntilItsFormerOwnersAreFenced() {
    assertThat(consumer.paused()).containsExactly(PARTITION);
    assertThat(jobs).isEmpty();

    loop.claimed(claims.get(0));

    await().until(() -> !jobs.isEmpty());
  }

  @Test
  void aPartitionIsPausedWhileItsRecordIsWorkedOnAndResumedAfter() {
    loop.claimed(claims.get(0));
    await().until(() -> jobs.size() == 1);

    await().until(() -> consumer.paused().contains(PARTITION));
    consumer.addRecord(record(1));
    loop.finished(claims.get(0), true);

    await().until(() -> jobs.size() == 2);
    assertThat(jobs).extracting(job -> job.source().offset()).containsExactly(0L, 1L);
  }

  @Test
  void aPauseThatWasDroppedIsMadeAgain() {
    loop.claimed(claims.get(0));
    await().until(() -> jobs.size() == 1 && consumer.paused().contains(PARTITION));
    List<Boolean> dropped = new CopyOnWriteArrayList<>();

    consumer.schedulePollTask(
        () -> {
          consumer.resume(List.of(PARTITION));
          dropped.add(true);
        });

    await().until(() -> !dropped.isEmpty() && consumer.paused().contains(PARTITION));
    assertThat(jobs).hasSize(1);
  }

  @Test
  void aJobWhoseCommitIsUnknownIsDeliveredAgainOnceThePartitionIsFencedAgain() {
    loop.claimed(claims.get(0));
    await().until(() -> jobs.size() == 1);
    assertThat(positioned).containsExactly(0L);

    loop.finished(claims.get(0), false);
    await().until(() -> claims.size() == 2);
    assertThat(jobs).hasSize(1);
    consumer.schedulePollTask(() -> consumer.addRecord(record(0))); // as a broker would again
    loop.claimed(claims.get(1));

    await().until(() -> jobs.size() == 2);
    assertThat(jobs).extracting(job -> job.source().offset()).containsExactly(0L, 0L);
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset) {
    return new ConsumerRecord<>(PARTITION.topic(), 0, offset, new byte[0], new byte[0]);
  }
}
