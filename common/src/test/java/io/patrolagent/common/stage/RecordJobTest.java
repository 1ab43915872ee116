package io.patrolagent.common.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RecordJobTest {

  private final RecordJob job =
      TestJobs.job(
          new SourceRecord(
              "patrol.requested", "id", 3, 17, Instant.EPOCH, null, null, new RecordHeaders()));

  @Test
  void aCheckpointWaitsForAPollAfterTheProcessWasHeldUp() throws Exception {
    Membership membership = new Membership(); // no poll has returned yet, as if long ago
    RecordJob heldUp = new RecordJob(job.source(), TestJobs.NO_JOURNAL, membership);
    CompletableFuture<Void> passed = new CompletableFuture<>();
    Thread worker =
        new Thread(
            () -> {
              try {
                heldUp.checkpoint();
                passed.complete(null);
              } catch (InterruptedException e) {
                passed.completeExceptionally(e);
              }
            });
    worker.setDaemon(true);
    worker.start();
    await().until(() -> worker.getState() == Thread.State.TIMED_WAITING);

    membership.refresh(new ConsumerGroupMetadata("patrol.stage"));

    passed.join();
  }

  @Test
  void aStopEndsTheWaitForAPoll() {
    RecordJob heldUp = new RecordJob(job.source(), TestJobs.NO_JOURNAL, new Membership());

    heldUp.stop();

    assertThatThrownBy(heldUp::checkpoint).isInstanceOf(InterruptedException.class);
  }

  @AfterEach
  void leaveNoInterrupt() {
    Thread.interrupted();
  }

  @Test
  void aJobThatIsStoppedInTheQueueIsOverAndDoesNotBegin() throws Exception {
    job.stop();

    assertThat(job.awaitOver(Duration.ZERO)).isTrue();
    assertThat(job.begin()).isFalse();
  }

  @Test
  void aJobIsOverWhenItsThreadSaysSo() throws Exception {
    assertThat(job.begin()).isTrue();

    job.stop();
    assertThat(job.awaitOver(Duration.ZERO)).as("over while it runs").isFalse();

    job.end();
    assertThat(job.awaitOver(Duration.ZERO)).isTrue();
  }

  @Test
  void aCheckpointLetsPassUntilTheJobIsStopped() {
    assertThat(job.begin()).isTrue();
    assertThatCode(job::checkpoint).doesNotThrowAnyException();
    assertThat(job.isStopping()).isFalse();

    job.stop();

    assertThat(job.isStopping()).isTrue();
    assertThatThrownBy(job::checkpoint)
        .isInstanceOf(InterruptedException.class)
        .hasMessage("patrol.requested-3@17 is taken away");
  }

  @Test
  void aWaitThatNobodyStopsEnds() {
    assertThatCode(() -> job.waitUnlessStopped(Duration.ofMillis(1))).doesNotThrowAnyException();
    assertThatCode(() -> job.waitUnlessStopped(Duration.ofMillis(-5))).doesNotThrowAnyException();
  }

  @Test
  void aStoppedJobDoesNotWait() {
    job.stop();

    assertThatThrownBy(() -> job.waitUnlessStopped(Duration.ofDays(1)))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void onlyTheThreadOfARunningJobIsInterrupted() {
    job.interrupt();
    assertThat(Thread.interrupted()).as("before it begins").isFalse();

    assertThat(job.begin()).isTrue();
    job.interrupt();
    assertThat(Thread.interrupted()).as("while it runs").isTrue();

    job.end();
    job.interrupt();
    assertThat(Thread.interrupted()).as("after it is over").isFalse();
  }
}
