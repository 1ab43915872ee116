package io.patrolagent.common.stage;

import java.util.List;

/**
 * What a stage has written down about the steps of its work, beside its outputs: durable, in order,
 * and read again by whoever owns the partition next. The partition's owner is its only writer. Keys
 * and entries are text.
 */
public interface StageJournal {

  /**
   * The entries of a key, oldest first. After the last entry of a finished record, that one alone.
   */
  List<String> read(String key);

  /**
   * Writes the entries, all or none; they are durable when it returns.
   *
   * @throws JournalNotWrittenException if they may or may not have been written; the work has to
   *     end with it and is begun again from what the journal then says
   * @throws PermanentFailureException if the broker will never take them
   */
  void append(String key, List<String> entries)
      throws JournalNotWrittenException, PermanentFailureException, InterruptedException;
}
