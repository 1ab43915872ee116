package io.patrolagent.agentrunner.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Makes a conversation that one provider began readable by another, which takes over in the middle
 * of it: thoughts are signed and only their own provider takes them back, not every provider names
 * its tool calls, and most refuse a call whose arguments are no JSON object, even as history.
 */
final class PortableMessages {

  /** Which provider wrote a message; journaled with the message. */
  private static final String AUTHOR = "provider";

  private static final ObjectMapper JSON = new ObjectMapper();

  private PortableMessages() {}

  /** An answer that says who wrote it and each of whose tool calls has an id. */
  static AiMessage signedBy(String provider, AiMessage answer) {
    Map<String, Object> attributes = new HashMap<>(answer.attributes());
    attributes.put(AUTHOR, provider);
    return answer.toBuilder()
        .attributes(attributes)
        .toolExecutionRequests(
            answer.toolExecutionRequests().stream().map(PortableMessages::withId).toList())
        .build();
  }

  /** The request with what others wrote in a form that this provider takes. */
  static ChatRequest readableBy(String provider, ChatRequest request) {
    return withMessages(
        request,
        request.messages().stream()
            .map(
                message ->
                    message instanceof AiMessage answer ? readable(provider, answer) : message)
            .toList());
  }

  /**
   * The request with its last message marked, so that Anthropic's cache holds the conversation up
   * to there for the next round.
   */
  static ChatRequest markedForCaching(ChatRequest request) {
    List<ChatMessage> messages = new ArrayList<>(request.messages());
    int last = messages.size() - 1;
    ChatMessage message = messages.get(last);
    Map<String, Object> mark = Map.of("cache_control", "ephemeral");
    if (message instanceof UserMessage user) {
      messages.set(
          last,
          UserMessage.builder()
              .name(user.name())
              .contents(user.contents())
              .attributes(mark)
              .build());
    } else if (message instanceof ToolExecutionResultMessage result) {
      messages.set(last, result.toBuilder().attributes(mark).build());
    }
    return withMessages(request, messages);
  }

  private static ChatRequest withMessages(ChatRequest request, List<ChatMessage> messages) {
    return ChatRequest.builder().messages(messages).parameters(request.parameters()).build();
  }

  private static ChatMessage readable(String provider, AiMessage answer) {
    AiMessage.Builder builder =
        answer.toBuilder()
            .toolExecutionRequests(
                answer.toolExecutionRequests().stream()
                    .map(PortableMessages::withReadableArguments)
                    .toList());
    if (!provider.equals(answer.attributes().get(AUTHOR))) {
      builder.thinking(null).attributes(Map.of());
    }
    return builder.build();
  }

  private static ToolExecutionRequest withId(ToolExecutionRequest call) {
    boolean named = call.id() != null && !call.id().isBlank();
    return named ? call : call.toBuilder().id("call_" + UUID.randomUUID()).build();
  }

  /** What cannot be read stays visible to the model, as the value of a field. */
  private static ToolExecutionRequest withReadableArguments(ToolExecutionRequest call) {
    String arguments = call.arguments();
    if (arguments == null || arguments.isBlank()) {
      return call.toBuilder().arguments("{}").build();
    }
    try {
      if (JSON.readTree(arguments).isObject()) {
        return call;
      }
    } catch (JsonProcessingException notJson) {
      // handled below, like JSON of another kind
    }
    String quoted = JSON.createObjectNode().put("unreadable", arguments).toString();
    return call.toBuilder().arguments(quoted).build();
  }
}
