package io.patrolagent.agentrunner.offline;

/** What the fleet's state comes down to; the first that applies counts. */
enum Verdict {
  /** There is no active cluster. */
  EMPTY,
  /** At least one cluster is critical. */
  CRITICAL,
  /** At least one cluster has a problem, none is critical. */
  ATTENTION,
  /** No problem is on record, but there is no record of most clusters. */
  UNKNOWN,
  /** No problem is on record, but the record is old. */
  OUTDATED,
  /** No problem, and the data is there to say so. */
  HEALTHY;

  /** Whether something is wrong that the report names. */
  boolean isTrouble() {
    return this == CRITICAL || this == ATTENTION;
  }
}
