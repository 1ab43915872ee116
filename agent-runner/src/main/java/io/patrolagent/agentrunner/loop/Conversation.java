package io.patrolagent.agentrunner.loop;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ToolChoice;
import io.patrolagent.agentrunner.journal.JournalEntry.Done;
import io.patrolagent.agentrunner.journal.JournalEntry.ModelDone;
import io.patrolagent.agentrunner.journal.JournalEntry.ToolAnswer;
import io.patrolagent.agentrunner.journal.JournalEntry.ToolsDone;
import io.patrolagent.agentrunner.prompt.DataFence;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The messages that a run's steps amount to, and the request that the next model call sends. */
final class Conversation {

  static final String EMPTY_ANSWER =
      "Your last message was empty. Call a tool, or write the report with its five sections.";
  static final String CUT_ANSWER =
      "Your report was cut at the length limit. Go on exactly where it stopped, repeat nothing, and"
          + " be brief.";

  private final List<ChatMessage> opening;
  private final List<ToolSpecification> tools;

  Conversation(List<ChatMessage> opening, List<ToolSpecification> tools) {
    this.opening = List.copyOf(opening);
    this.tools = List.copyOf(tools);
  }

  /** Tools are sent even when they are withdrawn: without them some providers answer nothing. */
  ChatRequest request(List<Done> steps, @Nullable String withdrawn) {
    List<ChatMessage> messages = new ArrayList<>(opening);
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i) instanceof ModelDone answer) {
        add(messages, answer, steps.subList(0, i + 1));
      } else if (steps.get(i) instanceof ToolsDone answered) {
        add(messages, answered);
      }
    }
    if (withdrawn != null && !endsWithText(steps)) {
      messages.add(
          UserMessage.from(
              "Tools are withdrawn: "
                  + withdrawn
                  + ". Write the report now, with its five sections, from what you have, and say"
                  + " what you could not look at."));
    }
    ChatRequest.Builder request = ChatRequest.builder().messages(messages);
    if (!tools.isEmpty()) {
      request
          .toolSpecifications(tools)
          .toolChoice(withdrawn == null ? ToolChoice.AUTO : ToolChoice.NONE);
    }
    return request.build();
  }

  static AiMessage message(ModelDone answer) {
    return (AiMessage) ChatMessageDeserializer.messageFromJson(answer.message());
  }

  static String text(ModelDone answer) {
    String text = message(answer).text();
    return text == null ? "" : text;
  }

  static boolean isCut(ModelDone answer) {
    return "LENGTH".equals(answer.finishReason());
  }

  /** What goes on from a text says itself what to do. */
  private static boolean endsWithText(List<Done> steps) {
    return !steps.isEmpty()
        && steps.get(steps.size() - 1) instanceof ModelDone answer
        && !message(answer).hasToolExecutionRequests()
        && !text(answer).isBlank();
  }

  private static void add(List<ChatMessage> messages, ModelDone answer, List<Done> soFar) {
    AiMessage message = message(answer);
    if (message.hasToolExecutionRequests()) {
      messages.add(message);
    } else if (text(answer).isBlank()) {
      messages.add(UserMessage.from(EMPTY_ANSWER)); // the message itself would be refused
    } else {
      messages.add(message);
      messages.add(
          UserMessage.from(
              isCut(answer) ? CUT_ANSWER : RepairRequest.of(Drafts.of(soFar).first())));
    }
  }

  private static void add(List<ChatMessage> messages, ToolsDone answered) {
    for (ToolAnswer answer : answered.answers()) {
      messages.add(
          ToolExecutionResultMessage.builder()
              .id(answer.id())
              .toolName(answer.tool())
              .text(DataFence.wrap(fenceName(answer.tool()), answer.result()))
              .isError(answer.error())
              .build());
    }
    if (answered.note() != null) {
      messages.add(UserMessage.from(answered.note()));
    }
  }

  /** A model may call a tool by any name. */
  private static String fenceName(String tool) {
    return DataFence.isName(tool) ? tool : "unknown_tool";
  }

  /** The hash of all that a model is sent: messages, tools and whether it may call them. */
  static String hash(ChatRequest request) {
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      hash.update(ChatMessageSerializer.messagesToJson(request.messages()).getBytes(UTF_8));
      if (request.toolSpecifications() != null) {
        hash.update(request.toolSpecifications().toString().getBytes(UTF_8));
      }
      hash.update(String.valueOf(request.toolChoice()).getBytes(UTF_8));
      return HexFormat.of().formatHex(hash.digest(), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JRE has SHA-256", e);
    }
  }
}
