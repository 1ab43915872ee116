package io.patrolagent.systemtests.fault;

import static io.patrolagent.systemtests.fault.Requests.endTxnOf;
import static io.patrolagent.systemtests.fault.Requests.nth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.embedded.KafkaProxy.Fate;
import io.patrolagent.systemtests.model.Hold;
import io.patrolagent.systemtests.process.ServiceProcess;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.MemberDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services that stand still for longer than their group waits for them, and wake up again. */
class FrozenServicesIT extends FaultKit {

  /**
   * What a successor waits for at most: 6 s until the group gives the partition away, 10 s until a
   * transaction that was left open times out, 1 s until the broker looks for such, and 13 s for a
   * JVM to start and the patrol to go on.
   */
  private static final Duration BOUND = Duration.ofSeconds(30);

  @ParameterizedTest
  @CsvSource({"aggregator, 1", "agent-runner, 2", "report-sink, 1"})
  void aServiceFrozenInACommitThatWakesAfterItsSuccessorWritesNothing(String module, int commit)
      throws Exception {
    pipeline.startAll();
    CountDownLatch held = platform.proxy().once(Fate.HOLD, nth(commit, endTxnOf(module)));
    PatrolId patrol = pipeline.trigger();
    assertThat(held.await(1, TimeUnit.MINUTES)).isTrue();
    ServiceProcess zombie = pipeline.service(module);
    zombie.stop();
    pipeline.interrupted(patrol);

    pipeline.launch(module);

    pipeline.recovers(module + " frozen in a commit", BOUND);
    zombie.cont();
    platform.proxy().thaw(); // its commit arrives at the broker only now
    await().atMost(BOUND).until(() -> zombie.hasLogged("has lost"));
    pipeline.progresses();
    assertThat(pipeline.ledger().records(pipeline.topics().agentFinished())).hasSize(3);
  }

  @Test
  void aRunnerThatWakesBeforeAnySuccessorGoesOn() throws Exception {
    pipeline.startAll();
    Hold hold = pipeline.model().holdNext(2);
    PatrolId patrol = pipeline.trigger();
    hold.awaitReached();
    ServiceProcess runner = pipeline.service("agent-runner");
    runner.stop();
    await().atMost(BOUND).until(() -> members().isEmpty());

    runner.cont();
    hold.release();
    pipeline.interrupted(patrol);

    pipeline.recovers("agent-runner frozen, no successor", BOUND);
  }

  @Test
  void aRunnerWhoseConsumerHearsNothingOfItsSuccessorJournalsNothing() throws Exception {
    pipeline.startAll();
    Hold hold = pipeline.model().holdNext(2);
    PatrolId patrol = pipeline.trigger();
    hold.awaitReached();
    ServiceProcess zombie = pipeline.service("agent-runner");
    Set<String> deaf =
        members().stream().map(MemberDescription::clientId).collect(Collectors.toSet());
    platform.proxy().freeze(deaf::contains);
    pipeline.launch("agent-runner");
    pipeline.ledger().awaitEnded(List.of(patrol), BOUND);
    String journal = pipeline.topics().journal(pipeline.topics().snapshotTakenOnDemand());
    int journaled = pipeline.ledger().records(journal).size();

    hold.release(); // it has its answer now, and believes that the patrol is its own

    await()
        .atMost(BOUND)
        .until(() -> zombie.hasLogged("is begun again") || pipeline.calls(patrol).size() > 4);
    assertThat(pipeline.ledger().records(journal).size())
        .as("what the journal has for readers")
        .isEqualTo(journaled);
    pipeline.interrupted(patrol);
    platform.proxy().thaw();
    pipeline.recovers("agent-runner's consumer cut off", BOUND);
    assertThat(pipeline.calls(patrol)).containsExactly(1, 2, 2, 3);
  }

  private List<MemberDescription> members() throws Exception {
    String group = pipeline.topics().group("agent-runner.on-demand");
    return List.copyOf(
        pipeline
            .ledger()
            .admin()
            .describeConsumerGroups(List.of(group))
            .describedGroups()
            .get(group)
            .get()
            .members());
  }
}
