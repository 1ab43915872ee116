package io.patrolagent.reportsink.status;

import io.patrolagent.common.config.KafkaSettings;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;
import org.apache.kafka.streams.processor.LogAndSkipOnInvalidTimestamp;

/** Kafka Streams' configuration: an operator's for each of its clients, and the view's own. */
final class StreamsSettings {

  private static final int COMMIT_INTERVAL_MS = 100;
  private static final int POLL_MS = 50;

  /** Events may have 4 MiB each, and there are as many buffers as partitions. */
  private static final int BUFFERED_RECORDS = 10;

  private static final int POLLED_RECORDS = 50;

  /** How long the view stands still after a process that was killed. */
  private static final int SESSION_TIMEOUT_MS = 10_000;

  private StreamsSettings() {}

  static Properties of(KafkaSettings kafka, String applicationId) {
    Properties all = new Properties();
    kafka
        .forConsumer()
        .forEach((name, value) -> all.put(StreamsConfig.consumerPrefix(name), value));
    kafka
        .forProducer()
        .forEach((name, value) -> all.put(StreamsConfig.producerPrefix(name), value));
    kafka
        .forAdmin()
        .forEach((name, value) -> all.put(StreamsConfig.adminClientPrefix(name), value));
    all.putAll(
        Map.of(
            StreamsConfig.APPLICATION_ID_CONFIG,
            applicationId,
            StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka.bootstrapServers(),
            // repeated records change nothing, so that no transaction is needed
            StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
            StreamsConfig.AT_LEAST_ONCE,
            StreamsConfig.NUM_STREAM_THREADS_CONFIG,
            1,
            StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG,
            StreamsConfig.NO_OPTIMIZATION,
            StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
            COMMIT_INTERVAL_MS,
            StreamsConfig.POLL_MS_CONFIG,
            POLL_MS,
            StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG,
            BUFFERED_RECORDS));
    all.putAll(
        Map.of(
            StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
            0,
            // the order in which topics are read does not matter
            StreamsConfig.MAX_TASK_IDLE_MS_CONFIG,
            -1,
            StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG,
            LogAndSkipOnInvalidTimestamp.class,
            StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
            LogAndContinueExceptionHandler.class,
            StreamsConfig.consumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG),
            "read_committed",
            StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG),
            "earliest",
            StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG),
            POLLED_RECORDS,
            StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG),
            0));
    all.putIfAbsent(
        StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_TIMEOUT_MS);
    return all;
  }
}
