package io.patrolagent.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patrolagent.embedded.EmbeddedDatabase;
import io.patrolagent.embedded.EmbeddedKafka;
import io.patrolagent.embedded.ReferenceSchema;
import io.patrolagent.embedded.fleet.DemoFleet;
import io.patrolagent.embedded.fleet.FleetOptions;
import io.patrolagent.systemtests.process.ServiceProcess;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/**
 * Milliseconds from trigger to finished event, less the agent's own, beside as many bare
 * transactional hops on the same broker. Not part of the build; CONTRIBUTING says how to run it.
 */
class PipelineOverheadBenchmark {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int WARM_UP = 15;
  private static final int MEASURED = 40;
  private static final int HOPS = 3;

  @Test
  void trigger_to_finished_event_against_bare_hops() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        EmbeddedDatabase database = EmbeddedDatabase.start()) {
      try (var connection =
          DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password())) {
        ReferenceSchema.create(connection);
        new DemoFleet(FleetOptions.defaults(Instant.now())).load(connection);
        connection
            .createStatement()
            .execute(
                "create role patrol_reader login;"
                    + " grant usage on schema alerts to patrol_reader;"
                    + " alter default privileges in schema alerts"
                    + " grant select on tables to patrol_reader");
      }
      List<Double> hops = bareHops(kafka.bootstrapServers());
      List<Double> patrols = patrols(kafka.bootstrapServers(), database);
      System.out.printf(
          "trigger to finished event, less the agent's own time: median %.1f ms; %d bare"
              + " transactional hops: median %.1f ms; ratio %.1f (medians of %d)%n",
          median(patrols), HOPS, median(hops), median(patrols) / median(hops), MEASURED);
    }
  }

  private static List<Double> patrols(String brokers, EmbeddedDatabase database) throws Exception {
    Map<String, String> variables = new HashMap<>();
    variables.put("PATROL_KAFKA_BOOTSTRAP_SERVERS", brokers);
    variables.put("PATROL_TOPIC_PARTITIONS", "1");
    variables.put("PATROL_DATABASE_URL", database.jdbcUrl());
    variables.put("PATROL_DATABASE_USER", database.user());
    Map<String, String> reading = new HashMap<>(variables);
    reading.put("PATROL_DATABASE_USER", "patrol_reader");
    Map<String, String> unlimited = new HashMap<>(variables);
    unlimited.put("PATROL_ON_DEMAND_SHARE_WINDOW", "0");
    unlimited.put("PATROL_ON_DEMAND_PER_HOUR", "100000");
    try (ServiceProcess sink = ServiceProcess.start("report-sink", variables);
        ServiceProcess runner = ServiceProcess.start("agent-runner", reading);
        ServiceProcess aggregator = ServiceProcess.start("aggregator", unlimited);
        var producer = producer(brokers, null);
        var consumer = consumer(brokers, "patrol.report-finished")) {
      List<Double> millis = new ArrayList<>();
      for (int i = 0; i < WARM_UP + MEASURED; i++) {
        long begin = System.nanoTime();
        producer.send(new ProducerRecord<>("patrol.requested", "{\"report_type\":\"on_demand\"}"));
        JsonNode finished = JSON.readTree(next(consumer).value().getBytes(UTF_8));
        double elapsed = (System.nanoTime() - begin) / 1e6;
        if (i >= WARM_UP) {
          millis.add(elapsed - finished.at("/report/usage/duration_ms").asDouble());
        }
      }
      printStages(brokers);
      return millis;
    }
  }

  /** Where the time goes: from one topic's broker timestamp to the next one's. */
  private static void printStages(String brokers) {
    List<String> topics =
        List.of(
            "patrol.requested",
            "patrol.snapshot-taken.on-demand",
            "patrol.agent-finished",
            "patrol.report-finished");
    List<List<Long>> times = new ArrayList<>();
    for (String topic : topics) {
      try (var consumer = consumer(brokers, topic, "stages-" + topic)) {
        List<Long> read = new ArrayList<>();
        while (read.size() < WARM_UP + MEASURED) {
          read.add(next(consumer).timestamp());
        }
        times.add(read);
      }
    }
    for (int stage = 1; stage < topics.size(); stage++) {
      List<Double> millis = new ArrayList<>();
      for (int i = WARM_UP; i < WARM_UP + MEASURED; i++) {
        millis.add((double) (times.get(stage).get(i) - times.get(stage - 1).get(i)));
      }
      System.out.printf(
          "%s to %s: median %.0f ms%n", topics.get(stage - 1), topics.get(stage), median(millis));
    }
  }

  /** A record through as many topics as a patrol goes through, each hop a transaction. */
  private static List<Double> bareHops(String brokers) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
      List<NewTopic> topics = new ArrayList<>();
      for (int i = 0; i <= HOPS; i++) {
        topics.add(new NewTopic("hop-" + i, 1, (short) 1));
      }
      admin.createTopics(topics).all().get();
    }
    List<KafkaConsumer<String, String>> consumers = new ArrayList<>();
    List<KafkaProducer<String, String>> producers = new ArrayList<>();
    for (int i = 0; i <= HOPS; i++) {
      consumers.add(consumer(brokers, "hop-" + i));
      producers.add(producer(brokers, i < HOPS ? "hop-" + i : null));
    }
    List<Double> millis = new ArrayList<>();
    for (int n = 0; n < WARM_UP + MEASURED; n++) {
      long begin = System.nanoTime();
      producers.get(HOPS).send(new ProducerRecord<>("hop-0", "x"));
      for (int i = 0; i < HOPS; i++) {
        hop(consumers.get(i), producers.get(i), "hop-" + (i + 1));
      }
      next(consumers.get(HOPS));
      if (n >= WARM_UP) {
        millis.add((System.nanoTime() - begin) / 1e6);
      }
    }
    consumers.forEach(KafkaConsumer::close);
    producers.forEach(KafkaProducer::close);
    return millis;
  }

  private static void hop(
      KafkaConsumer<String, String> from, KafkaProducer<String, String> by, String to) {
    ConsumerRecord<String, String> record = next(from);
    by.beginTransaction();
    by.send(new ProducerRecord<>(to, record.value()));
    by.sendOffsetsToTransaction(
        Map.of(
            new TopicPartition(record.topic(), record.partition()),
            new OffsetAndMetadata(record.offset() + 1)),
        from.groupMetadata());
    by.commitTransaction();
  }

  private static ConsumerRecord<String, String> next(KafkaConsumer<String, String> consumer) {
    while (true) {
      for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
        return record;
      }
    }
  }

  private static KafkaProducer<String, String> producer(String brokers, String transactionalId) {
    Properties config = new Properties();
    config.put("bootstrap.servers", brokers);
    config.put("linger.ms", "0");
    if (transactionalId != null) {
      config.put("transactional.id", transactionalId);
    }
    var producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
    if (transactionalId != null) {
      producer.initTransactions();
    }
    return producer;
  }

  private static KafkaConsumer<String, String> consumer(String brokers, String topic) {
    return consumer(brokers, topic, "bench-" + topic);
  }

  private static KafkaConsumer<String, String> consumer(
      String brokers, String topic, String group) {
    Properties config = new Properties();
    config.put("bootstrap.servers", brokers);
    config.put("group.id", group);
    config.put("group.protocol", "consumer");
    config.put("isolation.level", "read_committed");
    config.put("auto.offset.reset", "earliest");
    config.put("enable.auto.commit", "false");
    config.put("max.poll.records", "1");
    config.put("metadata.max.age.ms", "1000");
    var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer());
    consumer.subscribe(List.of(topic));
    return consumer;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
