package io.patrolagent.common.stage;

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
    EXPIRED
  }
}
