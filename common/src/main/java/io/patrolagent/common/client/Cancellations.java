package io.patrolagent.common.client;

import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.event.CancelRequested;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.event.EventType;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.event.UndecodableEventException;
import io.patrolagent.common.patrol.PatrolId;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which patrols somebody cancelled, as far back as {@code patrol.cancel-requested} is kept; the
 * oldest of more than a hundred thousand are forgotten. Thread-safe.
 */
public final class Cancellations implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Cancellations.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST = 100_000;

  private final KafkaSettings kafka;
  private final Topics topics;
  private final Map<PatrolId, CancelRequested> requests = new LinkedHashMap<>();
  private final Map<PatrolId, Runnable> watchers = new HashMap<>();
  private @Nullable TopicTail tail;

  public Cancellations(KafkaSettings kafka, Topics topics) {
    this.kafka = kafka;
    this.topics = topics;
  }

  /** Begins to read. */
  public synchronized void start() {
    tail = TopicTail.follow(kafka, topics.cancelRequested(), null, this::read);
  }

  private void read(ConsumerRecord<byte[], byte[]> record) {
    try {
      add(EventCodec.decode(EventType.CANCEL_REQUESTED, record.value()));
    } catch (UndecodableEventException e) {
      LOG.warn(
          "{}-{}@{} cancels nothing: {}",
          record.topic(),
          record.partition(),
          record.offset(),
          e.getMessage());
    }
  }

  /** Takes a cancellation in; the first of a patrol counts. */
  public void add(CancelRequested request) {
    Runnable watcher;
    synchronized (this) {
      requests.putIfAbsent(request.patrolId(), request);
      if (requests.size() > MOST) {
        requests.remove(requests.keySet().iterator().next());
      }
      watcher = watchers.get(request.patrolId());
    }
    if (watcher != null) {
      watcher.run();
    }
  }

  /**
   * Returns once all is read that was asked for before the call.
   *
   * @throws TimeoutException if it cannot be read
   */
  public void awaitRead() throws TimeoutException, InterruptedException {
    started().awaitEnd(PATIENCE);
  }

  private synchronized TopicTail started() {
    if (tail == null) {
      throw new IllegalStateException("cancellations are not read yet");
    }
    return tail;
  }

  /** Who cancelled the patrol, as far as is known at the moment. */
  public synchronized Optional<CancelRequested> of(PatrolId patrol) {
    return Optional.ofNullable(requests.get(patrol));
  }

  /** Has the action run, on another thread, as soon as somebody cancels the patrol. */
  public synchronized void watch(PatrolId patrol, Runnable action) {
    watchers.put(patrol, action);
  }

  /** The action is not run any more, unless it is running. */
  public synchronized void unwatch(PatrolId patrol) {
    watchers.remove(patrol);
  }

  @Override
  public synchronized void close() {
    if (tail != null) {
      tail.close();
    }
  }
}
