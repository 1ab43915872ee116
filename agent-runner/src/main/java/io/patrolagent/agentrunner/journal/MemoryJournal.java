package io.patrolagent.agentrunner.journal;

import java.util.ArrayList;
import java.util.List;

/** A journal that lasts as long as its process: for a run that nobody takes over. Thread-safe. */
public final class MemoryJournal implements Journal {

  private final List<JournalEntry> entries = new ArrayList<>();

  @Override
  public synchronized List<JournalEntry> entries() {
    return List.copyOf(entries);
  }

  @Override
  public synchronized void append(List<JournalEntry> added) {
    entries.addAll(added);
  }
}
