package io.patrolagent.agentrunner.loop;

import io.patrolagent.agentrunner.provider.NoModelException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a run has to respect beside its limits: who takes it away, ends it, or ends its models. */
@FunctionalInterface
public interface Gate {

  /** Something that takes its time. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws NoModelException, InterruptedException;
  }

  /**
   * Passed before each step; {@link io.patrolagent.common.stage.Job#checkpoint} is one.
   *
   * @throws InterruptedException if the run is to stop here
   */
  void pass() throws InterruptedException;

  /** Who cancelled the patrol, in words; empty while nobody has. */
  default Optional<String> cancellation() {
    return Optional.empty();
  }

  /** Why no model may be asked, in words for the report; null while one may. */
  default @Nullable String offlineReason() {
    return null;
  }

  /**
   * Does the work, and ends it where somebody cancels the patrol meanwhile.
   *
   * @throws InterruptedException if it was ended, or is to stop here
   */
  default <T> T interruptibly(Work<T> work) throws NoModelException, InterruptedException {
    return work.run();
  }
}
