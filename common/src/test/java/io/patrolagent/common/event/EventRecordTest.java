package io.patrolagent.common.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.patrolagent.common.patrol.ReportType;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The headers are read by the CloudEvents SDK, which knows nothing of how they were written. */
class EventRecordTest {

  private static final Topics TOPICS = new Topics("team-a.");

  static Stream<Event> all() {
    return Events.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void anyEventIsACloudEventInBinaryMode(Event event) throws Exception {
    ProducerRecord<byte[], byte[]> record = EventRecord.of(TOPICS, event, "a-stage");

    CloudEvent read = read(record);

    assertThat(read.getSpecVersion()).isEqualTo(SpecVersion.V1);
    assertThat(read.getType()).isEqualTo(event.type().name());
    assertThat(read.getSource()).isEqualTo(URI.create("/patrolagent/a-stage"));
    assertThat(read.getSubject()).isEqualTo(Events.ID.toString());
    assertThat(read.getDataContentType()).isEqualTo("application/json");
    assertThat(read.getTime().toInstant()).isEqualTo(event.occurredAt());
    assertThat(read.getData().toBytes()).isEqualTo(EventCodec.encode(event));
    assertThat(read.getExtensionNames()).isEmpty();
    assertThat(EventCodec.decode(event.type(), record.value())).isEqualTo(event);
  }

  @ParameterizedTest
  @MethodSource("all")
  void aRecordLiesInItsEventsTopicUnderItsPatrol(Event event) {
    ProducerRecord<byte[], byte[]> record = EventRecord.of(TOPICS, event, "a-stage");

    assertThat(record.topic()).isEqualTo(TOPICS.topicOf(event));
    assertThat(record.key()).asString(UTF_8).isEqualTo(Events.ID.toString());
    assertThat(record.partition()).isNull();
  }

  @Test
  void theSameEventHasTheSameIdHoweverOftenItIsWritten() {
    assertThat(id(Events.taken(ReportType.MORNING), "aggregator"))
        .isEqualTo(id(Events.taken(ReportType.MORNING), "aggregator"))
        .isEqualTo(Events.ID + "/aggregator");
  }

  @Test
  void givingAPatrolUpIsAnotherEventThanWhatTheStageMakes() {
    assertThat(id(Events.failed(), "aggregator"))
        .isEqualTo(Events.ID + "/aggregator/failed")
        .isNotEqualTo(id(Events.taken(ReportType.MORNING), "aggregator"));
  }

  @Test
  void theEventsOfTwoStagesDiffer() {
    assertThat(id(Events.failed(), "aggregator")).isNotEqualTo(id(Events.failed(), "agent-runner"));
  }

  @Test
  void aTimeThatNobodySaidIsLeftOut() {
    PatrolRequested trigger = PatrolRequested.of(ReportType.MORNING, "alice");

    ProducerRecord<byte[], byte[]> record = EventRecord.of(TOPICS, trigger, "client");

    assertThat(trigger.occurredAt()).isNull();
    assertThat(record.headers().lastHeader("ce_time")).isNull();
    assertThat(read(record).getTime()).isNull();
  }

  @Test
  void anEventWithoutAPatrolIsNotWritten() {
    PatrolRequested bare =
        new PatrolRequested(
            1, null, ReportType.MORNING, "alice", null, null, Instant.EPOCH, null, null, null);

    assertThatThrownBy(() -> EventRecord.of(TOPICS, bare, "client"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("patrol.requested.patrol_id is missing");
  }

  private static String id(Event event, String stage) {
    return read(EventRecord.of(TOPICS, event, stage)).getId();
  }

  private static CloudEvent read(ProducerRecord<byte[], byte[]> record) {
    ConsumerRecord<byte[], byte[]> arrived =
        new ConsumerRecord<>(
            record.topic(),
            0,
            0,
            0,
            TimestampType.LOG_APPEND_TIME,
            record.key().length,
            record.value().length,
            record.key(),
            record.value(),
            record.headers(),
            Optional.empty());
    return KafkaMessageFactory.createReader(arrived).toEvent();
  }
}
