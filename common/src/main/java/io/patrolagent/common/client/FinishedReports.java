package io.patrolagent.common.client;

import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.event.EventType;
import io.patrolagent.common.event.ReportFinished;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.event.UndecodableEventException;
import io.patrolagent.common.patrol.PatrolId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A reader of {@code patrol.report-finished}: one report at a time, committed ones alone. */
final class FinishedReports implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FinishedReports.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration METADATA_TIMEOUT = Duration.ofSeconds(15);
  private static final Duration CREATION_TIMEOUT = Duration.ofSeconds(2);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final boolean grouped;

  /** A report and where it was read, to be confirmed or read again. */
  record Delivery(ReportFinished finished, TopicPartition partition, long offset) {}

  private FinishedReports(KafkaConsumer<byte[], byte[]> consumer, boolean grouped) {
    this.consumer = consumer;
    this.grouped = grouped;
  }

  static FinishedReports fromNow(KafkaSettings kafka, Topics topics) {
    return from(kafka, topics, null);
  }

  /** Those as well that have finished since, by the broker's time. */
  static FinishedReports since(KafkaSettings kafka, Topics topics, Instant since) {
    return from(kafka, topics, since);
  }

  private static FinishedReports from(KafkaSettings kafka, Topics topics, @Nullable Instant since) {
    KafkaConsumer<byte[], byte[]> consumer = consumer(kafka, Map.of());
    try {
      List<TopicPartition> partitions = partitions(consumer, topics, kafka);
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      partitions.forEach(consumer::position); // now, and not when the first poll comes to it
      if (since != null) {
        seek(consumer, partitions, since);
      }
      return new FinishedReports(consumer, false);
    } catch (RuntimeException e) {
      consumer.close(CloseOptions.timeout(Duration.ZERO));
      throw e;
    }
  }

  private static void seek(
      KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions, Instant since) {
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, since.toEpochMilli()));
    consumer
        .offsetsForTimes(times, METADATA_TIMEOUT)
        .forEach(
            (partition, found) -> {
              if (found != null) { // nothing has finished there since: it stays at its end
                consumer.seek(partition, found.offset());
              }
            });
  }

  static FinishedReports ofGroup(KafkaSettings kafka, Topics topics, String group) {
    Map<String, Object> membership =
        Map.of(
            ConsumerConfig.GROUP_ID_CONFIG,
            group,
            ConsumerConfig.GROUP_PROTOCOL_CONFIG,
            kafka.groupProtocol().kafkaName());
    KafkaConsumer<byte[], byte[]> consumer = consumer(kafka, membership);
    consumer.subscribe(List.of(topics.reportFinished()), new BeginNow(consumer));
    return new FinishedReports(consumer, true);
  }

  /**
   * Writes down where a new group begins. Without that a partition on which it has seen no report
   * yet would begin at its end again after each restart, and what finished in between be lost.
   */
  private record BeginNow(KafkaConsumer<byte[], byte[]> consumer)
      implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
      Map<TopicPartition, OffsetAndMetadata> committed =
          consumer.committed(Set.copyOf(assigned), METADATA_TIMEOUT);
      Map<TopicPartition, OffsetAndMetadata> beginnings = new HashMap<>();
      for (TopicPartition partition : assigned) {
        if (committed.get(partition) == null) {
          beginnings.put(partition, new OffsetAndMetadata(consumer.position(partition)));
        }
      }
      if (!beginnings.isEmpty()) {
        consumer.commitSync(beginnings);
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
      // each report was confirmed when it was taken
    }
  }

  private static KafkaConsumer<byte[], byte[]> consumer(
      KafkaSettings kafka, Map<String, Object> membership) {
    Map<String, Object> config = new HashMap<>(kafka.forConsumer());
    config.putAll(membership);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static List<TopicPartition> partitions(
      KafkaConsumer<byte[], byte[]> consumer, Topics topics, KafkaSettings kafka) {
    String topic = topics.reportFinished();
    Instant deadline = Instant.now().plus(CREATION_TIMEOUT);
    try {
      do { // a topic that was just created may not be known to every broker yet
        List<TopicPartition> partitions =
            consumer.partitionsFor(topic, METADATA_TIMEOUT).stream()
                .map(p -> new TopicPartition(topic, p.partition()))
                .toList();
        if (!partitions.isEmpty()) {
          return partitions;
        }
      } while (Instant.now().isBefore(deadline));
    } catch (KafkaException e) {
      throw new PatrolClientException(
          "no answer from Kafka at " + kafka.bootstrapServers() + ": " + e.getMessage(), e);
    }
    throw new PatrolClientException(
        "topic %s does not exist at %s; start the services, which create it, or check the prefix"
            .formatted(topic, kafka.bootstrapServers()));
  }

  /** The next report, or none within half a second. */
  Optional<Delivery> poll() {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      try {
        return Optional.of(
            new Delivery(
                EventCodec.decode(EventType.REPORT_FINISHED, record.value()),
                new TopicPartition(record.topic(), record.partition()),
                record.offset()));
      } catch (UndecodableEventException e) {
        LOG.warn(
            "{}-{}@{} is skipped: {}",
            record.topic(),
            record.partition(),
            record.offset(),
            e.getMessage());
      }
    }
    return Optional.empty();
  }

  /** The delivery need not come again. */
  void confirm(Delivery delivery) {
    if (grouped) {
      consumer.commitSync(
          Map.of(delivery.partition(), new OffsetAndMetadata(delivery.offset() + 1)));
    }
  }

  /** The delivery comes again. */
  void readAgain(Delivery delivery) {
    consumer.seek(delivery.partition(), delivery.offset());
  }

  ReportFinished await(PatrolId patrol, Duration timeout) throws TimeoutException {
    Instant deadline = Instant.now().plus(timeout);
    while (Instant.now().isBefore(deadline)) {
      Optional<Delivery> delivery = poll();
      if (delivery.isPresent() && delivery.get().finished().patrolId().equals(patrol)) {
        return delivery.get().finished();
      }
    }
    throw new TimeoutException("patrol " + patrol + " has not ended within " + timeout);
  }

  void wakeup() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(2)));
  }
}
