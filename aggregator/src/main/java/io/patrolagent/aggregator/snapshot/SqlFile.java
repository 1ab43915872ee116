package io.patrolagent.aggregator.snapshot;

import io.patrolagent.common.sql.SqlText;

/** The text of one query and where it comes from: a directory of the operator's, or shipped. */
record SqlFile(SnapshotQuery query, SqlText sql) {

  String text() {
    return sql.text();
  }

  boolean replaced() {
    return sql.replaced();
  }

  /** For messages: {@code cluster_counts.sql (as shipped)}. */
  @Override
  public String toString() {
    return sql.toString();
  }
}
