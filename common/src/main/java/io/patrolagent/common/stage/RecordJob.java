package io.patrolagent.common.stage;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The work on one record: waiting for a thread, running, over. It can be asked to stop at its next
 * step and, by force, interrupted.
 */
final class RecordJob implements Job {

  private enum State {
    QUEUED,
    RUNNING,
    OVER
  }

  /**
   * How old the consumer's last completed poll may be when a step begins: far above the time
   * between two polls, far below any session timeout.
   */
  private static final Duration RECENT = Duration.ofSeconds(2);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private final SourceRecord source;
  private final StageJournal journal;
  private final Membership membership;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);
  private State state = State.QUEUED;
  private @Nullable Thread thread;
  private volatile @Nullable String waitsFor;

  RecordJob(SourceRecord source, StageJournal journal, Membership membership) {
    this.source = source;
    this.journal = journal;
    this.membership = membership;
  }

  @Override
  public SourceRecord source() {
    return source;
  }

  @Override
  public StageJournal journal() {
    return journal;
  }

  /** A step is reached, so what the job waited for is there. */
  @Override
  public void checkpoint() throws InterruptedException {
    awaitOwned();
    waitsFor = null;
  }

  /** Returns when the partition is known to be ours, or throws as soon as the job is to stop. */
  void awaitOwned() throws InterruptedException {
    throwIfStopping();
    while (!membership.isFresh(RECENT)) {
      waitUnlessStopped(LOOK_AGAIN);
    }
  }

  private void throwIfStopping() throws InterruptedException {
    if (isStopping()) {
      throw new InterruptedException(source.coordinates() + " is taken away");
    }
  }

  /** The job cannot go on before that has changed; null: it goes on. */
  void waitsFor(@Nullable String dependency) {
    waitsFor = dependency;
  }

  /** What keeps the job from going on, in words for an operator; null if nothing does. */
  @Nullable String waitsFor() {
    return waitsFor;
  }

  boolean isStopping() {
    return stopping.getCount() == 0;
  }

  /** Sleeps, or throws as soon as the job is asked to stop. */
  void waitUnlessStopped(Duration wait) throws InterruptedException {
    if (stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
      throwIfStopping();
    }
  }

  /** Whether the work may begin on this thread; false if it was stopped while it was queued. */
  synchronized boolean begin() {
    if (isStopping()) {
      end();
      return false;
    }
    state = State.RUNNING;
    thread = Thread.currentThread();
    return true;
  }

  /** To be called by whoever began it, whatever came of it. */
  synchronized void end() {
    state = State.OVER;
    thread = null;
    over.countDown();
  }

  /** Asks it to stop at its next step; one that has not begun is over at once. */
  synchronized void stop() {
    stopping.countDown();
    if (state == State.QUEUED) {
      state = State.OVER;
      over.countDown();
    }
  }

  /** Interrupts what is running. */
  synchronized void interrupt() {
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** Whether it is over within the time. */
  boolean awaitOver(Duration timeout) throws InterruptedException {
    return over.await(Math.max(0, timeout.toMillis()), TimeUnit.MILLISECONDS);
  }
}
