package io.patrolagent.agentrunner.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.data.message.UserMessage;
import io.patrolagent.agentrunner.journal.JournalEntry.ModelDone;
import io.patrolagent.agentrunner.provider.ModelUsage;
import io.patrolagent.common.patrol.PatrolId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalCodecTest {

  @Test
  void anAnswerThatIsAModelsIsRead() {
    ModelDone answer = answer(ChatMessageSerializer.messageToJson(AiMessage.from("well")));

    assertThat(JournalCodec.decode(JournalCodec.encode(PatrolId.random(), answer)))
        .contains(answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"type\": \"OF_ANOTHER_VERSION\"}", "{}", "null", "not JSON", ""})
  void anAnswerOfAnotherVersionCountsAsNotWritten(String message) {
    String entry = JournalCodec.encode(PatrolId.random(), answer(message));

    assertThat(JournalCodec.decode(entry)).isEmpty();
  }

  @Test
  void whatIsNoAnswerCountsAsNotWritten() {
    String question = ChatMessageSerializer.messageToJson(UserMessage.from("well?"));

    assertThat(JournalCodec.decode(JournalCodec.encode(PatrolId.random(), answer(question))))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "7",
        "not JSON",
        "{\"type\": \"wondrous\"}",
        "{\"type\": \"model_done\"}",
        "{\"type\": \"model_done\", \"step\": \"two\"}"
      })
  void whatIsNoEntryCountsAsNotWritten(String text) {
    assertThat(JournalCodec.decode(text)).isEmpty();
  }

  private static ModelDone answer(String message) {
    return new ModelDone(
        0,
        1,
        "hash",
        message,
        "STOP",
        "openai",
        "model-1",
        ModelUsage.NONE,
        List.of(),
        null,
        15,
        Instant.EPOCH);
  }
}
