package io.patrolagent.agentrunner.loop;

import io.patrolagent.agentrunner.journal.JournalEntry;
import io.patrolagent.agentrunner.journal.JournalEntry.Done;
import io.patrolagent.agentrunner.journal.JournalEntry.ModelDone;
import io.patrolagent.agentrunner.journal.JournalEntry.ToolsDone;
import io.patrolagent.agentrunner.provider.ModelUsage;
import java.time.Duration;
import java.util.List;

/** What a patrol's steps have taken so far, by all the runners that worked on it. */
record Spent(
    int rounds, int toolCalls, ModelUsage usage, long lastCallTokens, Duration activeTime) {

  static Spent of(List<Done> steps) {
    int rounds = 0;
    int toolCalls = 0;
    ModelUsage usage = ModelUsage.NONE;
    long lastCallTokens = 0;
    long millis = 0;
    for (Done step : steps) {
      millis += step.durationMs();
      if (step instanceof ModelDone answer) {
        rounds++;
        usage = usage.plus(answer.usage());
        lastCallTokens = answer.usage().tokens();
      } else if (step instanceof ToolsDone tools) {
        toolCalls +=
            (int) tools.answers().stream().filter(JournalEntry.ToolAnswer::executed).count();
      }
    }
    return new Spent(rounds, toolCalls, usage, lastCallTokens, Duration.ofMillis(millis));
  }
}
