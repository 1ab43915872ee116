package io.patrolagent.systemtests.fault;

import static io.patrolagent.systemtests.fault.Requests.endTxnOf;
import static io.patrolagent.systemtests.fault.Requests.nth;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.embedded.KafkaProxy.Fate;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Services killed at each of their commits: with the commit on its way, so that it never happens,
 * and with the answer on its way, so that it has happened and they never hear.
 *
 * <p>An agent-runner commits six times in a patrol of three model calls: that the first call
 * begins, four times that a step is done and the next begins, and the end.
 */
@Timeout(600)
class KilledServicesIT extends FaultKit {

  /** The group notices after 6 s, a JVM starts, and the steps that are left are done. */
  private static final Duration BOUND = Duration.ofSeconds(45);

  private static final int COMMITS = 6;

  @TestFactory
  Stream<DynamicTest> anAgentRunnerKilledBeforeACommitRepeatsAtMostTheModelCallThatItWasAbout()
      throws Exception {
    pipeline.startAll();
    return IntStream.rangeClosed(1, COMMITS)
        .mapToObj(
            commit ->
                dynamicTest("commit " + commit, () -> killBeforeAnAgentRunnersCommit(commit)));
  }

  private void killBeforeAnAgentRunnersCommit(int commit) throws Exception {
    CountDownLatch lost =
        platform.proxy().once(Fate.LOSE_REQUEST, nth(commit, endTxnOf("agent-runner")));
    PatrolId patrol = pipeline.trigger();
    assertThat(lost.await(1, TimeUnit.MINUTES)).isTrue();

    killAndReplace("agent-runner");

    boolean modelCallLost = commit % 2 == 0;
    if (modelCallLost) {
      pipeline.interrupted(patrol);
    }
    pipeline.recovers("agent-runner killed before a commit", BOUND);
    assertThat(pipeline.calls(patrol)).hasSize(modelCallLost ? 4 : 3);
  }

  @TestFactory
  Stream<DynamicTest> anAgentRunnerKilledAfterACommitRepeatsNoModelCall() throws Exception {
    pipeline.startAll();
    return IntStream.rangeClosed(1, COMMITS)
        .mapToObj(
            commit -> dynamicTest("commit " + commit, () -> killAfterAnAgentRunnersCommit(commit)));
  }

  private void killAfterAnAgentRunnersCommit(int commit) throws Exception {
    CountDownLatch lost =
        platform.proxy().once(Fate.LOSE_ANSWER, nth(commit, endTxnOf("agent-runner")));
    PatrolId patrol = pipeline.trigger();
    assertThat(lost.await(1, TimeUnit.MINUTES)).isTrue();
    awaitCommitted(patrol, commit);

    killAndReplace("agent-runner");

    pipeline.recovers("agent-runner killed after a commit", BOUND);
    assertThat(pipeline.calls(patrol)).containsExactly(1, 2, 3);
  }

  /**
   * The first commit leaves one entry in the journal, each that follows two, the last the report.
   */
  private void awaitCommitted(PatrolId patrol, int commit) {
    var topics = pipeline.topics();
    boolean last = commit == COMMITS;
    String topic = last ? topics.agentFinished() : topics.journal(topics.snapshotTakenOnDemand());
    int entries = last ? 1 : 2 * commit - 1;
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                pipeline.ledger().records(topic).stream()
                        .filter(
                            record -> new String(record.key(), UTF_8).contains(patrol.toString()))
                        .count()
                    >= entries);
  }

  @Test
  void anAggregatorKilledBeforeItsCommitTakesTheSnapshotAgain() throws Exception {
    pipeline.startAll();
    CountDownLatch lost = platform.proxy().once(Fate.LOSE_REQUEST, endTxnOf("aggregator"));
    PatrolId patrol = pipeline.trigger();
    assertThat(lost.await(1, TimeUnit.MINUTES)).isTrue();

    killAndReplace("aggregator");

    pipeline.recovers("aggregator killed before its commit", BOUND);
    assertThat(pipeline.calls(patrol)).containsExactly(1, 2, 3);
  }

  @Test
  void anAggregatorKilledAfterItsCommitTakesNoSecondSnapshot() throws Exception {
    pipeline.startAll();
    platform.proxy().once(Fate.LOSE_ANSWER, endTxnOf("aggregator"));
    PatrolId patrol = pipeline.trigger();
    String snapshots = pipeline.topics().snapshotTakenOnDemand();
    await().until(() -> pipeline.ledger().records(snapshots).size() == 1);

    killAndReplace("aggregator");

    pipeline.recovers("aggregator killed after its commit", BOUND);
    assertThat(pipeline.calls(patrol)).containsExactly(1, 2, 3);
    assertThat(pipeline.ledger().records(snapshots)).as("its own, and one of progress").hasSize(2);
  }

  @Test
  void aReportSinkKilledBetweenRowAndEventPublishesTheEventOfTheRow() throws Exception {
    pipeline.startAll();
    CountDownLatch lost = platform.proxy().once(Fate.LOSE_REQUEST, endTxnOf("report-sink"));
    PatrolId patrol = pipeline.trigger();
    assertThat(lost.await(1, TimeUnit.MINUTES)).isTrue();
    assertThat(pipeline.ledger().row(patrol).announced()).isFalse();

    killAndReplace("report-sink");

    pipeline.recovers("report-sink killed between row and event", BOUND);
  }

  @Test
  void aReportSinkKilledBetweenEventAndItsNotePublishesNoSecondEvent() throws Exception {
    pipeline.startAll();
    platform.proxy().once(Fate.LOSE_ANSWER, endTxnOf("report-sink"));
    PatrolId patrol = pipeline.trigger();
    await().atMost(Pipeline.UNDISTURBED).until(() -> pipeline.ledger().finished().size() == 1);
    assertThat(pipeline.ledger().row(patrol).announced()).isFalse();

    killAndReplace("report-sink");

    // nobody is told of it again, so nobody notes it: what counts is that a reader sees one event
    pipeline.progresses();
    assertThat(pipeline.ledger().finished()).hasSize(2);
  }

  private void killAndReplace(String module) throws Exception {
    pipeline.service(module).kill();
    platform.proxy().thaw();
    pipeline.launch(module);
  }
}
