package io.patrolagent.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes and reads the records of one topic with the clients that anybody would use. */
record Records(String bootstrapServers, String topic) {

  Records createTopic() throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    }
    return this;
  }

  void commit(String value) {
    try (KafkaProducer<String, String> producer = producer(Duration.ofSeconds(60))) {
      producer.initTransactions();
      producer.beginTransaction();
      var unused = producer.send(new ProducerRecord<>(topic, value));
      producer.commitTransaction();
    }
  }

  void abort(String value) {
    try (KafkaProducer<String, String> producer = producer(Duration.ofSeconds(60))) {
      producer.initTransactions();
      producer.beginTransaction();
      var unused = producer.send(new ProducerRecord<>(topic, value));
      producer.flush();
      producer.abortTransaction();
    }
  }

  /** Every committed record, from the first to the log's end. */
  List<String> committed() {
    TopicPartition partition = new TopicPartition(topic, 0);
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer = consumer()) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<String, String> read : consumer.poll(Duration.ofSeconds(1))) {
          values.add(read.value());
        }
      }
    }
    return values;
  }

  /** Waits for the topic as a writer does, which creates it on brokers that allow this. */
  void awaitTopic() {
    try (KafkaProducer<String, String> producer = producer(Duration.ofSeconds(3))) {
      assertThat(producer.partitionsFor(topic)).hasSize(1);
    }
  }

  private KafkaConsumer<String, String> consumer() {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
        new StringDeserializer(),
        new StringDeserializer());
  }

  private KafkaProducer<String, String> producer(Duration patience) {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "transactional.id",
            topic + "-writer",
            "compression.type",
            "zstd",
            "max.request.size",
            6 * 1024 * 1024,
            "max.block.ms",
            patience.toMillis()),
        new StringSerializer(),
        new StringSerializer());
  }
}
