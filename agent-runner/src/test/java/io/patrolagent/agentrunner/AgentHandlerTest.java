package io.patrolagent.agentrunner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.output.FinishReason;
import io.patrolagent.agentrunner.Jobs.MemoryStageJournal;
import io.patrolagent.agentrunner.loop.Agent;
import io.patrolagent.agentrunner.loop.Limits;
import io.patrolagent.agentrunner.prompt.PatrolPrompt;
import io.patrolagent.agentrunner.provider.ModelAnswer;
import io.patrolagent.agentrunner.provider.ModelUsage;
import io.patrolagent.agentrunner.provider.Models;
import io.patrolagent.agentrunner.provider.NoModelException;
import io.patrolagent.agentrunner.tool.Toolbox;
import io.patrolagent.common.event.AgentFinished;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.event.PatrolFailed;
import io.patrolagent.common.event.SnapshotTaken;
import io.patrolagent.common.event.UndecodableEventException;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.report.Usage;
import io.patrolagent.common.stage.Job;
import io.patrolagent.common.stage.JournalEnd;
import io.patrolagent.common.stage.Outcome;
import io.patrolagent.common.stage.PermanentFailureException;
import io.patrolagent.common.stage.SourceRecord;
import io.patrolagent.common.stage.StageJournal;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AgentHandlerTest {

  private static final Instant NOW = Snapshots.TAKEN_AT.plusSeconds(3);
  private static final SnapshotTaken INPUT =
      new SnapshotTaken(Snapshots.request(), Snapshots.troubled());
  private static final String REPORT = "## FLEET_NARRATIVE\n\nWell.";

  private final List<ChatRequest> calls = new ArrayList<>();
  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final List<Agent> agents = new ArrayList<>();

  @AfterEach
  void closeAgents() {
    agents.forEach(Agent::close);
  }

  @Test
  void theAgentsReportGoesOutWithItsUsage() throws Exception {
    AgentHandler handler = handler(false, answering(REPORT));

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
                REPORT,
                new Usage("fake", "fake-1", 1200, 1000, 340, new BigDecimal("0.02"), 1, 0, 1500),
                List.of(),
                List.of(),
                NOW,
                NOW));
  }

  @Test
  void aPatrolThatIsDeliveredAgainIsNotPaidForAgain() throws Exception {
    AgentHandler handler = handler(false, answering(REPORT));
    StageJournal journal = new MemoryStageJournal();

    Outcome first = handler.handle(INPUT, Jobs.of(INPUT, journal));
    Outcome again = handler.handle(INPUT, Jobs.of(INPUT, journal));

    assertThat(calls).hasSize(1);
    assertThat(again.events()).isEqualTo(first.events());
  }

  @Test
  void aPatrolWhoseJournalHasEndedIsAcknowledgedWithoutACall() throws Exception {
    AgentHandler handler = handler(false, answering(REPORT));
    StageJournal journal = new MemoryStageJournal();
    JournalEnd end = handler.journalEnd(INPUT).orElseThrow();
    journal.append(end.key(), List.of(end.value()));

    Outcome outcome = handler.handle(INPUT, Jobs.of(INPUT, journal));

    assertThat(outcome.events()).isEmpty();
    assertThat(calls).isEmpty();
  }

  @Test
  void aPatrolThatHasItsRowIsAcknowledgedWithoutACall() throws Exception {
    AgentHandler handler = handler(true, answering(REPORT));

    Outcome outcome = handler.handle(INPUT, Jobs.of(INPUT));

    assertThat(outcome.events()).isEmpty();
    assertThat(calls).isEmpty();
  }

  @Test
  void aPatrolThatNoProviderAnswersIsGivenUp() {
    AgentHandler handler =
        handler(
            false,
            request -> {
              throw new NoModelException(List.of(), ModelUsage.NONE);
            });

    assertThatThrownBy(() -> handler.handle(INPUT, Jobs.of(INPUT)))
        .isInstanceOf(PermanentFailureException.class);
  }

  @Test
  void noCallIsMadeForAPartitionThatIsBeingTakenAway() {
    AgentHandler handler = handler(false, answering(REPORT));

    assertThatThrownBy(() -> handler.handle(INPUT, new LostJob()))
        .isInstanceOf(InterruptedException.class);
    assertThat(calls).isEmpty();
  }

  @Test
  void readsWhatTheAggregatorWrites() throws Exception {
    AgentHandler handler = handler(false, answering(REPORT));

    assertThat(handler.decode(Jobs.record(EventCodec.encode(INPUT)))).isEqualTo(INPUT);
    assertThatThrownBy(() -> handler.decode(Jobs.record("{}".getBytes(UTF_8))))
        .isInstanceOf(UndecodableEventException.class);
  }

  @Test
  void expiresWithItsRequestAndFailsInItsName() {
    AgentHandler handler = handler(false, answering(REPORT));

    assertThat(handler.expiresAt(INPUT)).isEqualTo(INPUT.request().expiresAt());
    assertThat(handler.failure(INPUT, ReportStatus.EXPIRED, "too late"))
        .contains(
            PatrolFailed.of(
                INPUT.request(), "agent-runner", ReportStatus.EXPIRED, "too late", NOW));
  }

  private AgentHandler handler(boolean finished, Model model) {
    Agent agent =
        new Agent(
            models(model),
            new Toolbox(List.of()),
            PatrolPrompt.shipped(),
            new Limits(10, 100_000, Duration.ofMinutes(5), null),
            1,
            clock);
    agents.add(agent);
    return new AgentHandler(
        patrol -> finished && patrol.equals(INPUT.request().patrolId()), agent, clock);
  }

  /** One model, as a test has it. */
  private interface Model {
    ModelAnswer ask(ChatRequest request) throws NoModelException;
  }

  private Model answering(String text) {
    return request ->
        new ModelAnswer(
            AiMessage.from(text),
            FinishReason.STOP,
            "fake",
            "fake-1",
            new ModelUsage(1200, 1000, 0, 340, new BigDecimal("0.02")),
            List.of(),
            1500);
  }

  private Models models(Model model) {
    return new Models() {
      @Override
      public List<String> names() {
        return List.of("fake");
      }

      @Override
      public ModelAnswer ask(ChatRequest request, @Nullable String provider, Instant deadline)
          throws NoModelException {
        calls.add(request);
        return model.ask(request);
      }
    };
  }

  private static final class LostJob implements Job {

    @Override
    public SourceRecord source() {
      return Jobs.record(EventCodec.encode(INPUT));
    }

    @Override
    public StageJournal journal() {
      return new MemoryStageJournal();
    }

    @Override
    public void checkpoint() throws InterruptedException {
      throw new InterruptedException("the partition is taken away");
    }
  }
}
