package io.patrolagent.agentrunner;

import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.event.SnapshotTaken;
import io.patrolagent.common.stage.Job;
import io.patrolagent.common.stage.SourceRecord;
import io.patrolagent.common.stage.StageJournal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Jobs that nobody takes away. */
final class Jobs {

  private Jobs() {}

  static Job of(SnapshotTaken input) {
    return of(input, new MemoryStageJournal());
  }

  static Job of(SnapshotTaken input, StageJournal journal) {
    SourceRecord record = record(EventCodec.encode(input));
    return new Job() {
      @Override
      public SourceRecord source() {
        return record;
      }

      @Override
      public StageJournal journal() {
        return journal;
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

  /** A stage's journal that lasts as long as its test. */
  static final class MemoryStageJournal implements StageJournal {

    private final Map<String, List<String>> entries = new HashMap<>();

    @Override
    public List<String> read(String key) {
      return List.copyOf(entries.getOrDefault(key, List.of()));
    }

    @Override
    public void append(String key, List<String> added) {
      entries.computeIfAbsent(key, k -> new ArrayList<>()).addAll(added);
    }
  }
}
