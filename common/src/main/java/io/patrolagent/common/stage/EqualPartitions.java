package io.patrolagent.common.stage;

import io.patrolagent.common.event.Topics;
import java.util.List;
import java.util.Map;

/**
 * The topics that are keyed by patrol have equally many partitions: a lane's journal has the
 * partition numbers of the lane, and the status view reads a patrol's records of all of them as one
 * task.
 */
public final class EqualPartitions {

  private EqualPartitions() {}

  /** What differs from the first of them, in words; of topics without a count nothing is said. */
  public static List<String> complaints(Topics topics, Map<String, Integer> partitions) {
    String first = topics.snapshotTaken();
    Integer expected = partitions.get(first);
    if (expected == null) {
      return List.of();
    }
    return topics.keyedByPatrol().stream()
        .filter(topic -> partitions.containsKey(topic) && !expected.equals(partitions.get(topic)))
        .map(
            topic ->
                "topics %s and %s must have equally many partitions, not %d and %d"
                    .formatted(first, topic, expected, partitions.get(topic)))
        .toList();
  }
}
