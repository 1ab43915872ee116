package io.patrolagent.common.stage;

/** A commit whose result did not come back: the group's offset, once it is final, tells it. */
record DoubtfulCommit(RecordJob job, Publication publication) {

  /** Whether it is in the offset that the group has committed. */
  boolean happened(long committed) {
    return committed > job.source().offset();
  }
}
