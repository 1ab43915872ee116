package io.patrolagent.agentrunner.offline;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.patrolagent.agentrunner.offline.evidence.Conversation;
import io.patrolagent.agentrunner.offline.evidence.Evidence;
import io.patrolagent.agentrunner.offline.evidence.SqlQuestions;
import io.patrolagent.agentrunner.offline.evidence.ToolCall;
import io.patrolagent.agentrunner.prompt.PatrolPrompt;
import io.patrolagent.common.sql.SqlDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes a patrol by rules alone: no model, no network, no tokens, and the same answer to the same
 * conversation. It follows the protocol that the prompt states: while tools are offered and there
 * is something left to look at it calls them, several at once; then, or when tools are withdrawn,
 * it writes the report from the snapshot and from whatever the tools answered, be it nothing. It is
 * a chat model like any other to its caller, and to nobody else: its name, its provider and the
 * report itself say that rules wrote it.
 *
 * <p>Stateless: what it looks at next follows from the conversation. One that another model began
 * is not carried on, but written up from what that model had found.
 *
 * <p>Answers a conversation that {@link PatrolPrompt} opened; any other is refused with an {@link
 * InvalidRequestException}, as a provider would. Thread-safe.
 */
public final class OfflineAnalyst implements ChatModel {

  /** What usage and report call the provider. */
  public static final String PROVIDER = "offline";

  /** The model's name; the number rises when its rules change. */
  public static final String MODEL = "offline-rules-2";

  private static final List<SectionWriter> WRITERS =
      List.of(
          new NarrativeWriter(),
          new FlaggedClustersWriter(),
          new PredictionsWriter(),
          new CustomerSummariesWriter(),
          new RecommendedActionsWriter());

  private final SqlQuestions questions;

  /** With the questions as they are shipped. */
  public OfflineAnalyst() {
    this(SqlQuestions.load(SqlDirectory.none()));
  }

  /** With an operator's questions. */
  public OfflineAnalyst(SqlQuestions questions) {
    this.questions = questions;
  }

  @Override
  public ModelProvider provider() {
    return ModelProvider.OTHER;
  }

  @Override
  public ChatResponse doChat(ChatRequest request) {
    Conversation conversation = Conversation.read(request);
    Evidence evidence = Evidence.of(conversation.answers());
    List<ToolCall> calls = Protocol.next(conversation, evidence, questions);
    return calls.isEmpty()
        ? response(AiMessage.from(report(Assessment.of(conversation, evidence))), FinishReason.STOP)
        : response(AiMessage.from(requests(conversation, calls)), FinishReason.TOOL_EXECUTION);
  }

  private static ChatResponse response(AiMessage message, FinishReason reason) {
    return ChatResponse.builder()
        .aiMessage(message)
        .modelName(MODEL)
        .tokenUsage(new TokenUsage(0, 0, 0))
        .finishReason(reason)
        .build();
  }

  private static List<ToolExecutionRequest> requests(
      Conversation conversation, List<ToolCall> calls) {
    String round = Conversation.CALL_ID_PREFIX + (conversation.rounds() + 1) + "-";
    List<ToolExecutionRequest> requests = new ArrayList<>();
    for (ToolCall call : calls) {
      requests.add(
          ToolExecutionRequest.builder()
              .id(round + (requests.size() + 1))
              .name(call.tool())
              .arguments(call.arguments().toString())
              .build());
    }
    return requests;
  }

  private static String report(Assessment assessment) {
    return WRITERS.stream()
        .map(writer -> "## " + writer.section().name() + "\n\n" + writer.write(assessment) + "\n")
        .collect(Collectors.joining("\n"));
  }
}
