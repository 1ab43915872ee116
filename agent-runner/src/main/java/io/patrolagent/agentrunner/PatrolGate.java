package io.patrolagent.agentrunner;

import io.patrolagent.agentrunner.loop.Gate;
import io.patrolagent.agentrunner.provider.NoModelException;
import io.patrolagent.common.client.Cancellations;
import io.patrolagent.common.event.CancelRequested;
import io.patrolagent.common.event.SnapshotTaken;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.stage.Job;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The gate of a patrol's run: it closes when the stage takes the job away, and a cancellation
 * interrupts what is under way, be it a model call of minutes.
 */
final class PatrolGate implements Gate, AutoCloseable {

  private final Job job;
  private final Cancellations cancellations;
  private final PatrolId patrol;
  private final @Nullable String offlineReason;
  private @Nullable Thread working;
  private boolean interrupted;

  private PatrolGate(
      Job job, Cancellations cancellations, PatrolId patrol, @Nullable String offlineReason) {
    this.job = job;
    this.cancellations = cancellations;
    this.patrol = patrol;
    this.offlineReason = offlineReason;
  }

  static PatrolGate open(SnapshotTaken input, Job job, Cancellations cancellations) {
    PatrolId patrol = input.request().patrolId();
    PatrolGate gate = new PatrolGate(job, cancellations, patrol, input.offlineReason());
    cancellations.watch(patrol, gate::interrupt);
    return gate;
  }

  @Override
  public void pass() throws InterruptedException {
    job.checkpoint();
  }

  @Override
  public Optional<String> cancellation() {
    return cancellations.of(patrol).map(CancelRequested::describe);
  }

  @Override
  public @Nullable String offlineReason() {
    return offlineReason;
  }

  @Override
  public <T> T interruptibly(Work<T> work) throws NoModelException, InterruptedException {
    begin();
    try {
      return work.run();
    } finally {
      end();
    }
  }

  private synchronized void begin() throws InterruptedException {
    if (cancellation().isPresent()) {
      throw new InterruptedException("patrol " + patrol + " is cancelled");
    }
    working = Thread.currentThread();
  }

  /** From here on no interruption comes, and one that came too late is taken back. */
  private synchronized void end() {
    working = null;
    if (interrupted) {
      interrupted = false;
      Thread.interrupted(); // the stage says by its job, not by the flag, that it wants an end
    }
  }

  private synchronized void interrupt() {
    if (working != null) {
      interrupted = true;
      working.interrupt();
    }
  }

  @Override
  public void close() {
    cancellations.unwatch(patrol);
  }
}
