package io.patrolagent.common.stage;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What a processed record becomes: records for one transaction with its offset, what to do after,
 * and a word for metrics on how it ended.
 */
record Publication(
    List<ProducerRecord<byte[], byte[]>> records, Outcome.AfterCommit afterCommit, Ending ending) {

  /** The ways a record ends. */
  enum Ending {
    PUBLISHED,
    ACKNOWLEDGED,
    DEAD_LETTER,
    FAILED,
    EXPIRED
  }
}
