package io.patrolagent.common.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patrolagent.common.patrol.PatrolId;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * An event as a Kafka record: keyed by patrol id, with CloudEvents 1.0 attributes as headers in
 * binary mode (CloudEvents Kafka protocol binding §3.2).
 *
 * <p>{@code ce_id} is the same however often the event is written: {@code patrolId/stage}, and
 * {@code patrolId/stage/failed} for a patrol that a stage gave up, so that the two never collide.
 */
public final class EventRecord {

  private EventRecord() {}

  /** The record of an event that {@code stage} produces, on the topic it belongs to. */
  public static ProducerRecord<byte[], byte[]> of(Topics topics, Event event, String stage) {
    PatrolId patrol = Event.required(event.type().name(), "patrol_id", event.patrol());
    return new ProducerRecord<>(
        topics.topicOf(event),
        null,
        patrol.toString().getBytes(UTF_8),
        EventCodec.encode(event),
        headers(event, patrol, stage));
  }

  private static Headers headers(Event event, PatrolId patrol, String stage) {
    Headers headers = new RecordHeaders();
    add(headers, "ce_specversion", "1.0");
    add(headers, "ce_id", patrol + "/" + stage + (event instanceof PatrolFailed ? "/failed" : ""));
    add(headers, "ce_source", "/patrolagent/" + stage);
    add(headers, "ce_type", event.type().name());
    add(headers, "ce_subject", patrol.toString());
    Instant time = event.occurredAt();
    add(headers, "ce_time", time == null ? null : time.toString());
    add(headers, "content-type", "application/json");
    return headers;
  }

  private static void add(Headers headers, String name, @Nullable String value) {
    if (value != null) {
      headers.add(name, value.getBytes(UTF_8));
    }
  }
}
