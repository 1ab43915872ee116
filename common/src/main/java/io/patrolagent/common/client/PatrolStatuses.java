package io.patrolagent.common.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.event.EventType;
import io.patrolagent.common.event.PatrolStatus;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.event.UndecodableEventException;
import io.patrolagent.common.patrol.PatrolId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A reader of {@code patrol.status}. */
final class PatrolStatuses {

  private static final Logger LOG = LoggerFactory.getLogger(PatrolStatuses.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final KafkaSettings kafka;
  private final Topics topics;

  PatrolStatuses(KafkaSettings kafka, Topics topics) {
    this.kafka = kafka;
    this.topics = topics;
  }

  /** The latest of every patrol that the topic holds now. */
  Map<PatrolId, PatrolStatus> latest() throws InterruptedException {
    Map<String, PatrolStatus> byKey = new HashMap<>();
    TopicTail.Reader reader =
        record -> {
          if (record.value() == null) {
            byKey.remove(key(record));
          } else {
            decode(record, status -> byKey.put(key(record), status));
          }
        };
    try (TopicTail tail = TopicTail.follow(kafka, topics.status(), null, reader)) {
      tail.awaitEnd(TIMEOUT); // what the tail's thread put there until then is seen from here on
    } catch (TimeoutException e) {
      throw new PatrolClientException(
          "no answer about patrols at %s: %s; the report-sink writes that topic"
              .formatted(kafka.bootstrapServers(), e.getMessage()),
          e);
    }
    Map<PatrolId, PatrolStatus> latest = new HashMap<>();
    byKey.values().forEach(status -> latest.put(status.patrolId(), status));
    return latest;
  }

  TopicTail follow(@Nullable Instant from, Consumer<PatrolStatus> handler) {
    return TopicTail.follow(
        kafka,
        topics.status(),
        from,
        record -> {
          if (record.value() != null) {
            decode(record, handler);
          }
        });
  }

  private static String key(ConsumerRecord<byte[], byte[]> record) {
    return record.key() == null ? "" : new String(record.key(), UTF_8);
  }

  private static void decode(
      ConsumerRecord<byte[], byte[]> record, Consumer<PatrolStatus> handler) {
    PatrolStatus status;
    try {
      status = EventCodec.decode(EventType.STATUS, record.value());
    } catch (UndecodableEventException e) {
      LOG.warn(
          "{}-{}@{} is skipped: {}",
          record.topic(),
          record.partition(),
          record.offset(),
          e.getMessage());
      return;
    }
    handler.accept(status);
  }
}
