package io.patrolagent.agentrunner.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import io.patrolagent.agentrunner.journal.JournalEntry.ModelDone;
import io.patrolagent.agentrunner.journal.JournalEntry.RunDone;
import io.patrolagent.agentrunner.journal.JournalEntry.Started;
import io.patrolagent.agentrunner.journal.JournalEntry.ToolAnswer;
import io.patrolagent.agentrunner.journal.JournalEntry.ToolsDone;
import io.patrolagent.agentrunner.provider.ModelUsage;
import io.patrolagent.agentrunner.provider.ProviderFailure;
import io.patrolagent.common.patrol.PatrolId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every journal keeps. */
abstract class JournalContract {

  private static final Instant AT = Instant.parse("2026-11-25T06:00:00.123456Z");
  private static final AiMessage MESSAGE =
      AiMessage.builder()
          .text("I look \"first\" …\n🔴")
          .thinking("hm")
          .attributes(Map.of("signature", "c2lnbmF0dXJl"))
          .toolExecutionRequests(
              List.of(
                  ToolExecutionRequest.builder()
                      .id("call-1")
                      .name("look")
                      .arguments("{\"n\": 1}")
                      .build()))
          .build();

  private static final Started STARTED = new Started(0, 1, 10, List.of(), "host-1", AT);
  private static final ModelDone MODEL =
      new ModelDone(
          0,
          1,
          "hash",
          ChatMessageSerializer.messageToJson(MESSAGE),
          "TOOL_EXECUTION",
          "anthropic",
          "model-1",
          new ModelUsage(1200, 1000, 100, 40, new BigDecimal("0.0123")),
          List.of(new ProviderFailure("openai", "gpt", "quota", "spent", 1, AT)),
          null,
          1500,
          AT);
  private static final Started TOOLS_STARTED = new Started(1, 1, 10, List.of("look"), "host-1", AT);
  private static final ToolsDone TOOLS =
      new ToolsDone(
          1,
          1,
          List.of(
              new ToolAnswer("call-1", "look", "{\"n\":1}", "{\"a\":\"ü\"}", false, true, 12, AT)),
          "a note",
          true,
          13,
          AT);

  /** A new, empty journal of that patrol. */
  abstract Journal open(PatrolId patrol) throws Exception;

  /** The same journal as the next owner reads it; the same object where it has no owners. */
  abstract Journal reopen(PatrolId patrol) throws Exception;

  @Test
  void beginsEmpty() throws Exception {
    assertThat(open(patrol()).entries()).isEmpty();
  }

  @Test
  void keepsEveryKindOfEntryAsItWasWrittenAndInOrder() throws Exception {
    PatrolId patrol = patrol();
    Journal journal = open(patrol);

    journal.append(List.of(STARTED));
    journal.append(List.of(MODEL, TOOLS_STARTED));
    journal.append(List.of(TOOLS));

    assertThat(journal.entries()).containsExactly(STARTED, MODEL, TOOLS_STARTED, TOOLS);
    Journal next = reopen(patrol);
    assertThat(next.entries()).containsExactly(STARTED, MODEL, TOOLS_STARTED, TOOLS);
    ModelDone answer = (ModelDone) next.entries().get(1);
    assertThat(ChatMessageDeserializer.messageFromJson(answer.message())).isEqualTo(MESSAGE);
  }

  @Test
  void goesOnWhereTheOwnerBeforeEnded() throws Exception {
    PatrolId patrol = patrol();
    open(patrol).append(List.of(STARTED));

    Journal next = reopen(patrol);
    next.append(List.of(MODEL));
    next.append(List.of(new RunDone(AT)));

    assertThat(next.entries()).containsExactly(STARTED, MODEL, new RunDone(AT));
  }

  private static PatrolId patrol() {
    return PatrolId.parse(UUID.randomUUID().toString());
  }
}
