package io.patrolagent.agentrunner.journal;

import io.patrolagent.common.stage.JournalNotWrittenException;
import io.patrolagent.common.stage.PermanentFailureException;
import java.util.List;

/** The journal of one patrol. */
public interface Journal {

  /**
   * Its entries, oldest first, as this runner knows them to be written. An entry that cannot be
   * read is left out: its step then counts as not done.
   */
  List<JournalEntry> entries();

  /**
   * Writes the entries, all or none; they are durable when it returns.
   *
   * @throws JournalNotWrittenException if they may or may not have been written, or the journal now
   *     is another runner's: the run ends there
   * @throws PermanentFailureException if they can never be written
   */
  void append(List<JournalEntry> entries)
      throws JournalNotWrittenException, PermanentFailureException, InterruptedException;
}
