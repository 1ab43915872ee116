package io.patrolagent.systemtests.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The least that as many records through as many topics take: one transaction for each record and
 * hop, of a producer per partition, and nothing done in between.
 */
final class BareHops {

  private static final int HOPS = 3;

  private final String brokers;
  private final String prefix;
  private final int partitions;

  BareHops(String brokers, String prefix, int partitions) {
    this.brokers = brokers;
    this.prefix = prefix;
    this.partitions = partitions;
  }

  /** How long it takes until that many records, all there at the beginning, are at the end. */
  Duration drain(int records) throws Exception {
    try (Admin admin = Admin.create(clientConfig())) {
      admin
          .createTopics(
              IntStream.rangeClosed(0, HOPS)
                  .mapToObj(hop -> new NewTopic(topic(hop), partitions, (short) 1))
                  .toList())
          .all()
          .get();
    }
    try (var producer = producer(null)) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (int i = 0; i < records; i++) {
        sent.add(producer.send(new ProducerRecord<>(topic(0), "record-" + i, "x")));
      }
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    }
    CountDownLatch arrived = new CountDownLatch(records);
    ExecutorService hops = Executors.newFixedThreadPool(HOPS);
    ExecutorService workers = Executors.newFixedThreadPool(HOPS * partitions);
    long begin = System.nanoTime();
    try {
      List<Future<Void>> running = new ArrayList<>();
      for (int hop = 0; hop < HOPS; hop++) {
        int from = hop;
        running.add(hops.submit(() -> hop(from, workers, from == HOPS - 1 ? arrived : null)));
      }
      while (!arrived.await(1, TimeUnit.SECONDS)) {
        for (Future<Void> each : running) {
          if (each.isDone()) {
            each.get();
          }
        }
      }
      return Duration.ofNanos(System.nanoTime() - begin);
    } finally {
      hops.shutdownNow();
      workers.shutdownNow();
    }
  }

  private Void hop(int from, ExecutorService workers, CountDownLatch arrived) throws Exception {
    List<KafkaProducer<String, String>> producers = new ArrayList<>();
    try (var consumer = consumer(from)) {
      for (int partition = 0; partition < partitions; partition++) {
        producers.add(producer(topic(from) + "-" + partition));
      }
      while (true) {
        ConsumerRecords<String, String> records = consumer.poll(Duration.ofMillis(100));
        ConsumerGroupMetadata group = consumer.groupMetadata();
        List<Future<?>> work = new ArrayList<>();
        for (TopicPartition at : records.partitions()) {
          work.add(
              workers.submit(
                  () ->
                      records
                          .records(at)
                          .forEach(
                              record -> {
                                pass(record, group, producers.get(at.partition()), from + 1);
                                if (arrived != null) {
                                  arrived.countDown();
                                }
                              })));
        }
        for (Future<?> each : work) {
          each.get();
        }
      }
    } finally {
      producers.forEach(producer -> producer.close(Duration.ZERO));
    }
  }

  private void pass(
      ConsumerRecord<String, String> record,
      ConsumerGroupMetadata group,
      KafkaProducer<String, String> producer,
      int to) {
    producer.beginTransaction();
    producer.send(new ProducerRecord<>(topic(to), record.key(), record.value()));
    producer.sendOffsetsToTransaction(
        Map.of(
            new TopicPartition(record.topic(), record.partition()),
            new OffsetAndMetadata(record.offset() + 1)),
        group);
    producer.commitTransaction();
  }

  private String topic(int hop) {
    return prefix + "hop-" + hop;
  }

  private Map<String, Object> clientConfig() {
    return new HashMap<>(Map.of("bootstrap.servers", brokers, "client.id", "observer"));
  }

  private KafkaProducer<String, String> producer(String transactionalId) {
    Map<String, Object> config = clientConfig();
    config.put("linger.ms", 0);
    // a partition that was just made may refuse a batch and take the next
    config.put("max.in.flight.requests.per.connection", 1);
    if (transactionalId != null) {
      config.put("transactional.id", transactionalId);
    }
    var producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
    if (transactionalId != null) {
      producer.initTransactions();
    }
    return producer;
  }

  private KafkaConsumer<String, String> consumer(int hop) {
    Map<String, Object> config = clientConfig();
    config.put("group.id", topic(hop));
    config.put("group.protocol", "consumer");
    config.put("isolation.level", "read_committed");
    config.put("auto.offset.reset", "earliest");
    config.put("enable.auto.commit", false);
    var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer());
    consumer.subscribe(List.of(topic(hop)));
    return consumer;
  }
}
