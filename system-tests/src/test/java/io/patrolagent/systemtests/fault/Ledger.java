package io.patrolagent.systemtests.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patrolagent.agentrunner.journal.JournalEntry;
import io.patrolagent.agentrunner.journal.JournalReader;
import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.patrol.PatrolId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What can be seen of patrols from outside: rows, and the records that a read_committed reader
 * sees. Its Kafka clients are called {@code observer}.
 */
final class Ledger implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Platform platform;
  private final Topics topics;
  private final Admin admin;

  /**
   * A row as far as the promises are about it.
   *
   * @param announced whether its event was published, by what the report-sink noted
   */
  record Row(String status, String error, boolean announced, List<String> warnings) {}

  Ledger(Platform platform, Topics topics) {
    this.platform = platform;
    this.topics = topics;
    this.admin = Admin.create(clientConfig());
  }

  private Map<String, Object> clientConfig() {
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", platform.bootstrapServers());
    config.put("client.id", "observer");
    config.put("default.api.timeout.ms", 10_000);
    config.put("request.timeout.ms", 5_000);
    return config;
  }

  /** For what a test wants to do to topics and groups itself. */
  Admin admin() {
    return admin;
  }

  /** The rows of these patrols. */
  Map<PatrolId, Row> rows(Collection<PatrolId> patrols) throws SQLException {
    Map<PatrolId, Row> rows = new HashMap<>();
    try (Connection connection = platform.connect();
        PreparedStatement query =
            connection.prepareStatement(
                """
                select report_id, status, error, announced_at is not null, warnings
                  from alerts.patrol_reports
                 where report_id = any (?)
                """)) {
      query.setArray(
          1,
          connection.createArrayOf(
              "uuid", patrols.stream().map(PatrolId::value).toArray(UUID[]::new)));
      ResultSet found = query.executeQuery();
      while (found.next()) {
        rows.put(
            PatrolId.parse(found.getString(1)),
            new Row(
                found.getString(2),
                found.getString(3),
                found.getBoolean(4),
                texts(found.getString(5))));
      }
    }
    return rows;
  }

  private static List<String> texts(String json) {
    try {
      List<String> texts = new ArrayList<>();
      if (json != null) {
        JSON.readTree(json).forEach(text -> texts.add(text.asText()));
      }
      return texts;
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  Row row(PatrolId patrol) throws SQLException {
    return rows(List.of(patrol)).get(patrol);
  }

  /** The finished events that a reader sees, in order. */
  List<JsonNode> finished() {
    return values(topics.reportFinished());
  }

  /** What a patrol's journal says that was done, oldest first. */
  List<JournalEntry> journal(PatrolId patrol) {
    return JournalReader.read(KafkaSettings.of(platform.bootstrapServers()), topics, patrol);
  }

  /** The values of a topic that a read_committed reader sees. */
  List<JsonNode> values(String topic) {
    return records(topic).stream().map(Ledger::json).toList();
  }

  private static JsonNode json(ConsumerRecord<byte[], byte[]> record) {
    try {
      return JSON.readTree(record.value());
    } catch (java.io.IOException e) {
      throw new IllegalStateException(new String(record.value(), UTF_8), e);
    }
  }

  /** The records of a topic that a read_committed reader sees; none if there is no such topic. */
  List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    Map<String, Object> config = clientConfig();
    config.put("isolation.level", "read_committed");
    config.put("allow.auto.create.topics", false);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  /** Waits until each of these has a row and a visible event, and the row says so. */
  void awaitEnded(Collection<PatrolId> patrols, Duration bound) {
    await()
        .alias(patrols.size() + " patrols have ended")
        .atMost(bound)
        .pollInterval(Duration.ofMillis(250))
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              Map<PatrolId, Row> rows = rows(patrols);
              assertThat(rows.keySet()).containsAll(patrols);
              assertThat(rows.values()).allMatch(Row::announced);
              assertThat(finishedIds()).containsAll(patrols);
            });
  }

  /** Those whose event could be seen; none while the broker does not answer. */
  Set<PatrolId> seenEnded() {
    try {
      return finishedIds();
    } catch (KafkaException e) {
      return Set.of();
    }
  }

  private Set<PatrolId> finishedIds() {
    return finished().stream()
        .map(event -> PatrolId.parse(event.get("patrol_id").asText()))
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** One row and one visible event each, which says what the row says; and none of others. */
  void verifyEndedOnce(Collection<PatrolId> patrols) throws SQLException {
    Map<PatrolId, Row> rows = rows(patrols);
    assertThat(rows.keySet()).as("patrols with a row").containsExactlyInAnyOrderElementsOf(patrols);
    List<JsonNode> events = finished();
    assertThat(events)
        .as("finished events that a reader sees")
        .extracting(event -> PatrolId.parse(event.get("patrol_id").asText()))
        .containsExactlyInAnyOrderElementsOf(patrols);
    for (JsonNode event : events) {
      assertThat(event.get("status").asText())
          .as("status of %s in its event, and in its row", event.get("patrol_id"))
          .isEqualTo(rows.get(PatrolId.parse(event.get("patrol_id").asText())).status());
    }
  }

  /** How many of this test's patrols have ended, by what the report-sink noted. */
  long ended() throws SQLException {
    try (Connection connection = platform.connect();
        PreparedStatement query =
            connection.prepareStatement(
                """
                select count(*)
                  from alerts.patrol_reports
                 where announced_at is not null and starts_with(source_topic, ?)
                """)) {
      query.setString(1, topics.prefix());
      ResultSet found = query.executeQuery();
      found.next();
      return found.getLong(1);
    }
  }

  /** The statuses of these patrols' rows. */
  List<String> statuses(Collection<PatrolId> patrols) throws SQLException {
    return rows(patrols).values().stream().map(Row::status).toList();
  }

  /** The offset that a stage has committed on a topic's only partition, -1 if none. */
  long committed(String stage, String topic) throws Exception {
    OffsetAndMetadata offset =
        admin
            .listConsumerGroupOffsets(topics.group(stage))
            .partitionsToOffsetAndMetadata()
            .get()
            .get(new TopicPartition(topic, 0));
    return offset == null ? -1 : offset.offset();
  }

  /** Sets a stage's offset on a topic's only partition; its members have to be gone. */
  void setCommitted(String stage, String topic, long offset) {
    await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .until(
            () -> {
              admin
                  .alterConsumerGroupOffsets(
                      topics.group(stage),
                      Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(offset)))
                  .all()
                  .get();
              return true;
            });
  }

  /** The end of a topic's only partition, markers and what is not committed included. */
  long end(String topic) throws Exception {
    TopicPartition partition = new TopicPartition(topic, 0);
    return admin
        .listOffsets(Map.of(partition, OffsetSpec.latest()))
        .partitionResult(partition)
        .get()
        .offset();
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
