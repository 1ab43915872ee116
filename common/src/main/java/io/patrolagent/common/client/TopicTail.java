package io.patrolagent.common.client;

import io.patrolagent.common.config.KafkaSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads every partition of a topic from a time on and goes on reading: committed records alone, in
 * no group, each partition's in their order, on a thread of its own. For what is kept in memory
 * from a small topic, such as who was cancelled.
 *
 * <p>A broker that is away or a topic that is not there yet is waited for, and each record is read
 * once all the same. Thread-safe.
 */
public final class TopicTail implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TopicTail.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration METADATA_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration FIRST_WAIT = Duration.ofMillis(200);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final KafkaSettings kafka;
  private final String topic;
  private final @Nullable Instant from;
  private final Reader reader;
  private final Thread thread;
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private final Queue<CompletableFuture<Void>> asked = new ConcurrentLinkedQueue<>();
  private final List<End> awaited = new ArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;
  private volatile @Nullable String trouble = "has not begun";

  /** Takes each record, on the tail's thread; what it throws is logged, and the tail goes on. */
  @FunctionalInterface
  public interface Reader {
    void read(ConsumerRecord<byte[], byte[]> record);
  }

  /** Somebody waits until these offsets are read. */
  private record End(CompletableFuture<Void> reached, Map<TopicPartition, Long> offsets) {}

  private TopicTail(KafkaSettings kafka, String topic, @Nullable Instant from, Reader reader) {
    this.kafka = kafka;
    this.topic = topic;
    this.from = from;
    this.reader = reader;
    this.thread = new Thread(this::run, "tail-" + topic);
    thread.setDaemon(true);
  }

  /**
   * Begins to read, and returns at once.
   *
   * @param from the earliest record by the broker's time; null for all that are kept
   */
  public static TopicTail follow(
      KafkaSettings kafka, String topic, @Nullable Instant from, Reader reader) {
    TopicTail tail = new TopicTail(kafka, topic, from, reader);
    tail.thread.start();
    return tail;
  }

  /**
   * Returns once everything is read that the topic holds at the time of the call.
   *
   * @throws TimeoutException if that takes longer, with what the tail waits for
   */
  public void awaitEnd(Duration timeout) throws TimeoutException, InterruptedException {
    CompletableFuture<Void> reached = new CompletableFuture<>();
    asked.add(reached);
    KafkaConsumer<byte[], byte[]> current = consumer;
    if (current != null) {
      current.wakeup();
    }
    try {
      reached.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      reached.cancel(false);
      String cause = trouble;
      throw new TimeoutException(
          "topic %s was not read to its end within %d ms%s"
              .formatted(topic, timeout.toMillis(), cause == null ? "" : ": " + cause));
    } catch (ExecutionException e) {
      throw new IllegalStateException("topic " + topic + " is not read any more", e.getCause());
    }
  }

  private void run() {
    Duration wait = FIRST_WAIT;
    while (closing.getCount() > 0) {
      try (KafkaConsumer<byte[], byte[]> opened = open()) {
        consumer = opened;
        while (closing.getCount() > 0) {
          if (turn(opened)) {
            wait = FIRST_WAIT;
            trouble = null;
          }
        }
      } catch (KafkaException | IllegalStateException e) {
        trouble = e.getMessage();
        LOG.warn("{} cannot be read (again in {} ms): {}", topic, wait.toMillis(), e.getMessage());
        if (!pause(wait)) {
          break;
        }
        Duration longer = wait.multipliedBy(2);
        wait = longer.compareTo(LONGEST_WAIT) < 0 ? longer : LONGEST_WAIT;
      } finally {
        consumer = null;
      }
    }
    awaited.forEach(
        end -> end.reached().completeExceptionally(new IllegalStateException("closed")));
    asked.forEach(end -> end.completeExceptionally(new IllegalStateException("closed")));
  }

  private boolean pause(Duration wait) {
    try {
      return !closing.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }

  /** One look for new partitions, new questions and new records; whether all went well. */
  private boolean turn(KafkaConsumer<byte[], byte[]> from) {
    try {
      assign(from);
      note(from);
      for (ConsumerRecord<byte[], byte[]> record : from.poll(POLL)) {
        read(record);
      }
      from.assignment().forEach(partition -> positions.put(partition, from.position(partition)));
      awaited.removeIf(this::reached);
      return true;
    } catch (WakeupException e) {
      return false; // somebody asks for the end, or closes
    }
  }

  private void read(ConsumerRecord<byte[], byte[]> record) {
    try {
      reader.read(record);
    } catch (RuntimeException e) {
      LOG.error("{}-{}@{} is passed over", record.topic(), record.partition(), record.offset(), e);
    }
  }

  private void note(KafkaConsumer<byte[], byte[]> from) {
    for (CompletableFuture<Void> reached; (reached = asked.peek()) != null; asked.remove()) {
      if (!reached.isDone()) {
        awaited.add(new End(reached, from.endOffsets(from.assignment(), METADATA_TIMEOUT)));
      }
    }
    awaited.removeIf(this::reached);
  }

  private boolean reached(End end) {
    boolean all =
        end.offsets().entrySet().stream()
            .allMatch(to -> positions.getOrDefault(to.getKey(), 0L) >= to.getValue());
    if (all) {
      end.reached().complete(null);
    }
    return end.reached().isDone();
  }

  /** Partitions that the tail has not read before begin where it was to begin. */
  private void assign(KafkaConsumer<byte[], byte[]> opened) {
    List<TopicPartition> partitions =
        opened.partitionsFor(topic, METADATA_TIMEOUT).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new IllegalStateException("the topic does not exist");
    }
    List<TopicPartition> fresh = partitions.stream().filter(p -> !assigned(opened, p)).toList();
    if (fresh.isEmpty()) {
      return;
    }
    opened.assign(partitions);
    Map<TopicPartition, Long> beginnings = beginnings(opened, fresh);
    for (TopicPartition partition : fresh) {
      Long position = positions.getOrDefault(partition, beginnings.get(partition));
      if (position == null) {
        opened.seekToEnd(List.of(partition));
        position = opened.position(partition);
      } else {
        opened.seek(partition, position);
      }
      positions.put(partition, position);
    }
  }

  private static boolean assigned(KafkaConsumer<?, ?> consumer, TopicPartition partition) {
    return consumer.assignment().contains(partition);
  }

  /** Where the first record of the time is; nowhere for a partition that has none since. */
  private Map<TopicPartition, Long> beginnings(
      KafkaConsumer<byte[], byte[]> opened, Collection<TopicPartition> partitions) {
    Instant start = from;
    if (start == null) {
      return opened.beginningOffsets(partitions, METADATA_TIMEOUT);
    }
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, start.toEpochMilli()));
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (Map.Entry<TopicPartition, @Nullable OffsetAndTimestamp> entry :
        opened.offsetsForTimes(times, METADATA_TIMEOUT).entrySet()) {
      OffsetAndTimestamp found = entry.getValue();
      if (found != null) {
        offsets.put(entry.getKey(), found.offset());
      }
    }
    return offsets;
  }

  private KafkaConsumer<byte[], byte[]> open() {
    Map<String, Object> config = new HashMap<>(kafka.forConsumer());
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Ends the reading within two seconds or so. */
  @Override
  public void close() {
    closing.countDown();
    KafkaConsumer<byte[], byte[]> current = consumer;
    if (current != null) {
      current.wakeup();
    }
    try {
      thread.join(CLOSE_TIMEOUT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
