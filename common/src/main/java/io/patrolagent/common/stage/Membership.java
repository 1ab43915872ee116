package io.patrolagent.common.stage;

import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The group metadata that commits carry, as the poll thread last saw it. Only that thread may ask
 * the consumer for it, and only between polls: then every partition that a rebalance took has been
 * released, and no commit for it can pick up newer metadata than it had while it was owned.
 */
final class Membership {

  private @Nullable ConsumerGroupMetadata metadata;
  private long generation;
  private long refreshedAt;

  synchronized void refresh(ConsumerGroupMetadata seen) {
    metadata = seen;
    refreshedAt = System.nanoTime();
    generation++;
    notifyAll();
  }

  synchronized ConsumerGroupMetadata metadata() {
    if (metadata == null) {
      throw new IllegalStateException("a record was worked on before the first poll returned");
    }
    return metadata;
  }

  /** Whether the poll thread has looked within that time. */
  synchronized boolean isFresh(Duration age) {
    return generation > 0 && System.nanoTime() - refreshedAt <= age.toNanos();
  }

  /** Waits for the poll thread to look twice, so that one look began after this call. */
  synchronized void awaitRefresh(Duration timeout) throws InterruptedException {
    long wanted = generation + 2;
    long deadline = System.nanoTime() + timeout.toNanos();
    for (long left = timeout.toMillis(); generation < wanted && left > 0; ) {
      wait(left);
      left = (deadline - System.nanoTime()) / 1_000_000;
    }
  }
}
