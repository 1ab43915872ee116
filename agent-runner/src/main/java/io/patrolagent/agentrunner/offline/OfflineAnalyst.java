package io.patrolagent.agentrunner.offline;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.patrolagent.agentrunner.prompt.DataFence;
import io.patrolagent.agentrunner.prompt.PatrolPrompt;
import io.patrolagent.agentrunner.prompt.PatrolPrompt.Asked;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.patrol.FleetSnapshot;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes a patrol's report from the snapshot in the prompt by rules alone: no model, no network, no
 * tokens, and the same report for the same prompt. It is a chat model like any other to its caller,
 * and to nobody else: its name, its provider and the report itself say that rules wrote it.
 *
 * <p>Answers a conversation that {@link PatrolPrompt} opened; any other is refused with an {@link
 * InvalidRequestException}, as a provider would. Thread-safe.
 */
public final class OfflineAnalyst implements ChatModel {

  /** What usage and report call the provider. */
  public static final String PROVIDER = "offline";

  /** The model's name; the number rises when its rules change. */
  public static final String MODEL = "offline-rules-1";

  private static final List<SectionWriter> WRITERS =
      List.of(
          new NarrativeWriter(),
          new FlaggedClustersWriter(),
          new PredictionsWriter(),
          new CustomerSummariesWriter(),
          new RecommendedActionsWriter());

  @Override
  public ModelProvider provider() {
    return ModelProvider.OTHER;
  }

  @Override
  public ChatResponse doChat(ChatRequest request) {
    String prompt =
        request.messages().stream()
            .filter(UserMessage.class::isInstance)
            .map(UserMessage.class::cast)
            .filter(UserMessage::hasSingleText)
            .map(UserMessage::singleText)
            .findFirst()
            .orElseThrow(() -> new InvalidRequestException("there is no user message to answer"));
    Assessment assessment =
        Assessment.of(
            read(prompt, PatrolPrompt.REQUEST, Asked.class),
            read(prompt, PatrolPrompt.SNAPSHOT, FleetSnapshot.class));
    return ChatResponse.builder()
        .aiMessage(AiMessage.from(report(assessment)))
        .modelName(MODEL)
        .tokenUsage(new TokenUsage(0, 0, 0))
        .finishReason(FinishReason.STOP)
        .build();
  }

  private static String report(Assessment assessment) {
    return WRITERS.stream()
        .map(writer -> "## " + writer.section().name() + "\n\n" + writer.write(assessment) + "\n")
        .collect(Collectors.joining("\n"));
  }

  private static <T> T read(String prompt, String fence, Class<T> type) {
    String json =
        DataFence.find(fence, prompt)
            .orElseThrow(() -> new InvalidRequestException("the prompt holds no " + fence));
    try {
      return EventCodec.mapper().readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new InvalidRequestException("the prompt's " + fence + " cannot be read", e);
    }
  }
}
