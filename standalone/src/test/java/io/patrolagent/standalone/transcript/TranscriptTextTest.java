package io.patrolagent.standalone.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessageSerializer;
import io.patrolagent.agentrunner.journal.JournalEntry;
import io.patrolagent.agentrunner.journal.JournalEntry.ModelDone;
import io.patrolagent.agentrunner.journal.JournalEntry.RunDone;
import io.patrolagent.agentrunner.journal.JournalEntry.Started;
import io.patrolagent.agentrunner.journal.JournalEntry.ToolAnswer;
import io.patrolagent.agentrunner.journal.JournalEntry.ToolsDone;
import io.patrolagent.agentrunner.provider.ModelUsage;
import io.patrolagent.agentrunner.provider.ProviderFailure;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TranscriptTextTest {

  private static final Instant AT = Instant.parse("2026-11-25T06:00:00Z");
  private static final JournalEntry CALL = new Started(0, 1, 10, List.of(), "host-1", AT);
  private static final JournalEntry ASKED =
      model(
          0,
          AiMessage.from(
              "I look.",
              List.of(
                  ToolExecutionRequest.builder()
                      .id("1")
                      .name("query_open_issues")
                      .arguments("{\"limit\": 5}")
                      .build())));
  private static final JournalEntry ANSWERED =
      new ToolsDone(
          1,
          1,
          List.of(
              new ToolAnswer(
                  "1",
                  "query_open_issues",
                  "{\"limit\": 5}",
                  "{\"total\":0,\"issues\":[]}",
                  false,
                  true,
                  40,
                  AT)),
          null,
          false,
          41,
          AT);

  @Test
  void everyRoundSaysWhoAnsweredWhatWasAskedAndWhatItTook() {
    String text =
        TranscriptText.of(
            List.of(
                CALL,
                ASKED,
                new Started(1, 1, 10, List.of("query_open_issues"), "host-1", AT),
                ANSWERED,
                new Started(2, 2, 10, List.of(), "host-1", AT),
                model(2, AiMessage.from("## FLEET_NARRATIVE\n\nWell.")),
                new RunDone(AT)),
            1000);

    assertThat(text.lines())
        .containsExactly(
            "",
            "Round 1 · anthropic/model-1 · 1,200 tokens in (1,000 cached), 40 out · $0.01 · 1.5 s"
                + " · 2026-11-25T06:00:00Z",
            "  openai failed (quota, 1 attempts): spent",
            "    I look.",
            "  → query_open_issues {\"limit\": 5}",
            "  ← query_open_issues {\"limit\": 5} · 0.0 s",
            "    {\"total\":0,\"issues\":[]}",
            "",
            "Round 2 · anthropic/model-1 · 1,200 tokens in (1,000 cached), 40 out · $0.01 · 1.5 s"
                + " · 2026-11-25T06:00:00Z",
            "  openai failed (quota, 1 attempts): spent",
            "    ## FLEET_NARRATIVE",
            "    ",
            "    Well.",
            "Ended 2026-11-25T06:00:00Z");
  }

  @Test
  void aLongAnswerIsCutAndSaysBy() {
    assertThat(TranscriptText.of(List.of(CALL, ASKED, ANSWERED), 10))
        .contains("{\"total\":0… (13 characters more; --full)");
  }

  @Test
  void aStepThatWasBegunTwiceWasInterrupted() {
    assertThat(TranscriptText.of(List.of(CALL, CALL, ASKED), 10))
        .contains("Interrupted: step 0 was begun again");
  }

  @Test
  void aStepThatIsNotDoneIsUnderWay() {
    Started tools =
        new Started(1, 1, 10, List.of("query_open_issues", "search_logs"), "host-1", AT);

    assertThat(TranscriptText.of(List.of(CALL, ASKED, tools), 10))
        .endsWith(
            "Under way since 2026-11-25T06:00:00Z: round 1, query_open_issues, search_logs\n");
  }

  private static ModelDone model(int step, AiMessage message) {
    return new ModelDone(
        step,
        step / 2 + 1,
        "hash",
        ChatMessageSerializer.messageToJson(message),
        "STOP",
        "anthropic",
        "model-1",
        new ModelUsage(1200, 1000, 0, 40, new BigDecimal("0.01")),
        List.of(new ProviderFailure("openai", "gpt", "quota", "spent", 1, AT)),
        null,
        1500,
        AT);
  }
}
