package io.patrolagent.systemtests.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.systemtests.model.Hold;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Services killed at each step of a patrol. */
class KilledServicesIT extends FaultKit {

  private static final Duration BOUND = Duration.ofSeconds(45);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void anAgentRunnerKilledDuringAModelCallRepeatsThatCallAlone(int round) throws Exception {
    pipeline.startAll();
    Hold hold = pipeline.model().holdNext(round);
    PatrolId patrol = pipeline.trigger();
    hold.awaitReached();

    pipeline.service("agent-runner").kill();
    hold.release();
    pipeline.interrupted(patrol);
    pipeline.launch("agent-runner", List.of());

    pipeline.recovers("agent-runner killed during a model call", BOUND);
    assertThat(pipeline.calls(patrol)).hasSize(4).containsOnlyOnce(others(round));
  }

  private static Integer[] others(int round) {
    return List.of(1, 2, 3).stream().filter(other -> other != round).toArray(Integer[]::new);
  }
}
