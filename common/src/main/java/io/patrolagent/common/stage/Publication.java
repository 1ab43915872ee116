package io.patrolagent.common.stage;

import io.patrolagent.common.event.Event;
import io.patrolagent.common.event.PatrolFailed;
import io.patrolagent.common.patrol.ReportStatus;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What a processed record becomes: records and a last journal entry for one transaction with its
 * offset, what to do after, and a word for metrics on how it ended.
 */
record Publication(
    List<ProducerRecord<byte[], byte[]>> records,
    Optional<JournalEnd> journalEnd,
    Outcome.AfterCommit afterCommit,
    Ending ending) {

  /** The ways a record ends. */
  enum Ending {
    PUBLISHED,
    ACKNOWLEDGED,
    DEAD_LETTER,
    FAILED,
    EXPIRED,
    REJECTED,
    CANCELLED,
    SHARED;

    /** How a record ends whose patrol ends so. */
    static Ending of(ReportStatus status) {
      return switch (status) {
        case COMPLETED, PARTIAL, DEGRADED -> PUBLISHED;
        case FAILED -> FAILED;
        case EXPIRED -> EXPIRED;
        case REJECTED -> REJECTED;
        case CANCELLED -> CANCELLED;
        case SHARED -> SHARED;
      };
    }

    /** How a record ends from which these events come. */
    static Ending of(List<Event> events) {
      return events.stream()
          .filter(PatrolFailed.class::isInstance)
          .map(failed -> of(((PatrolFailed) failed).status()))
          .findFirst()
          .orElse(events.isEmpty() ? ACKNOWLEDGED : PUBLISHED);
    }
  }
}
