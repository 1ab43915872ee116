package io.patrolagent.common.stage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.config.TopicSettings;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.ops.HealthCheck;
import io.patrolagent.common.ops.Telemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/**
 * Topics of their own on a real broker, and a client that is none of the runtime's to look at them.
 */
final class StageHarness implements AutoCloseable {

  static final RetryPolicy QUICK = new RetryPolicy(3, Duration.ofMillis(10), Duration.ofMillis(50));

  final KafkaSettings kafka;
  final Topics topics;
  final MeterRegistry meters = new SimpleMeterRegistry();
  final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;
  private final List<StageRuntime<?>> stages = new ArrayList<>();

  StageHarness(String bootstrapServers, int partitions) throws Exception {
    Awaitility.setDefaultTimeout(Duration.ofMinutes(1)); // a busy machine is not a failure
    kafka = KafkaSettings.of(bootstrapServers);
    String prefix = "test-" + UUID.randomUUID() + ".";
    topics = new Topics(prefix);
    admin = Admin.create(kafka.forAdmin());
    producer =
        new KafkaProducer<>(
            kafka.forProducer(), new ByteArraySerializer(), new ByteArraySerializer());
    new TopicProvisioner(
            kafka,
            new TopicSettings(
                prefix, TopicSettings.Topics.CREATE, partitions, 1, OptionalInt.empty()))
        .run();
  }

  StageOptions options() {
    return StageOptions.of("stage", topics.group("stage"), List.of(topics.requested()), 4)
        .withRetries(QUICK);
  }

  StageRuntime<?> start(StageHandler<?> handler) {
    return start(options(), handler, kafka);
  }

  StageRuntime<?> start(
      StageOptions options,
      StageHandler<?> handler,
      KafkaSettings settings,
      HealthCheck... dependencies) {
    StageRuntime<?> stage =
        new StageRuntime<>(
            options,
            handler,
            settings,
            topics,
            List.of(),
            List.of(dependencies),
            Telemetry.of(meters));
    stages.add(stage);
    stage.start();
    return stage;
  }

  void trigger(int partition, String value, Header... headers) throws Exception {
    trigger(partition, value.getBytes(UTF_8), headers);
  }

  void trigger(int partition, byte[] value, Header... headers) throws Exception {
    var record = new ProducerRecord<byte[], byte[]>(topics.requested(), partition, null, value);
    for (Header header : headers) {
      record.headers().add(header);
    }
    producer.send(record).get();
  }

  /** Everything of a topic that a read_committed reader sees, in the order of each partition. */
  List<ConsumerRecord<byte[], byte[]>> visible(String topic) {
    Map<String, Object> config = kafka.forConsumer();
    config.put("isolation.level", "read_committed");
    config.put("enable.auto.commit", false);
    try (var consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
      return records;
    }
  }

  List<String> values(String topic) {
    return visible(topic).stream().map(r -> new String(r.value(), UTF_8)).toList();
  }

  /** The group's committed offset of an input partition, -1 where it has none. */
  long committed(int partition) throws Exception {
    var offsets =
        admin.listConsumerGroupOffsets(options().group()).partitionsToOffsetAndMetadata().get();
    var offset = offsets.get(new TopicPartition(topics.requested(), partition));
    return offset == null ? -1 : offset.offset();
  }

  @Override
  public void close() {
    stages.forEach(StageRuntime::close);
    producer.close();
    admin.close();
  }
}
