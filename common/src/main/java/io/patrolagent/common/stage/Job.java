package io.patrolagent.common.stage;

/** The work on one record, as its handler sees it. */
public interface Job {

  /** The record that is worked on. */
  SourceRecord source();

  /**
   * What the stage has journaled.
   *
   * @throws IllegalStateException if the stage keeps no journal
   */
  default StageJournal journal() {
    throw new IllegalStateException("stage of " + source().coordinates() + " keeps no journal");
  }

  /**
   * Returns unless the partition is being taken away or the process ends. A handler whose work has
   * steps calls it before each, so that a rebalance waits for a step and not for the whole. After a
   * process was held up it first waits until its consumer has polled again: a partition may be
   * somebody else's by then.
   *
   * @throws InterruptedException if the handler should stop now; the record will be delivered again
   */
  void checkpoint() throws InterruptedException;
}
