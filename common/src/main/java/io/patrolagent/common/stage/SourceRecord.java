package io.patrolagent.common.stage;

import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record as a stage gets it, with where it lies. {@code topicId} is Kafka's id of the topic,
 * base64url, which a topic of the same name made anew does not share; {@code timestamp} is the
 * broker's append time.
 */
// a record's bytes are handed on as they came, and nobody compares source records
@SuppressWarnings("ArrayRecordComponent")
public record SourceRecord(
    String topic,
    String topicId,
    int partition,
    long offset,
    Instant timestamp,
    byte @Nullable [] key,
    byte @Nullable [] value,
    Headers headers) {

  /** Where it lies, for logs and errors: {@code topic-partition@offset}. */
  public String coordinates() {
    return topic + "-" + partition + "@" + offset;
  }

  SourceRecord withoutValue() {
    return new SourceRecord(topic, topicId, partition, offset, timestamp, key, null, headers);
  }
}
