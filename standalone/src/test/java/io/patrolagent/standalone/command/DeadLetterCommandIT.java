package io.patrolagent.standalone.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patrolagent.common.config.Env;
import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.config.TopicSettings;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.stage.TopicProvisioner;
import io.patrolagent.embedded.EmbeddedKafka;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DeadLetterCommandIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REQUESTED = Topics.DEFAULT.requested();
  private static final String NAMED = "0192f0c1-2b7e-7c55-8d7e-3f2a9c1b5e44";

  private static EmbeddedKafka broker;
  private static KafkaSettings kafka;
  private static Map<String, String> variables;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = EmbeddedKafka.start();
    kafka = KafkaSettings.of(broker.bootstrapServers());
    variables = Map.of("PATROL_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
    new TopicProvisioner(kafka, TopicSettings.from(Env.of(Map.of("PATROL_TOPIC_PARTITIONS", "1"))))
        .run();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void aDeadLetterIsListedReplayedOnceAndRemembered() throws Exception {
    String readable =
        dead(REQUESTED, "{\"report_type\":\"weekly\",\"patrol_id\":\"" + NAMED + "\"}");
    String bare =
        dead(REQUESTED, "{\"report_type\":\"on_demand\",\"expires_at\":\"2020-01-01T00:00:00Z\"}");
    String broken = dead(REQUESTED, "{\"report_type\":7}");
    String step = dead(Topics.DEFAULT.failed(), failed());

    CommandLineRun list = run("dlt", "list");
    assertThat(list.exitStatus()).as(list.err()).isZero();
    assertThat(list.out())
        .contains(readable, bare, broken, step)
        .contains("from patrol.requested-3@41", "patrol " + NAMED, "it could not be read")
        .doesNotContain("replayed");
    JsonNode first =
        JSON.readTree(run("dlt", "list", "--json").out().lines().findFirst().orElse(""));
    assertThat(first.get("origin").asText()).isEqualTo("patrol.requested-3@41");
    assertThat(first.get("replayed_at").isNull()).isTrue();

    CommandLineRun replay = run("dlt", "replay", "--all");
    assertThat(replay.exitStatus()).isEqualTo(1);
    assertThat(replay.out())
        .contains(broken + " stays: it still cannot be read: patrol.requested: report_type")
        .contains(step + " stays: patrol " + NAMED + " has ended with it")
        .contains("--retry-of " + NAMED);
    List<JsonNode> triggers = requested();
    assertThat(triggers).hasSize(2);
    assertThat(triggers.get(0).get("retry_of").asText()).isEqualTo(NAMED);
    assertThat(triggers.get(0).get("report_type").asText()).isEqualTo("weekly");
    assertThat(triggers.get(1).has("retry_of")).isFalse();
    assertThat(triggers.get(1).has("expires_at")).as("an expired one would end at once").isFalse();

    assertThat(run("dlt", "list", "--topic", REQUESTED).out()).contains(", replayed ");
    CommandLineRun again = run("dlt", "replay", readable);
    assertThat(again.exitStatus()).isEqualTo(1);
    assertThat(again.out()).contains(readable + " stays: it was replayed");
    assertThat(run("dlt", "replay", "--force", readable).exitStatus()).isZero();
    List<JsonNode> after = requested();
    assertThat(after).hasSize(3);
    assertThat(after.get(2).get("patrol_id"))
        .as("whoever replays it twice gets one patrol")
        .isEqualTo(after.get(0).get("patrol_id"))
        .isNotEqualTo(after.get(1).get("patrol_id"));
    PatrolId.parse(after.get(0).get("patrol_id").asText());
  }

  @Test
  void whatIsNotThereOrNotNamedIsSaid() {
    assertThat(run("dlt", "list", "--topic", "patrol.agent-finished").err())
        .contains("there are no dead letters");
    CommandLineRun missing = run("dlt", "replay", "patrol.requested.dlt-0@99");
    assertThat(missing.exitStatus()).isEqualTo(1);
    assertThat(missing.err()).contains("patrol.requested.dlt-0@99", "patrol dlt list");
    assertThat(run("dlt", "replay").exitStatus()).isEqualTo(2);
    assertThat(run("dlt", "replay", "--all", "patrol.requested.dlt-0@0").exitStatus()).isEqualTo(2);
  }

  private CommandLineRun run(String... args) {
    return CommandLineRun.of(variables, args);
  }

  private static String failed() {
    return """
    {"schema_version":1,"patrol_id":"%s","stage":"aggregator","status":"failed","reason":"x",\
    "failed_at":"2026-11-25T07:00:00Z"}\
    """
        .formatted(NAMED);
  }

  /** As the stage runtime writes them; the coordinates of the dead letter. */
  private String dead(String topic, String value) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            kafka.forProducer(), new ByteArraySerializer(), new ByteArraySerializer())) {
      var letter =
          new ProducerRecord<byte[], byte[]>(
              Topics.deadLetter(topic), null, null, value.getBytes(UTF_8));
      letter
          .headers()
          .add("kafka_dlt-original-topic", topic.getBytes(UTF_8))
          .add("kafka_dlt-original-partition", ByteBuffer.allocate(4).putInt(3).array())
          .add("kafka_dlt-original-offset", ByteBuffer.allocate(8).putLong(41).array())
          .add("kafka_dlt-exception-message", "it could not be read".getBytes(UTF_8));
      RecordMetadata at = producer.send(letter).get();
      return at.topic() + "-" + at.partition() + "@" + at.offset();
    }
  }

  private List<JsonNode> requested() throws Exception {
    List<JsonNode> values = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(
            kafka.forConsumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(REQUESTED, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        for (var record : consumer.poll(Duration.ofMillis(200))) {
          assertThat(record.headers().lastHeader("kafka_dlt-original-topic")).isNull();
          values.add(JSON.readTree(record.value()));
        }
      }
    }
    return values;
  }
}
