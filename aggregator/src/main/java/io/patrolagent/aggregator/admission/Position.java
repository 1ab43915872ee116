package io.patrolagent.aggregator.admission;

import java.time.Instant;
import java.util.Comparator;

/**
 * Where a trigger stands among all: by the broker's time, then by where it lies. A total order that
 * every instance sees, whichever partitions are its own.
 */
record Position(Instant time, int partition, long offset) implements Comparable<Position> {

  private static final Comparator<Position> ORDER =
      Comparator.comparing(Position::time)
          .thenComparing(Position::partition)
          .thenComparing(Position::offset);

  @Override
  public int compareTo(Position other) {
    return ORDER.compare(this, other);
  }
}
