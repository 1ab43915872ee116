package io.patrolagent.systemtests.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.systemtests.model.Hold;
import io.patrolagent.systemtests.model.Reply;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What was asked for and done already comes again. */
class RedeliveryIT extends FaultKit {

  /** Nobody was killed: what is repeated passes as fast as it is read. */
  private static final Duration BOUND = Duration.ofSeconds(30);

  private static final String RUNNER = "agent-runner.on-demand";

  @Test
  void aTriggerThatComesAgainWhileItsPatrolRunsAndAfterItsEndCausesNothing() throws Exception {
    pipeline.startAll();
    Hold hold = pipeline.model().holdNext(2);
    PatrolId patrol = pipeline.trigger();
    hold.awaitReached();

    pipeline.trigger(patrol);
    await()
        .alias("the runner is given the patrol a second time")
        .atMost(BOUND)
        .until(() -> snapshots(patrol) == 2);
    hold.release();
    pipeline.ledger().awaitEnded(List.of(patrol), BOUND);
    pipeline.trigger(patrol);

    pipeline.recovers("a trigger that comes three times", BOUND);
    assertThat(pipeline.calls(patrol)).containsExactly(1, 2, 3);
    assertThat(snapshots(patrol)).as("of a patrol that has ended none is taken").isEqualTo(2);
    assertThat(of(patrol, pipeline.topics().agentFinished())).hasSize(1);
  }

  @Test
  void offsetsOfAllStagesResetToTheBeginningRepeatNothing() throws Exception {
    pipeline.startAll();
    PatrolId first = pipeline.trigger();
    PatrolId scheduled = pipeline.trigger(ReportType.MORNING);
    pipeline.ledger().awaitEnded(List.of(first, scheduled), BOUND);
    pipeline.model().replyNext(call -> true, Reply.error(401, "invalid_api_key"));
    PatrolId failed = pipeline.trigger();
    pipeline.ledger().awaitEnded(List.of(failed), BOUND);
    assertThat(pipeline.ledger().row(failed).status()).isEqualTo("failed");
    List<JsonNode> events = pipeline.ledger().finished();

    for (String stage : Pipeline.STAGES) {
      assertThat(pipeline.service(stage).terminate()).isTrue();
    }
    pipeline.ledger().setCommitted("aggregator", pipeline.topics().requested(), 0);
    pipeline.ledger().setCommitted(RUNNER, pipeline.topics().snapshotTakenOnDemand(), 0);
    pipeline.ledger().setCommitted("agent-runner", pipeline.topics().snapshotTaken(), 0);
    pipeline.ledger().setCommitted("report-sink", pipeline.topics().agentFinished(), 0);
    pipeline.ledger().setCommitted("report-sink", pipeline.topics().failed(), 0);
    pipeline.startAll();

    pipeline.recovers("offsets reset to the beginning", BOUND);
    awaitAllRead();
    pipeline.verify();
    assertThat(pipeline.calls(first)).containsExactly(1, 2, 3);
    assertThat(pipeline.calls(scheduled)).containsExactly(1, 2, 3);
    assertThat(pipeline.calls(failed)).containsExactly(1);
    assertThat(pipeline.ledger().finished()).startsWith(events.toArray(JsonNode[]::new));
    for (PatrolId patrol : List.of(first, scheduled, failed)) {
      assertThat(snapshots(patrol)).as("snapshots of %s", patrol).isEqualTo(1);
      assertThat(of(patrol, pipeline.topics().agentFinished())).hasSize(patrol == failed ? 0 : 1);
      assertThat(of(patrol, pipeline.topics().failed())).hasSize(patrol == failed ? 1 : 0);
    }
  }

  @Test
  void aRunnerIsToldByItsJournalAloneThatAPatrolIsDone() throws Exception {
    pipeline.start("aggregator");
    pipeline.start("agent-runner");
    PatrolId patrol = pipeline.trigger();
    awaitRead(RUNNER, pipeline.topics().snapshotTakenOnDemand());

    assertThat(pipeline.service("agent-runner").terminate()).isTrue();
    pipeline.ledger().setCommitted(RUNNER, pipeline.topics().snapshotTakenOnDemand(), 0);
    pipeline.start("agent-runner");
    awaitRead(RUNNER, pipeline.topics().snapshotTakenOnDemand());

    assertThat(pipeline.calls(patrol)).containsExactly(1, 2, 3);
    assertThat(of(patrol, pipeline.topics().agentFinished())).hasSize(1);
    pipeline.start("report-sink");
    pipeline.recovers("offsets reset before the report is stored", BOUND);
  }

  private void awaitAllRead() {
    awaitRead("aggregator", pipeline.topics().requested());
    awaitRead(RUNNER, pipeline.topics().snapshotTakenOnDemand());
    awaitRead("agent-runner", pipeline.topics().snapshotTaken());
    awaitRead("report-sink", pipeline.topics().agentFinished());
    awaitRead("report-sink", pipeline.topics().failed());
  }

  /** Waits until a stage has committed that it is behind the last record that there is. */
  private void awaitRead(String stage, String topic) {
    await()
        .alias(stage + " has read " + topic)
        .atMost(Pipeline.UNDISTURBED)
        .ignoreExceptions()
        .until(() -> pipeline.ledger().committed(stage, topic) > lastOffset(topic));
  }

  private long lastOffset(String topic) {
    return pipeline.ledger().records(topic).stream()
        .mapToLong(ConsumerRecord::offset)
        .max()
        .orElseThrow();
  }

  private long snapshots(PatrolId patrol) {
    return of(patrol, pipeline.topics().snapshotTakenOnDemand()).size()
        + of(patrol, pipeline.topics().snapshotTaken()).size();
  }

  /** The patrol's events in a topic that is keyed by patrol. */
  private List<JsonNode> of(PatrolId patrol, String topic) {
    return pipeline.ledger().values(topic).stream()
        .filter(
            event ->
                patrol.toString().equals(event.path("patrol_id").asText())
                    || patrol.toString().equals(event.at("/request/patrol_id").asText()))
        .toList();
  }
}
