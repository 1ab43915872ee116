package io.patrolagent.agentrunner;

import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.event.SnapshotTaken;
import io.patrolagent.common.stage.Job;
import io.patrolagent.common.stage.SourceRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** A job that nobody takes away. */
final class Jobs {

  private Jobs() {}

  static Job of(SnapshotTaken input) {
    SourceRecord record = record(EventCodec.encode(input));
    return new Job() {
      @Override
      public SourceRecord source() {
        return record;
      }

      @Override
      public void checkpoint() {}
    };
  }

  static SourceRecord record(byte[] value) {
    return new SourceRecord(
        "patrol.snapshot-taken",
        "AAAAAAAAAAAAAAAAAAAAAA",
        0,
        7,
        Snapshots.TAKEN_AT,
        null,
        value,
        new RecordHeaders());
  }
}
