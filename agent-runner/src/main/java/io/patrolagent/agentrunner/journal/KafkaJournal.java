package io.patrolagent.agentrunner.journal;

import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.stage.JournalNotWrittenException;
import io.patrolagent.common.stage.PermanentFailureException;
import io.patrolagent.common.stage.StageJournal;
import java.util.List;
import java.util.Optional;

/** A patrol's part of the stage's journal in Kafka. */
public final class KafkaJournal implements Journal {

  private final StageJournal stage;
  private final PatrolId patrol;

  public KafkaJournal(StageJournal stage, PatrolId patrol) {
    this.stage = stage;
    this.patrol = patrol;
  }

  @Override
  public List<JournalEntry> entries() {
    return stage.read(patrol.toString()).stream()
        .map(JournalCodec::decode)
        .flatMap(Optional::stream)
        .toList();
  }

  @Override
  public void append(List<JournalEntry> entries)
      throws JournalNotWrittenException, PermanentFailureException, InterruptedException {
    stage.append(
        patrol.toString(),
        entries.stream().map(entry -> JournalCodec.encode(patrol, entry)).toList());
  }
}
