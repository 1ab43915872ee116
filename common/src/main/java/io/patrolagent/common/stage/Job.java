package io.patrolagent.common.stage;

/** The work on one record, as its handler sees it. */
public interface Job {

  /** The record that is worked on. */
  SourceRecord source();

  /**
   * Returns unless the partition is being taken away or the process ends. A handler whose work has
   * steps calls it before each, so that a rebalance waits for a step and not for the whole.
   *
   * @throws InterruptedException if the handler should stop now; the record will be delivered again
   */
  void checkpoint() throws InterruptedException;
}
