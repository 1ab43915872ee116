package io.patrolagent.systemtests.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.systemtests.model.Hold;
import io.patrolagent.systemtests.process.ServiceProcess;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Partitions that change hands while a patrol is under way, without anything being broken. */
class HandoverIT extends FaultKit {

  private static final Duration BOUND = Duration.ofSeconds(45);

  @Test
  void aPartitionIsGivenUpOnlyWhenTheModelHasAnswered() throws Exception {
    pipeline.with("PATROL_TOPIC_PARTITIONS", "2");
    pipeline.startAll();
    ServiceProcess first = pipeline.service("agent-runner");
    Hold[] holds = {pipeline.model().holdNext(1), pipeline.model().holdNext(1)};
    PatrolId one = pipeline.triggerOn(0, 2);
    PatrolId other = pipeline.triggerOn(1, 2);
    holds[0].awaitReached();
    holds[1].awaitReached();

    pipeline.launch("agent-runner");
    await()
        .atMost(BOUND)
        .until(
            () ->
                first.log().stream()
                        .anyMatch(line -> line.contains("gives back") && line.contains("on-demand"))
                    || pipeline.model().calls().size() > 2);
    holds[0].release();
    holds[1].release();

    pipeline.recovers("an agent-runner joins during model calls", BOUND);
    assertThat(pipeline.calls(one)).containsExactly(1, 2, 3);
    assertThat(pipeline.calls(other)).containsExactly(1, 2, 3);
  }

  @Test
  void aPatrolBehindOneThatIsInWorkWaitsAndNoneIsLostWhenTheRunnerDies() throws Exception {
    pipeline.startAll();
    Hold hold = pipeline.model().holdNext(1);
    PatrolId first = pipeline.trigger();
    hold.awaitReached();
    PatrolId second = pipeline.trigger();
    var topics = pipeline.topics();
    await().until(() -> pipeline.ledger().records(topics.snapshotTakenOnDemand()).size() == 2);
    await()
        .alias("the runner, which polls all the while, does not begin with it")
        .during(Duration.ofSeconds(3))
        .until(() -> pipeline.calls(second).isEmpty());

    pipeline.service("agent-runner").kill();
    hold.release();
    pipeline.interrupted(first);
    pipeline.launch("agent-runner");

    pipeline.recovers("agent-runner killed with a queue", BOUND);
    assertThat(pipeline.calls(second)).containsExactly(1, 2, 3);
  }
}
