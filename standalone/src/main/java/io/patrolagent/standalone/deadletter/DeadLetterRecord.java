package io.patrolagent.standalone.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.patrol.PatrolId;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** A dead letter as it lies in its topic. Headers that are missing or broken are empty or -1. */
public record DeadLetterRecord(ConsumerRecord<byte[], byte[]> record) {

  static final String PREFIX = "kafka_dlt-";

  /** Where it lies, as a command line names it: {@code patrol.requested.dlt-0@12}. */
  public String coordinates() {
    return coordinates(record.topic(), record.partition(), record.offset());
  }

  /** Where it came from, in the same form. */
  public String origin() {
    return coordinates(
        originalTopic(),
        number("original-partition", Integer.BYTES),
        number("original-offset", Long.BYTES));
  }

  public String originalTopic() {
    return text("original-topic");
  }

  /** When it was given up. */
  public Instant since() {
    return Instant.ofEpochMilli(record.timestamp());
  }

  /** Why it was given up. */
  public String reason() {
    return text("exception-message");
  }

  public String group() {
    return text("original-consumer-group");
  }

  public int bytes() {
    return record.value() == null ? 0 : record.value().length;
  }

  /** The patrol that its value names, however broken the rest of it is. */
  public Optional<PatrolId> patrolId() {
    try {
      JsonNode value = record.value() == null ? null : EventCodec.mapper().readTree(record.value());
      JsonNode id = value == null ? null : value.path("patrol_id");
      return id == null || !id.isTextual()
          ? Optional.empty()
          : Optional.of(PatrolId.parse(id.textValue()));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String coordinates(String topic, long partition, long offset) {
    return topic + "-" + partition + "@" + offset;
  }

  private String text(String name) {
    Header header = record.headers().lastHeader(PREFIX + name);
    return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
  }

  private long number(String name, int size) {
    Header header = record.headers().lastHeader(PREFIX + name);
    if (header == null || header.value() == null) {
      return -1;
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(header.value());
      return size == Integer.BYTES ? bytes.getInt() : bytes.getLong();
    } catch (BufferUnderflowException e) {
      return -1;
    }
  }
}
