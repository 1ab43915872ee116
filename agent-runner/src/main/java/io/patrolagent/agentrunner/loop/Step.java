package io.patrolagent.agentrunner.loop;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.patrolagent.common.patrol.ReportStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run does next. */
sealed interface Step {

  /** Ask a model, beginning with {@code provider}, or with the first one where it is null. */
  record AskModel(
      int number, int round, ChatRequest request, String requestHash, @Nullable String provider)
      implements Step {}

  /** Ask the {@code provider} that wrote a report to repair it; nobody else, and only once. */
  record AskRepair(
      int number, int round, ChatRequest request, String requestHash, String provider, String model)
      implements Step {}

  /**
   * Answer the calls of the last message. Where tools were withdrawn none is made, and each is
   * answered with the reason.
   */
  record AnswerCalls(
      int number, int round, List<ToolExecutionRequest> calls, @Nullable String withdrawn)
      implements Step {}

  /** No report will come of it, for this reason. */
  record GiveUp(String reason) implements Step {}

  /** There is nothing left to do. */
  record Finish(ReportStatus status, String report, List<String> warnings) implements Step {}
}
