package io.patrolagent.common.stage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patrolagent.common.event.Topics;
import java.nio.ByteBuffer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A record that nobody could read, as it came, with Spring Kafka's headers for dead letters: {@code
 * kafka_dlt-original-topic}, {@code -partition} (4 bytes), {@code -offset} and {@code -timestamp}
 * (8 bytes each), {@code -consumer-group}, and {@code kafka_dlt-exception-fqcn} and {@code
 * -message}.
 */
final class DeadLetter {

  private static final String PREFIX = "kafka_dlt-";

  private DeadLetter() {}

  static ProducerRecord<byte[], byte[]> of(SourceRecord source, String group, Exception reason) {
    Headers headers = new RecordHeaders(source.headers().toArray());
    replace(headers, "original-topic", source.topic().getBytes(UTF_8));
    replace(headers, "original-partition", bytes(Integer.BYTES).putInt(source.partition()).array());
    replace(headers, "original-offset", bytes(Long.BYTES).putLong(source.offset()).array());
    replace(
        headers,
        "original-timestamp",
        bytes(Long.BYTES).putLong(source.timestamp().toEpochMilli()).array());
    replace(headers, "original-timestamp-type", "LogAppendTime".getBytes(UTF_8));
    replace(headers, "original-consumer-group", group.getBytes(UTF_8));
    replace(headers, "exception-fqcn", reason.getClass().getName().getBytes(UTF_8));
    replace(headers, "exception-message", message(reason).getBytes(UTF_8));
    return new ProducerRecord<>(
        Topics.deadLetter(source.topic()), null, source.key(), source.value(), headers);
  }

  static boolean is(ProducerRecord<byte[], byte[]> record) {
    Header original = record.headers().lastHeader(PREFIX + "original-topic");
    return original != null
        && record.topic().equals(Topics.deadLetter(new String(original.value(), UTF_8)));
  }

  private static String message(Exception reason) {
    @Nullable String message = reason.getMessage();
    return message == null ? reason.getClass().getSimpleName() : message;
  }

  private static ByteBuffer bytes(int size) {
    return ByteBuffer.allocate(size);
  }

  /** A dead letter that was replayed and died again tells of its last death. */
  private static void replace(Headers headers, String name, byte[] value) {
    headers.remove(PREFIX + name).add(PREFIX + name, value);
  }
}
