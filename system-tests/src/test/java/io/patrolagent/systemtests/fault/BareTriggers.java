package io.patrolagent.systemtests.fault;

import io.patrolagent.common.event.Topics;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** Triggers as any Kafka client may write them: JSON, and nothing of ours. */
record BareTriggers(Platform platform, Topics topics) {

  /** Without a patrol id in it: returns the id that the acknowledgement tells. */
  PatrolId send(String json, Admin admin) throws Exception {
    try (var producer = producer()) {
      var sent = producer.send(new ProducerRecord<>(topics.requested(), json)).get();
      var described = admin.describeTopics(List.of(sent.topic())).allTopicNames().get();
      return PatrolId.ofRecord(
          described.get(sent.topic()).topicId().toString(), sent.partition(), sent.offset());
    }
  }

  /** One for each of these patrols, none waiting for another's acknowledgement. */
  void sendAtOnce(ReportType type, Collection<PatrolId> patrols) throws Exception {
    try (var producer = producer()) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (PatrolId patrol : patrols) {
        String trigger =
            "{\"patrol_id\":\"%s\",\"report_type\":\"%s\",\"focus\":\"%s\"}"
                .formatted(patrol, type.wireName(), patrol);
        sent.add(
            producer.send(new ProducerRecord<>(topics.requested(), patrol.toString(), trigger)));
      }
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    }
  }

  private KafkaProducer<String, String> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", platform.bootstrapServers(), "client.id", "observer"),
        new StringSerializer(),
        new StringSerializer());
  }
}
