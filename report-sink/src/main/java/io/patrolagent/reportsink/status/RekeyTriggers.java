package io.patrolagent.reportsink.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.event.EventType;
import io.patrolagent.common.event.PatrolRequested;
import io.patrolagent.common.event.UndecodableEventException;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.PatrolRequest;
import java.time.Instant;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Triggers, which any producer may key as it likes, under the id of their patrol: the one they
 * carry, or the one that is derived from where they lie. What the view does not show is left out.
 */
final class RekeyTriggers extends ContextualProcessor<byte[], byte[], byte[], byte[]> {

  private final String topicId;
  private final SkippedRecords skipped;

  RekeyTriggers(String topicId, SkippedRecords skipped) {
    this.topicId = topicId;
    this.skipped = skipped;
  }

  @Override
  public void process(Record<byte[], byte[]> trigger) {
    RecordMetadata at = context().recordMetadata().orElseThrow();
    try {
      PatrolRequest request =
          EventCodec.decode(EventType.REQUESTED, trigger.value())
              .toRequest(
                  PatrolId.ofRecord(topicId, at.partition(), at.offset()),
                  Instant.ofEpochMilli(trigger.timestamp()));
      context()
          .forward(
              trigger
                  .withKey(request.patrolId().toString().getBytes(UTF_8))
                  .withValue(EventCodec.encode(withoutContent(request)))
                  .withHeaders(new RecordHeaders()));
    } catch (UndecodableEventException e) {
      skipped.add(at, e); // the aggregator dead-letters it
    }
  }

  private static PatrolRequested withoutContent(PatrolRequest request) {
    return new PatrolRequested(
        PatrolRequested.SCHEMA_VERSION,
        request.patrolId(),
        request.reportType(),
        request.triggeredBy(),
        null,
        null,
        request.requestedAt(),
        request.dueAt(),
        request.expiresAt(),
        request.retryOf());
  }
}
