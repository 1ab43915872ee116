package io.patrolagent.agentrunner.loop;

import io.patrolagent.agentrunner.journal.JournalEntry.ToolAnswer;
import io.patrolagent.agentrunner.journal.JournalEntry.ToolsDone;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a model goes round in circles: the same call for the third time, two rounds that
 * alternate, or three rounds in which every call failed.
 */
final class LoopDetector {

  private static final int SAME_CALL = 3;
  private static final int FAILED_ROUNDS = 3;

  private LoopDetector() {}

  /** What the model should be told about its rounds, the last of which are {@code now}; or null. */
  static @Nullable String complaint(List<ToolsDone> before, List<ToolAnswer> now) {
    List<List<ToolAnswer>> rounds = new ArrayList<>();
    before.forEach(round -> rounds.add(round.answers()));
    rounds.add(now);
    String repeated = callForTheThirdTime(rounds, now);
    if (repeated != null) {
      return "You have called "
          + repeated
          + " with the same arguments three times; its answer stays"
          + " the same. Look at something else, or write the report.";
    }
    if (alternates(rounds)) {
      return "Your last four rounds repeat each other. Look at something else, or write the report.";
    }
    if (allFailed(rounds)) {
      return "Every call of your last three rounds failed. Read the errors, change your calls, or"
          + " write the report and say what could not be looked at.";
    }
    return null;
  }

  private static @Nullable String callForTheThirdTime(
      List<List<ToolAnswer>> rounds, List<ToolAnswer> now) {
    Map<CallKey, Integer> counts = new HashMap<>();
    rounds.forEach(round -> calls(round).forEach(call -> counts.merge(call, 1, Integer::sum)));
    return calls(now).stream()
        .filter(call -> counts.getOrDefault(call, 0) >= SAME_CALL)
        .map(CallKey::tool)
        .sorted()
        .findFirst()
        .orElse(null);
  }

  private static boolean alternates(List<List<ToolAnswer>> rounds) {
    int last = rounds.size() - 1;
    return last >= 3
        && calls(rounds.get(last)).equals(calls(rounds.get(last - 2)))
        && calls(rounds.get(last - 1)).equals(calls(rounds.get(last - 3)));
  }

  private static boolean allFailed(List<List<ToolAnswer>> rounds) {
    return rounds.size() >= FAILED_ROUNDS
        && rounds.subList(rounds.size() - FAILED_ROUNDS, rounds.size()).stream()
            .flatMap(List::stream)
            .allMatch(ToolAnswer::error);
  }

  private static Set<CallKey> calls(List<ToolAnswer> round) {
    return round.stream()
        .map(answer -> CallKey.of(answer.tool(), answer.arguments()))
        .collect(Collectors.toSet());
  }
}
