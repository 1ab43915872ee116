package io.patrolagent.standalone.deadletter;

import io.patrolagent.common.config.KafkaSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads topics from a time to their present end: committed records, in no group. */
final class TopicReader {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration METADATA = Duration.ofSeconds(15);

  private final KafkaSettings kafka;

  TopicReader(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  /** Those of the topics that are there. */
  Set<String> existing(Collection<String> topics) {
    try (var consumer = open()) {
      Set<String> known = new TreeSet<>(topics);
      known.removeIf(topic -> consumer.partitionsFor(topic, METADATA).isEmpty());
      return known;
    }
  }

  void read(
      Collection<String> topics, Instant from, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    try (var consumer = open()) {
      List<TopicPartition> partitions =
          topics.stream()
              .flatMap(topic -> consumer.partitionsFor(topic, METADATA).stream())
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, METADATA);
      begin(consumer, partitions, from);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(POLL).forEach(reader);
      }
    }
  }

  private static void begin(
      KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions, Instant from) {
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, from.toEpochMilli()));
    Map<TopicPartition, OffsetAndTimestamp> beginnings = consumer.offsetsForTimes(times, METADATA);
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp beginning = beginnings.get(partition);
      if (beginning == null) {
        consumer.seekToEnd(List.of(partition));
      } else {
        consumer.seek(partition, beginning.offset());
      }
    }
  }

  private KafkaConsumer<byte[], byte[]> open() {
    Map<String, Object> config = new HashMap<>(kafka.forConsumer());
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
