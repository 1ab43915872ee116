package io.patrolagent.common.stage;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * The first offset of each owned partition that is not done: of the record in work, or the
 * consumer's. Written by the poll thread, read by any.
 */
final class Positions {

  private static final long NANOS_BETWEEN = Duration.ofSeconds(1).toNanos();

  private volatile Map<TopicPartition, Long> latest = Map.of();
  private long notedAt = System.nanoTime() - NANOS_BETWEEN;

  /** Looks again, if the last look is a second ago. */
  void note(Consumer<?, ?> consumer, Collection<OwnedPartition> partitions) {
    if (System.nanoTime() - notedAt < NANOS_BETWEEN) {
      return;
    }
    notedAt = System.nanoTime();
    Map<TopicPartition, Long> found = new HashMap<>();
    for (OwnedPartition partition : partitions) {
      RecordJob job = partition.job();
      if (job != null) {
        found.put(partition.partition(), job.source().offset());
      } else if (partition.state() == OwnedPartition.State.READY) {
        try {
          found.put(partition.partition(), consumer.position(partition.partition(), Duration.ZERO));
        } catch (IllegalStateException | KafkaException e) {
          // taken away, or not known again yet: the next look tells
        }
      }
    }
    latest = Map.copyOf(found);
  }

  Map<TopicPartition, Long> latest() {
    return latest;
  }
}
