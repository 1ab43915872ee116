package io.patrolagent.common.stage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal of one owned partition, in memory: read once, after its former owners were fenced,
 * and then kept in step by its only writer. Of a finished record it keeps the last entry alone.
 *
 * <p>It is read to the end that a reader of uncommitted records sees, in read_committed mode. So a
 * transaction that is still open there is waited for: stopping before it could hide a step that was
 * committed behind it, and that step would be done twice. Thread-safe.
 */
final class PartitionJournal {

  private static final Logger LOG = LoggerFactory.getLogger(PartitionJournal.class);
  private static final String END_HEADER = "patrol-journal-end";
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration SAY_AFTER = Duration.ofSeconds(3);
  private static final int ADMIN_TIMEOUT_SECONDS = 10;

  private final TopicPartition at;
  private final Map<String, List<String>> entries = new HashMap<>();

  private PartitionJournal(TopicPartition at) {
    this.at = at;
  }

  /**
   * Reads it whole.
   *
   * @param wanted asked between fetches; when it says no, reading ends and the journal is partial
   */
  static PartitionJournal read(
      Map<String, Object> kafka, Admin admin, TopicPartition at, BooleanSupplier wanted)
      throws ExecutionException, TimeoutException, InterruptedException {
    PartitionJournal journal = new PartitionJournal(at);
    long end = uncommittedEnd(admin, at);
    Map<String, Object> config = new HashMap<>(kafka);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.remove(ConsumerConfig.GROUP_ID_CONFIG);
    try (var consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(at));
      consumer.seekToBeginning(List.of(at));
      // the position, not the last record's offset: markers and aborted records take offsets too
      Waiting waiting = new Waiting();
      while (consumer.position(at) < end && wanted.getAsBoolean()) {
        var records = consumer.poll(POLL);
        records.forEach(journal::add);
        waiting.look(consumer.position(at), end, at);
      }
    }
    return journal;
  }

  /** Says from time to time that reading does not go on: a stage that stands still says why. */
  private static final class Waiting {
    private long position = -1;
    private long since;

    void look(long now, long end, TopicPartition at) {
      long time = System.nanoTime();
      if (now != position) {
        position = now;
        since = time;
      } else if (now < end && time - since > SAY_AFTER.toNanos()) {
        since = time;
        LOG.warn(
            "{} is read up to {} of {}: a transaction that is open there is waited for, or the broker"
                + " does not answer",
            at,
            now,
            end);
      }
    }
  }

  private static long uncommittedEnd(Admin admin, TopicPartition at)
      throws ExecutionException, TimeoutException, InterruptedException {
    return admin
        .listOffsets(
            Map.of(at, OffsetSpec.latest()),
            new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
        .partitionResult(at)
        .get(ADMIN_TIMEOUT_SECONDS, TimeUnit.SECONDS)
        .offset();
  }

  private void add(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() != null && record.value() != null) {
      String key = new String(record.key(), UTF_8);
      String value = new String(record.value(), UTF_8);
      if (record.headers().lastHeader(END_HEADER) != null) {
        end(new JournalEnd(key, value));
      } else {
        appended(key, List.of(value));
      }
    }
  }

  synchronized List<String> read(String key) {
    return List.copyOf(entries.getOrDefault(key, List.of()));
  }

  /** They are in the topic now. */
  synchronized void appended(String key, List<String> values) {
    entries.computeIfAbsent(key, k -> new ArrayList<>()).addAll(values);
  }

  /** It is in the topic now. */
  synchronized void end(JournalEnd end) {
    entries.put(end.key(), new ArrayList<>(List.of(end.value())));
  }

  ProducerRecord<byte[], byte[]> record(String key, String value) {
    return new ProducerRecord<>(
        at.topic(), at.partition(), key.getBytes(UTF_8), value.getBytes(UTF_8));
  }

  ProducerRecord<byte[], byte[]> record(JournalEnd end) {
    ProducerRecord<byte[], byte[]> record = record(end.key(), end.value());
    record.headers().add(END_HEADER, new byte[0]);
    return record;
  }
}
