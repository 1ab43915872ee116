package io.patrolagent.systemtests.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.embedded.KafkaProxy;
import io.patrolagent.embedded.KafkaProxy.Fate;
import io.patrolagent.embedded.KafkaProxy.Request;
import io.patrolagent.systemtests.model.Hold;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The broker killed, frozen and emptied: nothing torn, nothing twice, no call but one again. */
class BrokerFaultsIT extends FaultKit {

  /**
   * A commit counts as unknown after 15 s; then the session (6 s), the transaction (10 s) and the
   * broker's scan for it (1 s) may have to end, and the patrol goes on.
   */
  private static final Duration BOUND = Duration.ofSeconds(60);

  /** Longer than the session of a member, 6 s, and then its coordinator looks. */
  private static final Duration BEYOND_THE_SESSION = Duration.ofSeconds(8);

  @Test
  void aJobOutlivesItsBroker() throws Exception {
    pipeline.startAll();

    Hold shorter = pipeline.model().holdNext(2);
    PatrolId back = pipeline.trigger();
    shorter.awaitReached();
    platform.broker().kill();
    platform.broker().restart();
    shorter.release();
    pipeline.interrupted(back);
    pipeline.recovers("broker killed and back during a model call", BOUND);
    assertOneEventEach(back);

    Hold longer = pipeline.model().holdNext(2);
    PatrolId away = pipeline.trigger();
    longer.awaitReached();
    platform.broker().kill();
    longer.release();
    await().atMost(BOUND).until(() -> pipeline.model().underWay() == 0);
    platform.broker().restart();
    pipeline.interrupted(away);
    pipeline.recovers("broker killed before the journal took an answer", BOUND);
    assertOneEventEach(away);
  }

  @Test
  void aBrokerFrozenBeyondTheSessionTimeoutLosesNothing() throws Exception {
    pipeline.startAll();
    Hold held = pipeline.model().holdNext(2);
    PatrolId patrol = pipeline.trigger();
    held.awaitReached();

    platform.broker().stop();
    held.release();
    TimeUnit.MILLISECONDS.sleep(BEYOND_THE_SESSION.toMillis()); // that long is the fault itself
    platform.broker().cont();

    pipeline.interrupted(patrol);
    pipeline.recovers("broker frozen beyond the session timeout", BOUND);
    assertOneEventEach(patrol);
  }

  /**
   * What the stage does not know: HOLD, the commit never arrived; LOSE_ANSWER, it is committed, and
   * publishing again would be a second event.
   */
  @ParameterizedTest
  @EnumSource(names = {"HOLD", "LOSE_ANSWER"})
  void aBrokerKilledDuringACommitLeavesOneEvent(Fate fate) throws Exception {
    pipeline.startAll();
    Topics topics = pipeline.topics();

    PatrolId first = killedDuringCommit(fate, "aggregator", topics.snapshotTakenOnDemand(), 1);
    PatrolId second = killedDuringCommit(fate, "agent-runner", topics.agentFinished(), 2);
    PatrolId third = killedDuringCommit(fate, "report-sink", topics.reportFinished(), 1);

    assertThat(List.of(first, second, third)).allSatisfy(this::assertOneEventEach);
    assertThat(pipeline.repeatedCalls()).isZero();
  }

  /**
   * @param output where the commit publishes
   * @param commit which of the stage's commits after the report was written; the runner's first is
   *     its journal's
   */
  private PatrolId killedDuringCommit(Fate fate, String stage, String output, int commit)
      throws Exception {
    int before = pipeline.ledger().values(output).size();
    CountDownLatch met;
    PatrolId patrol;
    if (stage.equals("aggregator")) {
      met = platform.proxy().once(fate, commitOf(stage, commit));
      patrol = pipeline.trigger();
    } else {
      Hold report = pipeline.model().holdNext(3);
      patrol = pipeline.trigger();
      report.awaitReached();
      met = platform.proxy().once(fate, commitOf(stage, commit));
      report.release();
    }
    assertThat(met.await(60, TimeUnit.SECONDS)).isTrue();
    if (fate == Fate.LOSE_ANSWER) {
      await().atMost(BOUND).until(() -> pipeline.ledger().values(output).size() == before + 1);
    }

    platform.broker().kill();
    platform.proxy().thaw();
    platform.broker().restart();

    String when = fate == Fate.HOLD ? "before the broker had it" : "before the answer";
    pipeline.recovers("broker killed during a commit of " + stage + ", " + when, BOUND);
    return patrol;
  }

  private static Predicate<Request> commitOf(String stage, int number) {
    AtomicInteger commits = new AtomicInteger();
    return request ->
        request.apiKey() == KafkaProxy.END_TXN
            && request.clientId().startsWith(stage)
            && commits.incrementAndGet() == number;
  }

  @Test
  void triggersOfATopicMadeAnewAreNewPatrols() throws Exception {
    Topics topics = pipeline.topics();
    pipeline.startAll();
    PatrolId before = pipeline.triggerBare("{\"report_type\":\"on_demand\",\"focus\":\"before\"}");
    pipeline.ledger().awaitEnded(List.of(before), BOUND);
    for (var service : pipeline.services()) {
      service.kill();
    }

    pipeline
        .ledger()
        .admin()
        .deleteTopics(
            List.of(topics.requested(), topics.snapshotTakenOnDemand(), topics.agentFinished()))
        .all()
        .get();
    pipeline.startAll();
    PatrolId after = pipeline.triggerBare("{\"report_type\":\"on_demand\",\"focus\":\"after\"}");

    pipeline.recovers("topics made anew", BOUND);
    assertThat(after).isNotEqualTo(before);
    assertThat(pipeline.model().roundsOf("after")).containsExactly(1, 2, 3);
  }

  private void assertOneEventEach(PatrolId patrol) {
    Topics topics = pipeline.topics();
    for (String topic :
        List.of(topics.snapshotTakenOnDemand(), topics.agentFinished(), topics.reportFinished())) {
      assertThat(pipeline.ledger().values(topic))
          .as("events of patrol %s in %s", patrol, topic)
          .filteredOn(event -> idOf(event).equals(patrol.toString()))
          .hasSize(1);
    }
  }

  private static String idOf(JsonNode event) {
    JsonNode id = event.get("patrol_id");
    return (id == null ? event.get("request").get("patrol_id") : id).asText();
  }
}
