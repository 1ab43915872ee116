package io.patrolagent.agentrunner.offline.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ToolChoice;
import io.patrolagent.agentrunner.prompt.DataFence;
import io.patrolagent.agentrunner.prompt.PatrolPrompt;
import io.patrolagent.agentrunner.prompt.PatrolPrompt.Asked;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.patrol.FleetSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A patrol's conversation so far. {@code rounds} counts the messages that called tools, {@code
 * begunByAnother} says that at least one of these calls was not the analyst's own.
 */
public record Conversation(
    Asked asked,
    FleetSnapshot snapshot,
    List<ToolAnswer> answers,
    Set<String> offered,
    int rounds,
    boolean begunByAnother) {

  /** Begins the id of every call that the analyst makes. */
  public static final String CALL_ID_PREFIX = "offline-";

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads the request.
   *
   * @throws InvalidRequestException if {@link PatrolPrompt} did not open it
   */
  public static Conversation read(ChatRequest request) {
    String prompt =
        request.messages().stream()
            .filter(UserMessage.class::isInstance)
            .map(UserMessage.class::cast)
            .filter(UserMessage::hasSingleText)
            .map(UserMessage::singleText)
            .findFirst()
            .orElseThrow(() -> new InvalidRequestException("there is no user message to answer"));
    List<List<ToolExecutionRequest>> rounds =
        request.messages().stream()
            .filter(AiMessage.class::isInstance)
            .map(message -> ((AiMessage) message).toolExecutionRequests())
            .filter(calls -> calls != null && !calls.isEmpty())
            .toList();
    return new Conversation(
        read(prompt, PatrolPrompt.REQUEST, Asked.class),
        read(prompt, PatrolPrompt.SNAPSHOT, FleetSnapshot.class),
        answers(request.messages()),
        offered(request),
        rounds.size(),
        rounds.stream().flatMap(List::stream).anyMatch(call -> !isOwn(call)));
  }

  /** Whether this very call was made already, whatever came of it. */
  public boolean wasMade(ToolCall call) {
    return answers.stream().anyMatch(answer -> answer.call().equals(call));
  }

  private static boolean isOwn(ToolExecutionRequest call) {
    return call.id() != null && call.id().startsWith(CALL_ID_PREFIX);
  }

  /** The tools that may be called now: none where the caller wants a report. */
  private static Set<String> offered(ChatRequest request) {
    if (request.toolChoice() == ToolChoice.NONE || request.toolSpecifications() == null) {
      return Set.of();
    }
    return request.toolSpecifications().stream()
        .map(ToolSpecification::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static List<ToolAnswer> answers(List<ChatMessage> messages) {
    List<ToolExecutionRequest> open = new ArrayList<>();
    List<ToolAnswer> answers = new ArrayList<>();
    for (ChatMessage message : messages) {
      if (message instanceof AiMessage ai && ai.hasToolExecutionRequests()) {
        open.addAll(ai.toolExecutionRequests());
      } else if (message instanceof ToolExecutionResultMessage result) {
        answers.add(answer(result, open));
      }
    }
    open.forEach(
        call ->
            answers.add(ToolAnswer.missing(call(String.valueOf(call.name()), call.arguments()))));
    return answers;
  }

  private static ToolAnswer answer(
      ToolExecutionResultMessage result, List<ToolExecutionRequest> open) {
    for (ToolExecutionRequest call : open) {
      if (result.id() != null && result.id().equals(call.id())) {
        open.remove(call);
        return ToolAnswer.read(call(String.valueOf(call.name()), call.arguments()), result.text());
      }
    }
    return ToolAnswer.read(call(String.valueOf(result.toolName()), ""), result.text());
  }

  private static ToolCall call(String tool, String arguments) {
    try {
      JsonNode json = JSON.readTree(arguments == null ? "" : arguments);
      if (json instanceof ObjectNode object) {
        return new ToolCall(tool, object);
      }
    } catch (JsonProcessingException e) {
      // another model's slip: the call counts as made, without what it asked for
    }
    return new ToolCall(tool, JsonNodeFactory.instance.objectNode());
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
