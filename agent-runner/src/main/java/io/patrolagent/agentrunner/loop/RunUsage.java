package io.patrolagent.agentrunner.loop;

import io.patrolagent.agentrunner.journal.JournalEntry;
import io.patrolagent.agentrunner.journal.JournalEntry.Done;
import io.patrolagent.agentrunner.journal.JournalEntry.ModelDone;
import io.patrolagent.agentrunner.provider.ModelUsage;
import io.patrolagent.agentrunner.provider.NoModelException;
import io.patrolagent.agentrunner.provider.ProviderFailure;
import io.patrolagent.common.report.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run has taken, in the report's terms. */
public final class RunUsage {

  private RunUsage() {}

  /** By its journal; null where no model answered. */
  public static @Nullable Usage of(List<JournalEntry> entries) {
    return ofSteps(Steps.done(entries));
  }

  static @Nullable Usage ofSteps(List<Done> steps) {
    ModelDone last = lastAnswer(steps);
    return last == null
        ? null
        : usage(last.provider(), last.model(), Spent.of(steps), ModelUsage.NONE);
  }

  /** With what the providers were paid for who failed in the end. */
  static @Nullable Usage of(List<Done> steps, NoModelException end) {
    ModelDone last = lastAnswer(steps);
    if (last != null) {
      return usage(last.provider(), last.model(), Spent.of(steps), end.usage());
    }
    List<ProviderFailure> failures = end.failures();
    if (failures.isEmpty()) {
      return null;
    }
    ProviderFailure failed = failures.get(failures.size() - 1);
    return usage(failed.provider(), failed.model(), Spent.of(steps), end.usage());
  }

  private static @Nullable ModelDone lastAnswer(List<Done> steps) {
    ModelDone last = null;
    for (Done step : steps) {
      if (step instanceof ModelDone answer) {
        last = answer;
      }
    }
    return last;
  }

  private static Usage usage(String provider, String model, Spent spent, ModelUsage more) {
    ModelUsage usage = spent.usage().plus(more);
    return new Usage(
        provider,
        model,
        usage.inputTokens(),
        usage.cachedInputTokens(),
        usage.outputTokens(),
        usage.costUsd(),
        spent.rounds(),
        spent.toolCalls(),
        spent.activeTime().toMillis());
  }
}
