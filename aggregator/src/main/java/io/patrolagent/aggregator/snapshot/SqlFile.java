package io.patrolagent.aggregator.snapshot;

import java.nio.file.Path;
import java.util.Optional;

/** The text of one query and where it comes from: a directory of the operator's, or shipped. */
record SqlFile(SnapshotQuery query, String text, Optional<Path> directory) {

  boolean replaced() {
    return directory.isPresent();
  }

  /** For messages: {@code cluster_counts.sql (as shipped)}. */
  @Override
  public String toString() {
    return query.file() + directory.map(path -> " (in " + path + ")").orElse(" (as shipped)");
  }
}
