package io.patrolagent.agentrunner.journal;

import io.patrolagent.common.patrol.PatrolId;

class MemoryJournalTest extends JournalContract {

  private Journal journal = new MemoryJournal();

  @Override
  Journal open(PatrolId patrol) {
    journal = new MemoryJournal();
    return journal;
  }

  @Override
  Journal reopen(PatrolId patrol) {
    return journal;
  }
}
