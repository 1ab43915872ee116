package io.patrolagent.systemtests.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patrolagent.common.event.EventType;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.event.UndecodableEventException;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.systemtests.model.StubModel;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records that no stage can read, in front of good ones. */
class PoisonIT extends OnePipelineKit {

  /** Nobody was killed: a dead letter takes milliseconds, one of megabytes some hundred. */
  private static final Duration BOUND = Duration.ofSeconds(60);

  private static final int MIB = 1024 * 1024;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Random RANDOM = new Random(7);
  private static final byte[] KEY = "a key".getBytes(UTF_8);
  private static final Header SENDER = new RecordHeader("sender", "somebody".getBytes(UTF_8));

  private Intruder intruder;

  @BeforeAll
  void openIntruder() {
    intruder = new Intruder(platform);
  }

  @AfterAll
  void closeIntruder() {
    intruder.close();
  }

  /** A topic that a stage reads, and the group that reads it. */
  record Input(EventType<?> type, String name, String group) {
    @Override
    public String toString() {
      return name;
    }

    String topic(Topics topics) {
      return topics.prefix() + name;
    }
  }

  static Stream<Input> inputs() {
    Topics plain = Topics.DEFAULT;
    return Stream.of(
        new Input(EventType.REQUESTED, plain.requested(), "aggregator"),
        new Input(EventType.SNAPSHOT_TAKEN, plain.snapshotTaken(), "agent-runner"),
        new Input(
            EventType.SNAPSHOT_TAKEN, plain.snapshotTakenOnDemand(), "agent-runner.on-demand"),
        new Input(EventType.AGENT_FINISHED, plain.agentFinished(), "report-sink"),
        new Input(EventType.FAILED, plain.failed(), "report-sink"));
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void whatCannotBeReadBecomesADeadLetterAndTheNextRecordIsHandled(Input input) throws Exception {
    PatrolId named = PatrolId.random();
    PatrolId namedInRequest = PatrolId.random();
    List<byte[]> poison = new ArrayList<>();
    poison.add(new byte[] {(byte) 0xff, 0, (byte) 0xc3, 0x28});
    poison.add(null);
    poison.add(new byte[0]);
    poison.add("[1, 2, 3]".getBytes(UTF_8));
    poison.add("{\"report_type\": 17, \"request\": 7, \"patrol_id\": {}}".getBytes(UTF_8));
    poison.add("{\"report_type\": \"on_demand\"} and more".getBytes(UTF_8));
    poison.add(
        "{\"patrol_id\": \"%s\", \"report_type\": [], \"request\": \"\", \"stage\": {}}"
            .formatted(named)
            .getBytes(UTF_8));
    poison.add(
        "{\"request\": {\"patrol_id\": \"%s\"}, \"report_type\": 1}"
            .formatted(namedInRequest)
            .getBytes(UTF_8));
    poison.add(noise(input.type().maxBytes() - 4096));
    poison.add(new byte[input.type().maxBytes() + 1]); // which the broker takes compressed
    long first = intruder.send(records(input, poison));
    pipeline.expect(named, 0);
    pipeline.expect(namedInRequest, 0);
    pipeline.trigger(ReportType.MORNING);
    pipeline.trigger();

    pipeline.recovers("poison in " + input, BOUND);

    List<ConsumerRecord<byte[], byte[]>> letters = letters(input, first, poison.size());
    assertThat(letters).hasSize(poison.size());
    for (int i = 0; i < poison.size(); i++) {
      verify(letters.get(i), input, poison.get(i), first + i);
    }
    assertThat(pipeline.ledger().row(named).status()).isEqualTo("failed");
    assertThat(pipeline.ledger().row(named).error())
        .contains(input.type().name(), "wrong type or form");
    assertThat(pipeline.ledger().row(namedInRequest).status()).isEqualTo("failed");
  }

  @Test
  void aDeadLetterThatWouldBeTooLargeItselfSaysWhereTheRecordLies() throws Exception {
    Input input =
        inputs().filter(i -> i.type() == EventType.AGENT_FINISHED).findAny().orElseThrow();
    byte[] large = new byte[8 * MIB];
    long offset = intruder.send(records(input, List.of(large)));

    pipeline.recovers("a record larger than dead letters may be", BOUND);

    assertThat(letters(input, offset, 1))
        .singleElement()
        .satisfies(letter -> verify(letter, input, null, offset));
  }

  @Test
  void aBurstInFrontOfAGoodPatrolHoldsItUpAndNoMore() throws Exception {
    int burst = 50;
    List<Input> inputs = inputs().toList();
    List<Long> firsts = new ArrayList<>();
    for (Input input : inputs) {
      List<byte[]> poison = Collections.nCopies(burst, noise(1000));
      firsts.add(intruder.send(records(input, poison)));
    }
    pipeline.trigger(ReportType.MORNING);
    pipeline.trigger();

    pipeline.recovers("a burst of poison in every topic", BOUND);

    for (int i = 0; i < inputs.size(); i++) {
      assertThat(letters(inputs.get(i), firsts.get(i), burst)).hasSize(burst);
    }
  }

  @Test
  void aReportThatFillsItsRecordIsStoredWholeAndItsEventSaysThatItIsCut() throws Exception {
    PatrolId patrol = PatrolId.random();
    String[] halves = StubModel.REPORT.split("(?<=All 3 active )");
    ObjectNode finished = lastOf(pipeline.topics().agentFinished(), patrol);
    int letters =
        fill(
            EventType.AGENT_FINISHED,
            finished,
            rest -> finished.put("raw_report", halves[0] + rest + halves[1]));
    send(pipeline.topics().agentFinished(), patrol, finished);
    pipeline.expect(patrol, 0);

    pipeline.recovers("a report that fills its record", BOUND);

    JsonNode event =
        pipeline.ledger().finished().stream()
            .filter(candidate -> candidate.get("patrol_id").asText().equals(patrol.toString()))
            .findFirst()
            .orElseThrow();
    assertThat(event.get("status").asText()).isEqualTo("completed");
    assertThat(event.get("truncated").asBoolean()).isTrue();
    assertThat(storedLetters(patrol)).isGreaterThan(letters);
  }

  @Test
  void aSnapshotThatLeavesNoRoomForItsReportEndsThePatrolFailed() throws Exception {
    PatrolId patrol = PatrolId.random();
    ObjectNode taken = lastOf(pipeline.topics().snapshotTakenOnDemand(), patrol);
    fill(
        EventType.SNAPSHOT_TAKEN,
        taken,
        rest -> taken.withObject("snapshot").putArray("warnings").add(rest));
    send(pipeline.topics().snapshotTakenOnDemand(), patrol, taken);
    pipeline.expect(patrol, StubModel.ROUNDS);

    pipeline.recovers("a snapshot that leaves no room for its report", BOUND);

    assertThat(pipeline.ledger().row(patrol).status()).isEqualTo("failed");
    assertThat(pipeline.ledger().row(patrol).error()).contains("patrol.agent-finished", "bytes");
  }

  /** The topic's last good event, as one of another patrol. */
  private ObjectNode lastOf(String topic, PatrolId patrol) throws Exception {
    ObjectNode event = null;
    for (ConsumerRecord<byte[], byte[]> record : pipeline.ledger().records(topic)) {
      byte[] type = header(record, "ce_type");
      event = type == null ? event : (ObjectNode) JSON.readTree(record.value());
    }
    event.withObject("request").put("patrol_id", patrol.toString());
    event.withObject("request").put("focus", patrol.toString());
    return event;
  }

  /** Sets a text so long that the event has as many bytes as it may; says how many letters. */
  private static int fill(EventType<?> type, ObjectNode event, Consumer<String> set)
      throws Exception {
    set.accept("");
    int room = type.maxBytes() - JSON.writeValueAsBytes(event).length;
    String text =
        Base64.getEncoder()
            .encodeToString(noise(room))
            .replaceAll("(.{60}).", "$1 ")
            .substring(0, room);
    set.accept(text);
    assertThat(JSON.writeValueAsBytes(event)).hasSize(type.maxBytes());
    return room;
  }

  private void send(String topic, PatrolId patrol, ObjectNode event) throws Exception {
    byte[] key = patrol.toString().getBytes(UTF_8);
    intruder.send(new ProducerRecord<>(topic, key, JSON.writeValueAsBytes(event)));
  }

  private int storedLetters(PatrolId patrol) throws Exception {
    try (Connection connection = platform.connect();
        PreparedStatement query =
            connection.prepareStatement(
                "select length(raw_report) from alerts.patrol_reports where report_id = ?")) {
      query.setObject(1, patrol.value());
      ResultSet found = query.executeQuery();
      found.next();
      return found.getInt(1);
    }
  }

  private ProducerRecord<byte[], byte[]>[] records(Input input, List<byte[]> values) {
    return values.stream()
        .map(
            value ->
                new ProducerRecord<>(
                    input.topic(pipeline.topics()), 0, KEY, value, List.of(SENDER)))
        .<ProducerRecord<byte[], byte[]>>toArray(ProducerRecord[]::new);
  }

  private static byte[] noise(int bytes) {
    byte[] noise = new byte[bytes];
    RANDOM.nextBytes(noise);
    return noise;
  }

  /** The dead letters of so many records from an offset on, in the order of the records. */
  private List<ConsumerRecord<byte[], byte[]>> letters(Input input, long first, int count) {
    String topic = input.topic(pipeline.topics());
    return pipeline.ledger().records(Topics.deadLetter(topic)).stream()
        .filter(letter -> originalOffset(letter) >= first && originalOffset(letter) < first + count)
        .sorted(Comparator.comparing(PoisonIT::originalOffset))
        .toList();
  }

  private static long originalOffset(ConsumerRecord<byte[], byte[]> letter) {
    return ByteBuffer.wrap(header(letter, "kafka_dlt-original-offset")).getLong();
  }

  private void verify(
      ConsumerRecord<byte[], byte[]> letter, Input input, byte[] value, long offset) {
    assertThat(letter.value()).isEqualTo(value);
    assertThat(letter.key()).isEqualTo(KEY);
    assertThat(text(letter, SENDER.key())).as("its own header").isEqualTo("somebody");
    assertThat(text(letter, "kafka_dlt-original-topic")).isEqualTo(input.topic(pipeline.topics()));
    assertThat(ByteBuffer.wrap(header(letter, "kafka_dlt-original-partition")).getInt()).isZero();
    assertThat(originalOffset(letter)).isEqualTo(offset);
    assertThat(ByteBuffer.wrap(header(letter, "kafka_dlt-original-timestamp")).getLong())
        .isBetween(letter.timestamp() - BOUND.toMillis(), letter.timestamp());
    assertThat(text(letter, "kafka_dlt-original-timestamp-type")).isEqualTo("LogAppendTime");
    assertThat(text(letter, "kafka_dlt-original-consumer-group"))
        .isEqualTo(pipeline.topics().group(input.group()));
    assertThat(text(letter, "kafka_dlt-exception-fqcn"))
        .isEqualTo(UndecodableEventException.class.getName());
    assertThat(text(letter, "kafka_dlt-exception-message")).startsWith(input.type().name());
  }

  private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(header(record, name), UTF_8);
  }

  private static byte[] header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? null : header.value();
  }
}
