package io.patrolagent.agentrunner.loop;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.output.FinishReason;
import io.patrolagent.agentrunner.journal.Journal;
import io.patrolagent.agentrunner.journal.JournalEntry.ModelDone;
import io.patrolagent.agentrunner.provider.ModelAnswer;
import io.patrolagent.agentrunner.provider.ModelUsage;
import io.patrolagent.agentrunner.provider.Models;
import io.patrolagent.agentrunner.provider.NoModelException;
import io.patrolagent.agentrunner.provider.ProviderFailure;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Models that answer as a script says, by the number of answers that are journaled, so that a call
 * that is repeated after a crash is answered as it was the first time.
 */
class Script implements Models {

  /** What a model may do with a request. */
  sealed interface Turn {
    record Calls(List<ToolExecutionRequest> calls) implements Turn {}

    record Text(String text) implements Turn {}

    record Cut(String text) implements Turn {}

    record Nothing() implements Turn {}

    record Down() implements Turn {}

    /** Gives no answer by the deadline. */
    record Late() implements Turn {}
  }

  /** With all its sections, so that nothing is to be repaired. */
  static final String REPORT =
      "## FLEET_NARRATIVE\n\nAll is well.\n\n## FLAGGED_CLUSTERS\n[]\n\n## PREDICTIONS\nNone."
          + "\n\n## CUSTOMER_SUMMARIES\nNone.\n\n## RECOMMENDED_ACTIONS\nNone.";

  static final ModelUsage USAGE = new ModelUsage(100, 40, 10, 20, new BigDecimal("0.01"));

  final List<ChatRequest> requests = new ArrayList<>();
  final List<@Nullable String> providers = new ArrayList<>();
  final List<Instant> deadlines = new ArrayList<>();
  private final List<Turn> turns;
  private final Journal journal;
  private final boolean offlineThere;

  /** The turns, and from the last on again from the first. */
  Script(Journal journal, boolean offlineThere, List<Turn> turns) {
    this.journal = journal;
    this.offlineThere = offlineThere;
    this.turns = turns;
  }

  static Turn calls(String... tools) {
    List<ToolExecutionRequest> calls = new ArrayList<>();
    for (int i = 0; i < tools.length; i++) {
      calls.add(call("id-" + i, tools[i], "{\"n\":" + i + "}"));
    }
    return new Turn.Calls(calls);
  }

  static ToolExecutionRequest call(String id, String tool, String arguments) {
    return ToolExecutionRequest.builder().id(id).name(tool).arguments(arguments).build();
  }

  @Override
  public List<String> names() {
    return offlineThere ? List.of("one", "offline") : List.of("one");
  }

  @Override
  public ModelAnswer ask(ChatRequest request, @Nullable String provider, Instant deadline)
      throws NoModelException {
    requests.add(request);
    providers.add(provider);
    deadlines.add(deadline);
    int done = (int) journal.entries().stream().filter(ModelDone.class::isInstance).count();
    Turn turn = turns.get(done % turns.size());
    if ("offline".equals(provider)) {
      return answer("offline", AiMessage.from(REPORT), FinishReason.STOP, List.of());
    }
    if (turn instanceof Turn.Calls calls) {
      return answer("one", AiMessage.from(calls.calls()), FinishReason.TOOL_EXECUTION, List.of());
    } else if (turn instanceof Turn.Text text) {
      return answer("one", AiMessage.from(text.text()), FinishReason.STOP, List.of());
    } else if (turn instanceof Turn.Cut cut) {
      return answer("one", AiMessage.from(cut.text()), FinishReason.LENGTH, List.of());
    } else if (turn instanceof Turn.Nothing) {
      return answer("one", AiMessage.from(""), FinishReason.STOP, List.of());
    }
    ProviderFailure failure =
        turn instanceof Turn.Late
            ? failure("deadline", "no whole answer")
            : failure("authentication", "key refused");
    if (offlineThere) {
      return answer("offline", AiMessage.from(REPORT), FinishReason.STOP, List.of(failure));
    }
    throw new NoModelException(List.of(failure), USAGE);
  }

  @Override
  public ModelAnswer askOnly(ChatRequest request, String provider, Instant deadline)
      throws NoModelException {
    ModelAnswer answer = ask(request, provider, deadline);
    if (!answer.provider().equals(provider)) {
      throw new NoModelException(answer.failures(), answer.usage());
    }
    return answer;
  }

  private static ProviderFailure failure(String reason, String message) {
    return new ProviderFailure(
        "one", "one-1", reason, message, 1, Instant.parse("2026-11-25T06:00:00Z"));
  }

  private static ModelAnswer answer(
      String provider, AiMessage message, FinishReason reason, List<ProviderFailure> failures) {
    return new ModelAnswer(message, reason, provider, provider + "-1", USAGE, failures, 7);
  }

  static boolean offersTools(ChatRequest request) {
    List<ToolSpecification> tools = request.toolSpecifications();
    return tools != null
        && !tools.isEmpty()
        && request.toolChoice() != dev.langchain4j.model.chat.request.ToolChoice.NONE;
  }
}
