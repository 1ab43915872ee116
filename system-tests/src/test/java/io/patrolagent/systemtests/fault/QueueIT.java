package io.patrolagent.systemtests.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.systemtests.model.Hold;
import io.patrolagent.systemtests.model.ModelCall;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Somebody who waits for a report, and scheduled patrols that queue. */
class QueueIT extends FaultKit {

  private static final int QUEUED = 500;
  private static final int PARTITIONS = 6;

  /** {@code PATROL_AGENT_CONCURRENCY}'s default, in each of the two lanes. */
  private static final int CONCURRENCY = 4;

  /** The snapshots of those before it are taken first, some 20 ms each where nothing else runs. */
  private static final Duration BEHIND_THE_QUEUE = Duration.ofSeconds(60);

  /** Once those snapshots are taken nobody is before it. */
  private static final Duration BESIDE_THE_QUEUE = Duration.ofSeconds(15);

  @Test
  void whoeverWaitsIsServedWhileScheduledPatrolsQueueBehindModelCallsThatTakeAnHour()
      throws Exception {
    pipeline.with("PATROL_TOPIC_PARTITIONS", Integer.toString(PARTITIONS));
    pipeline.startAll();
    List<PatrolId> scheduled = Stream.generate(PatrolId::random).limit(QUEUED).toList();
    Set<String> focuses = scheduled.stream().map(PatrolId::toString).collect(Collectors.toSet());
    List<Hold> hours =
        Stream.generate(() -> pipeline.model().holdNext(call -> focuses.contains(call.focus())))
            .limit(CONCURRENCY)
            .toList();

    pipeline.triggerAtOnce(ReportType.EVENING, scheduled);
    PatrolId behind = pipeline.trigger();
    Duration waited = begins(behind, BEHIND_THE_QUEUE);
    Figures.record("an on-demand patrol behind " + QUEUED + " scheduled", waited, pipeline);

    for (Hold hour : hours) {
      hour.awaitReached();
    }
    for (PatrolId beside : Partitions.oneOnEach(PARTITIONS)) {
      pipeline.trigger(beside, ReportType.ON_DEMAND);
      begins(beside, BESIDE_THE_QUEUE);
      pipeline.ledger().awaitEnded(List.of(beside), Pipeline.UNDISTURBED);
    }
    Set<String> held = startedOf(focuses);
    assertThat(held).as("scheduled patrols that take an hour").hasSize(CONCURRENCY);
    assertThat(pipeline.ledger().ended()).isEqualTo(1 + PARTITIONS);

    hours.forEach(Hold::release);
    pipeline.ledger().awaitEnded(held.stream().map(PatrolId::parse).toList(), Pipeline.UNDISTURBED);
    await()
        .atMost(Pipeline.UNDISTURBED)
        .untilAsserted(() -> assertThat(startedOf(focuses)).hasSizeGreaterThan(4 * CONCURRENCY));
  }

  /** How long it takes until the model is asked for that patrol. */
  private Duration begins(PatrolId patrol, Duration bound) {
    long begin = System.nanoTime();
    await()
        .alias("patrol " + patrol + " has begun")
        .atMost(bound)
        .until(() -> !pipeline.calls(patrol).isEmpty());
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private Set<String> startedOf(Set<String> focuses) {
    return pipeline.model().calls().stream()
        .map(ModelCall::focus)
        .filter(focuses::contains)
        .collect(Collectors.toSet());
  }
}
