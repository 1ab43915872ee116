package io.patrolagent.agentrunner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import io.patrolagent.agentrunner.prompt.PatrolPrompt;
import io.patrolagent.common.event.AgentFinished;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.event.PatrolFailed;
import io.patrolagent.common.event.SnapshotTaken;
import io.patrolagent.common.event.UndecodableEventException;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.report.Usage;
import io.patrolagent.common.stage.Job;
import io.patrolagent.common.stage.Outcome;
import io.patrolagent.common.stage.PermanentFailureException;
import io.patrolagent.common.stage.SourceRecord;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentHandlerTest {

  private static final Instant NOW = Snapshots.TAKEN_AT.plusSeconds(3);
  private static final SnapshotTaken INPUT =
      new SnapshotTaken(Snapshots.request(), Snapshots.troubled());

  private final List<ChatRequest> calls = new ArrayList<>();
  private final TestClock clock = new TestClock();

  @Test
  void oneCallMakesTheReportAndItsUsage() throws Exception {
    AgentHandler handler = handler(false, answering("## FLEET_NARRATIVE\n\nWell.", null));

    Outcome outcome = handler.handle(INPUT, Jobs.of(INPUT));

    assertThat(calls).hasSize(1);
    assertThat(calls.get(0).messages())
        .isEqualTo(PatrolPrompt.shipped().open(INPUT.request(), INPUT.snapshot()));
    assertThat(outcome.events())
        .containsExactly(
            new AgentFinished(
                1,
                INPUT.request(),
                INPUT.snapshot(),
                ReportStatus.COMPLETED,
                "## FLEET_NARRATIVE\n\nWell.",
                new Usage("fake", "fake-1", 0, 0, 0, BigDecimal.ZERO, 1, 0, 1500),
                List.of(),
                List.of(),
                NOW,
                NOW.plusMillis(1500)));
  }

  @Test
  void tokensAreAsTheModelReportsThem() throws Exception {
    AgentHandler handler = handler(false, answering("text", new TokenUsage(1200, 340)));

    AgentFinished finished = (AgentFinished) handler.handle(INPUT, Jobs.of(INPUT)).events().get(0);

    assertThat(finished.usage().inputTokens()).isEqualTo(1200);
    assertThat(finished.usage().outputTokens()).isEqualTo(340);
  }

  @Test
  void theOfflineAnalystIsNamedForWhatItIs() throws Exception {
    AgentHandler handler =
        new AgentHandler(patrol -> false, PatrolPrompt.shipped(), Analyst.offline(), clock);

    AgentFinished finished = (AgentFinished) handler.handle(INPUT, Jobs.of(INPUT)).events().get(0);

    assertThat(finished.status()).isEqualTo(ReportStatus.COMPLETED);
    assertThat(finished.usage().llmProvider()).isEqualTo("offline");
    assertThat(finished.usage().llmModel()).isEqualTo("offline-rules-1");
    assertThat(finished.usage().inputTokens() + finished.usage().outputTokens()).isZero();
    assertThat(finished.rawReport()).startsWith("## FLEET_NARRATIVE");
  }

  @Test
  void aPatrolThatHasItsRowIsAcknowledgedWithoutACall() throws Exception {
    AgentHandler handler = handler(true, answering("text", null));

    Outcome outcome = handler.handle(INPUT, Jobs.of(INPUT));

    assertThat(outcome.events()).isEmpty();
    assertThat(calls).isEmpty();
  }

  @Test
  void anEmptyAnswerIsTriedAgain() {
    AgentHandler handler = handler(false, answering("  \n", null));

    assertThatThrownBy(() -> handler.handle(INPUT, Jobs.of(INPUT)))
        .isNotInstanceOf(PermanentFailureException.class)
        .hasMessage("model fake-1 answered with no text");
  }

  @Test
  void noCallIsMadeForAPartitionThatIsBeingTakenAway() {
    AgentHandler handler = handler(false, answering("text", null));

    assertThatThrownBy(() -> handler.handle(INPUT, new LostJob()))
        .isInstanceOf(InterruptedException.class);
    assertThat(calls).isEmpty();
  }

  @Test
  void readsWhatTheAggregatorWrites() throws Exception {
    AgentHandler handler = handler(false, answering("text", null));

    assertThat(handler.decode(Jobs.record(EventCodec.encode(INPUT)))).isEqualTo(INPUT);
    assertThatThrownBy(() -> handler.decode(Jobs.record("{}".getBytes(UTF_8))))
        .isInstanceOf(UndecodableEventException.class);
  }

  @Test
  void expiresWithItsRequestAndFailsInItsName() {
    AgentHandler handler = handler(false, answering("text", null));

    assertThat(handler.expiresAt(INPUT)).isEqualTo(INPUT.request().expiresAt());
    assertThat(handler.failure(INPUT, ReportStatus.EXPIRED, "too late"))
        .contains(
            PatrolFailed.of(
                INPUT.request(), "agent-runner", ReportStatus.EXPIRED, "too late", NOW));
  }

  private AgentHandler handler(boolean finished, ChatModel model) {
    return new AgentHandler(
        patrol -> finished && patrol.equals(INPUT.request().patrolId()),
        PatrolPrompt.shipped(),
        new Analyst("fake", "fake-1", model),
        clock);
  }

  /** A model that takes a second and a half. */
  private ChatModel answering(String text, TokenUsage usage) {
    return new ChatModel() {
      @Override
      public ChatResponse doChat(ChatRequest request) {
        calls.add(request);
        clock.now = clock.now.plus(Duration.ofMillis(1500));
        return ChatResponse.builder().aiMessage(AiMessage.from(text)).tokenUsage(usage).build();
      }
    };
  }

  private static final class LostJob implements Job {

    @Override
    public SourceRecord source() {
      return Jobs.record(EventCodec.encode(INPUT));
    }

    @Override
    public void checkpoint() throws InterruptedException {
      throw new InterruptedException("the partition is taken away");
    }
  }

  private static final class TestClock extends Clock {

    private Instant now = NOW;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return InstantSource.fixed(now).withZone(zone);
    }
  }
}
