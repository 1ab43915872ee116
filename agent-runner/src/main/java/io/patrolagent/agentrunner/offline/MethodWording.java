package io.patrolagent.agentrunner.offline;

import io.patrolagent.agentrunner.offline.evidence.Evidence;
import io.patrolagent.agentrunner.offline.evidence.ToolAnswer;
import io.patrolagent.agentrunner.offline.evidence.ToolAnswer.Outcome;
import io.patrolagent.agentrunner.offline.wording.DataText;
import io.patrolagent.agentrunner.offline.wording.Prose;
import java.util.ArrayList;
import java.util.List;

/** What a report rests on besides the snapshot: which tools answered, and which did not. */
final class MethodWording {

  private static final int NAMED = 5;

  private MethodWording() {}

  static List<String> sentences(Evidence evidence, String snapshotTime) {
    long answered = evidence.answers().stream().filter(ToolAnswer::isAnswered).count();
    String start = "This report was drawn by fixed rules from the snapshot of " + snapshotTime;
    List<String> sentences = new ArrayList<>();
    sentences.add(
        answered == 0
            ? start + " alone; no metrics, logs or live infrastructure were looked at."
            : start + " and " + Prose.count(answered, "tool answer") + lookedInto(evidence) + ".");
    failed(evidence, sentences);
    return sentences;
  }

  private static String lookedInto(Evidence evidence) {
    List<String> ids =
        evidence.lookedInto().stream().map(id -> DataText.name(id, "one without an id")).toList();
    return ids.isEmpty()
        ? "; no cluster was looked into by itself"
        : "; looked into one by one: " + Prose.list(ids, 2 * NAMED);
  }

  private static void failed(Evidence evidence, List<String> sentences) {
    List<String> failed = tools(evidence, Outcome.FAILED, Outcome.MISSING);
    if (!failed.isEmpty()) {
      sentences.add(
          "Without an answer "
              + Prose.agree(failed.size(), "was ", "were ")
              + Prose.list(failed, NAMED)
              + ": what "
              + Prose.agree(failed.size(), "it", "they")
              + " would have shown is missing here.");
    }
    List<String> cut = tools(evidence, Outcome.UNREADABLE);
    if (!cut.isEmpty()) {
      sentences.add(
          "Cut or unreadable "
              + Prose.agree(cut.size(), "was an answer of ", "were answers of ")
              + Prose.list(cut, NAMED)
              + ", and nothing in "
              + Prose.agree(cut.size(), "it", "them")
              + " was used.");
    }
  }

  private static List<String> tools(Evidence evidence, Outcome... outcomes) {
    List<Outcome> wanted = List.of(outcomes);
    return evidence.answers().stream()
        .filter(answer -> wanted.contains(answer.outcome()))
        .map(answer -> DataText.name(answer.call().tool(), "an unnamed tool"))
        .distinct()
        .toList();
  }
}
