package io.patrolagent.aggregator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patrolagent.common.stage.Job;
import io.patrolagent.common.stage.SourceRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Triggers as a stage gets them, and the job of one. */
final class SourceRecords {

  static final String TOPIC_ID = "ZAbMfSmbTd2bm3Zkz5AsPA";

  private SourceRecords() {}

  static SourceRecord trigger(String value) {
    return trigger(value, 42);
  }

  static SourceRecord trigger(String value, long offset) {
    return new SourceRecord(
        "patrol.requested",
        TOPIC_ID,
        3,
        offset,
        TestFleet.NOW,
        null,
        value == null ? null : value.getBytes(UTF_8),
        new RecordHeaders());
  }

  static Job job(SourceRecord source) {
    return new Job() {
      @Override
      public SourceRecord source() {
        return source;
      }

      @Override
      public void checkpoint() {}
    };
  }
}
