package io.patrolagent.agentrunner.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.patrol.PatrolId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a patrol's journal from outside, as far as it is committed. */
public final class JournalReader {

  private static final Duration POLL = Duration.ofMillis(200);

  private JournalReader() {}

  /**
   * The patrol's entries of both lanes, oldest first; none where the journal has none any more.
   * Reads the journals whole, some hundred megabytes a second.
   *
   * @throws KafkaException if they cannot be read
   */
  public static List<JournalEntry> read(KafkaSettings kafka, Topics topics, PatrolId patrol) {
    Map<String, Object> config = kafka.forConsumer();
    config.put("isolation.level", "read_committed");
    config.put("enable.auto.commit", false);
    config.put("allow.auto.create.topics", false);
    try (var consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          Stream.of(topics.snapshotTaken(), topics.snapshotTakenOnDemand())
              .map(topics::journal)
              .flatMap(topic -> consumer.partitionsFor(topic).stream())
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<JournalEntry> entries = new ArrayList<>();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          entry(record, patrol).ifPresent(entries::add);
        }
      }
      return entries;
    }
  }

  /** The entry, if the record holds one of this patrol that can be read. */
  public static Optional<JournalEntry> entry(
      ConsumerRecord<byte[], byte[]> record, PatrolId patrol) {
    return record.key() != null
            && record.value() != null
            && patrol.toString().equals(new String(record.key(), UTF_8))
        ? JournalCodec.decode(new String(record.value(), UTF_8))
        : Optional.empty();
  }
}
