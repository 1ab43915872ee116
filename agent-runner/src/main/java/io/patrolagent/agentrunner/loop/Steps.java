package io.patrolagent.agentrunner.loop;

import io.patrolagent.agentrunner.journal.JournalEntry;
import io.patrolagent.agentrunner.journal.JournalEntry.Done;
import io.patrolagent.agentrunner.journal.JournalEntry.ToolAnswer;
import io.patrolagent.agentrunner.journal.JournalEntry.ToolsDone;
import java.util.ArrayList;
import java.util.List;

/** Views of a run's steps. */
final class Steps {

  private Steps() {}

  /**
   * The steps that are done, from the first on and without a gap: behind an entry that is missing
   * nothing counts, for it rests on what is not known. Growable.
   */
  static List<Done> done(List<JournalEntry> entries) {
    List<Done> steps = new ArrayList<>();
    for (JournalEntry entry : entries) {
      if (entry instanceof Done done && done.step() == steps.size()) {
        steps.add(done);
      }
    }
    return steps;
  }

  static List<ToolsDone> toolRounds(List<Done> steps) {
    return steps.stream().filter(ToolsDone.class::isInstance).map(ToolsDone.class::cast).toList();
  }

  static List<ToolAnswer> answers(List<Done> steps) {
    return toolRounds(steps).stream().flatMap(round -> round.answers().stream()).toList();
  }
}
