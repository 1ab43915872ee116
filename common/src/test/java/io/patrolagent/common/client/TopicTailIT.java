package io.patrolagent.common.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.embedded.EmbeddedKafka;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicTailIT {

  private static final Duration LONG = Duration.ofMinutes(1);

  private static EmbeddedKafka broker;
  private static KafkaSettings kafka;
  private static Admin admin;

  private final String topic = "tail-" + UUID.randomUUID();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private KafkaProducer<byte[], byte[]> producer;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedKafka.start();
    kafka = KafkaSettings.of(broker.bootstrapServers());
    admin = Admin.create(kafka.forAdmin());
  }

  @AfterAll
  static void stopBroker() {
    admin.close();
    broker.close();
  }

  @BeforeEach
  void connect() {
    producer =
        new KafkaProducer<>(
            kafka.with("transactional.id", topic).forProducer(),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
  }

  @AfterEach
  void disconnect() {
    producer.close();
  }

  @Test
  void whatATopicHoldsIsReadWhenItsEndIsReached() throws Exception {
    create(2);
    write(0, "a");
    write(1, "b");

    try (TopicTail tail = follow(null)) {
      tail.awaitEnd(LONG);
      assertThat(seen).containsExactlyInAnyOrder("a", "b");

      write(0, "c");
      tail.awaitEnd(LONG);
      assertThat(seen).containsExactlyInAnyOrder("a", "b", "c");
    }
  }

  @Test
  void whatIsOlderThanTheTimeIsNotRead() throws Exception {
    create(2);
    write(0, "old");
    Instant since = Instant.now();
    await().until(() -> Instant.now().isAfter(since.plusMillis(5)));
    write(0, "new");

    try (TopicTail tail = follow(since.plusMillis(1))) {
      tail.awaitEnd(LONG);
      assertThat(seen).containsExactly("new");
    }
  }

  @Test
  void whatWasTakenBackIsNotRead() throws Exception {
    create(1);
    producer.beginTransaction();
    producer.send(record(0, "taken back"));
    producer.flush();
    producer.abortTransaction();

    try (TopicTail tail = follow(null)) {
      tail.awaitEnd(LONG);
      write(0, "stays");
      tail.awaitEnd(LONG);
      assertThat(seen).containsExactly("stays");
    }
  }

  @Test
  void aTopicThatIsNotThereYetIsWaitedForAndNamed() throws Exception {
    try (TopicTail tail = follow(null)) {
      assertThatThrownBy(() -> tail.awaitEnd(Duration.ofMillis(700)))
          .isInstanceOf(TimeoutException.class)
          .hasMessageContaining(topic)
          .hasMessageContaining("does not exist");

      create(1);
      write(0, "a");
      tail.awaitEnd(LONG);
      assertThat(seen).containsExactly("a");
    }
  }

  @Test
  void aPartitionThatIsAddedIsReadFromItsBeginning() throws Exception {
    create(1);
    try (TopicTail tail = follow(null)) {
      tail.awaitEnd(LONG);
      admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(2))).all().get();
      await().until(() -> producer.partitionsFor(topic).size() == 2);
      write(1, "a");

      await().atMost(LONG).until(() -> seen.contains("a"));
    }
  }

  @Test
  void aRecordThatItsReaderThrowsAtIsPassedOver() throws Exception {
    create(1);
    write(0, "bad");
    write(0, "good");

    try (TopicTail tail =
        TopicTail.follow(
            kafka,
            topic,
            null,
            record -> {
              String value = new String(record.value(), UTF_8);
              if (value.equals("bad")) {
                throw new IllegalArgumentException(value);
              }
              seen.add(value);
            })) {
      tail.awaitEnd(LONG);
      assertThat(seen).containsExactly("good");
    }
  }

  private TopicTail follow(Instant from) {
    return TopicTail.follow(
        kafka.with("metadata.max.age.ms", "500"),
        topic,
        from,
        record -> seen.add(new String(record.value(), UTF_8)));
  }

  private void create(int partitions) throws Exception {
    admin
        .createTopics(List.of(new NewTopic(topic, Optional.of(partitions), Optional.empty())))
        .all()
        .get();
  }

  private void write(int partition, String value) throws Exception {
    producer.beginTransaction();
    producer.send(record(partition, value)).get();
    producer.commitTransaction();
  }

  private ProducerRecord<byte[], byte[]> record(int partition, String value) {
    return new ProducerRecord<>(topic, partition, null, value.getBytes(UTF_8));
  }
}
