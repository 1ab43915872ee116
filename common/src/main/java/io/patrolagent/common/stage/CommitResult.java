package io.patrolagent.common.stage;

/** What became of a transaction. */
sealed interface CommitResult {

  /** Outputs and offset are visible. */
  record Committed() implements CommitResult {}

  /** Nothing of it is or will be visible, and the producer can begin another. */
  record Aborted(Exception cause) implements CommitResult {}

  /** Aborted, and it would be again: a record exceeds what its topic takes. */
  record Rejected(Exception cause) implements CommitResult {}

  /**
   * Nobody here knows, or another producer has taken the transactional id. Only a new producer with
   * the same id, and then the group's committed offset, can tell.
   */
  record Unknown(Exception cause) implements CommitResult {}

  /** Not tried: the partition is no longer owned. */
  record NotOwned() implements CommitResult {}
}
