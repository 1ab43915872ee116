package io.patrolagent.standalone.transcript;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import io.patrolagent.agentrunner.journal.JournalEntry;
import io.patrolagent.agentrunner.journal.JournalEntry.Done;
import io.patrolagent.agentrunner.journal.JournalEntry.ModelDone;
import io.patrolagent.agentrunner.journal.JournalEntry.RunDone;
import io.patrolagent.agentrunner.journal.JournalEntry.Started;
import io.patrolagent.agentrunner.journal.JournalEntry.ToolAnswer;
import io.patrolagent.agentrunner.journal.JournalEntry.ToolsDone;
import io.patrolagent.agentrunner.provider.ModelUsage;
import io.patrolagent.agentrunner.provider.ProviderFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A journal as text: round by round who answered, what was asked of which tool, and what it took.
 */
public final class TranscriptText {

  private final int mostCharacters;
  private final StringBuilder text = new StringBuilder();

  private TranscriptText(int mostCharacters) {
    this.mostCharacters = mostCharacters;
  }

  /**
   * Renders the entries.
   *
   * @param mostCharacters of a tool's answer; what is longer is cut, and says so
   */
  public static String of(List<JournalEntry> entries, int mostCharacters) {
    TranscriptText transcript = new TranscriptText(mostCharacters);
    List<Started> begun = new ArrayList<>();
    for (JournalEntry entry : entries) {
      if (entry instanceof Started started) {
        transcript.interruption(started, begun);
        begun.add(started);
      } else if (entry instanceof ModelDone answer) {
        transcript.model(answer);
      } else if (entry instanceof ToolsDone round) {
        transcript.tools(round);
      } else if (entry instanceof RunDone end) {
        transcript.line("Ended " + end.at());
      }
    }
    transcript.underWay(entries, begun);
    return transcript.text.toString();
  }

  private void interruption(Started started, List<Started> begun) {
    if (begun.stream().anyMatch(before -> before.step() == started.step())) {
      line("Interrupted: step %d was begun again %s".formatted(started.step(), started.at()));
    }
  }

  private void model(ModelDone answer) {
    ModelUsage usage = answer.usage();
    line("");
    line(
        "Round %d · %s/%s · %,d tokens in (%,d cached), %,d out · $%s · %s · %s"
            .formatted(
                answer.round(),
                answer.provider(),
                answer.model(),
                usage.inputTokens(),
                usage.cachedInputTokens(),
                usage.outputTokens(),
                usage.costUsd().toPlainString(),
                seconds(answer.durationMs()),
                answer.at()));
    for (ProviderFailure failure : answer.failures()) {
      line(
          "  %s failed (%s, %d attempts): %s"
              .formatted(
                  failure.provider(), failure.reason(), failure.attempts(), failure.message()));
    }
    AiMessage message = (AiMessage) ChatMessageDeserializer.messageFromJson(answer.message());
    if (message.text() != null && !message.text().isBlank()) {
      indented(message.text());
    }
    message
        .toolExecutionRequests()
        .forEach(call -> line("  → " + call.name() + " " + call.arguments()));
  }

  private void tools(ToolsDone round) {
    for (ToolAnswer answer : round.answers()) {
      String how = answer.error() ? "error" : answer.executed() ? "" : "as before";
      line(
          "  ← %s %s · %s %s"
              .formatted(answer.tool(), answer.arguments(), seconds(answer.durationMs()), how)
              .stripTrailing());
      indented(cut(answer.result()));
    }
    if (round.note() != null) {
      line("  note to the model: " + round.note());
    }
  }

  private void underWay(List<JournalEntry> entries, List<Started> begun) {
    if (begun.isEmpty()) {
      return;
    }
    Started last = begun.get(begun.size() - 1);
    if (entries.stream()
        .noneMatch(entry -> entry instanceof Done step && step.step() == last.step())) {
      line("");
      line("Under way since " + last.at() + ": round " + last.round() + ", " + what(last));
    }
  }

  private static String what(Started step) {
    return step.isModelCall() ? "a model call" : String.join(", ", step.tools());
  }

  private String cut(String result) {
    return result.length() <= mostCharacters
        ? result
        : result.substring(0, mostCharacters)
            + "… (%,d characters more; --full)".formatted(result.length() - mostCharacters);
  }

  private void indented(@Nullable String lines) {
    if (lines != null) {
      lines.lines().forEach(line -> line("    " + line));
    }
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / 1e3);
  }
}
