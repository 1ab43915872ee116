package io.patrolagent.agentrunner.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortableMessagesTest {

  @Test
  void itsOwnThoughtsGoBackToAProviderAndNoOthersDo() {
    // Given
    AiMessage thought =
        PortableMessages.signedBy(
            "gemini",
            AiMessage.builder()
                .text("so")
                .thinking("hm")
                .attributes(Map.of("thinking_signature", "sig"))
                .build());
    // Then
    assertThat(read("gemini", thought)).isEqualTo(thought);
    assertThat(read("anthropic", thought).thinking()).isNull();
    assertThat(read("anthropic", thought).attributes()).isEmpty();
    assertThat(read("anthropic", thought).text()).isEqualTo("so");
  }

  @Test
  void theAuthorOutlivesTheJournal() {
    AiMessage signed = PortableMessages.signedBy("gemini", AiMessage.from("so"));
    ChatMessage journaled =
        ChatMessageDeserializer.messageFromJson(ChatMessageSerializer.messageToJson(signed));
    assertThat(journaled).isEqualTo(signed);
  }

  @Test
  void everyToolCallHasAnIdOfItsOwn() {
    AiMessage signed =
        PortableMessages.signedBy(
            "gemini",
            AiMessage.from(List.of(call(null, "{}"), call("", "{}"), call("call_1", "{}"))));
    assertThat(signed.toolExecutionRequests())
        .extracting(ToolExecutionRequest::id)
        .doesNotHaveDuplicates()
        .contains("call_1")
        .allMatch(id -> id.matches("[a-zA-Z0-9_-]+"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "{\"a\":1}; {\"a\":1}",
        "``; {}",
        "{\"a\"; {\"unreadable\":\"{\\\"a\\\"\"}",
        "[1]; {\"unreadable\":\"[1]\"}"
      },
      delimiter = ';')
  void argumentsAreAlwaysAnObject(String written, String sent) {
    AiMessage answer = AiMessage.from(call("call_1", written));
    assertThat(read("openai", answer).toolExecutionRequests().get(0).arguments()).isEqualTo(sent);
  }

  private static AiMessage read(String provider, AiMessage answer) {
    ChatRequest request = ChatRequest.builder().messages(UserMessage.from("hello"), answer).build();
    return (AiMessage) PortableMessages.readableBy(provider, request).messages().get(1);
  }

  private static ToolExecutionRequest call(String id, String arguments) {
    return ToolExecutionRequest.builder().id(id).name("tool").arguments(arguments).build();
  }
}
