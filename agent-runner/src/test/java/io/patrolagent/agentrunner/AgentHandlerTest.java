package io.patrolagent.agentrunner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.output.FinishReason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patrolagent.agentrunner.Jobs.MemoryStageJournal;
import io.patrolagent.agentrunner.loop.Agent;
import io.patrolagent.agentrunner.loop.Limits;
import io.patrolagent.agentrunner.prompt.PatrolPrompt;
import io.patrolagent.agentrunner.provider.ModelAnswer;
import io.patrolagent.agentrunner.provider.ModelUsage;
import io.patrolagent.agentrunner.provider.Models;
import io.patrolagent.agentrunner.provider.NoModelException;
import io.patrolagent.agentrunner.provider.ProviderFailure;
import io.patrolagent.agentrunner.tool.Toolbox;
import io.patrolagent.common.client.Cancellations;
import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.event.AgentFinished;
import io.patrolagent.common.event.CancelRequested;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.event.PatrolFailed;
import io.patrolagent.common.event.SnapshotTaken;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.event.UndecodableEventException;
import io.patrolagent.common.ops.Telemetry;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.report.Usage;
import io.patrolagent.common.stage.Job;
import io.patrolagent.common.stage.JournalEnd;
import io.patrolagent.common.stage.Outcome;
import io.patrolagent.common.stage.SourceRecord;
import io.patrolagent.common.stage.StageJournal;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AgentHandlerTest {

  private static final Instant NOW = Snapshots.TAKEN_AT.plusSeconds(3);
  private static final SnapshotTaken INPUT =
      new SnapshotTaken(Snapshots.request(), Snapshots.troubled());
  private static final String REPORT =
      "## FLEET_NARRATIVE\n\nWell.\n\n## FLAGGED_CLUSTERS\n[]\n\n## PREDICTIONS\nNone."
          + "\n\n## CUSTOMER_SUMMARIES\nNone.\n\n## RECOMMENDED_ACTIONS\nNone.";

  private static final CancelRequested CANCEL =
      new CancelRequested(1, INPUT.request().patrolId(), "bob", null);

  /** Filled by hand, and never started. */
  private final Cancellations cancellations =
      new Cancellations(KafkaSettings.of("127.0.0.1:1"), Topics.DEFAULT);

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
  void aPatrolThatNoProviderAnswersFailsWithWhatItCost() throws Exception {
    ModelUsage billed = new ModelUsage(900, 0, 0, 0, new BigDecimal("0.03"));
    AgentHandler handler =
        handler(
            false,
            request -> {
              throw new NoModelException(
                  List.of(new ProviderFailure("fake", "fake-1", "refused", "no", 1, NOW)), billed);
            });

    PatrolFailed failed = failed(handler.handle(INPUT, Jobs.of(INPUT)));

    assertThat(failed.status()).isEqualTo(ReportStatus.FAILED);
    assertThat(failed.reason()).contains("fake (refused): no");
    assertThat(failed.usage())
        .isEqualTo(new Usage("fake", "fake-1", 900, 0, 0, new BigDecimal("0.03"), 0, 0, 0));
  }

  @Test
  void aPatrolThatIsGivenUpLaterStillSaysWhatItsJournalCost() throws Exception {
    AgentHandler handler = handler(false, answering(REPORT));
    Job job = Jobs.of(INPUT, new MemoryStageJournal());
    handler.handle(INPUT, job);

    PatrolFailed failed =
        handler.failure(INPUT, ReportStatus.EXPIRED, "too late", job).orElseThrow();

    assertThat(failed.usage().costUsd()).isEqualByComparingTo("0.02");
  }

  @Test
  void aPatrolThatWasCancelledBeforeItsFirstStepCostsNothing() throws Exception {
    AgentHandler handler = handler(false, answering(REPORT));
    cancellations.add(CANCEL);

    PatrolFailed failed = failed(handler.handle(INPUT, Jobs.of(INPUT)));

    assertThat(calls).isEmpty();
    assertThat(failed.status()).isEqualTo(ReportStatus.CANCELLED);
    assertThat(failed.reason()).isEqualTo("cancelled by bob");
    assertThat(failed.usage()).isNull();
  }

  @Test
  void aCancellationEndsTheModelCallThatIsUnderWay() throws Exception {
    AgentHandler handler =
        handler(
            false,
            request -> {
              new Thread(() -> cancellations.add(CANCEL)).start();
              new CountDownLatch(1).await(); // as long as nobody interrupts it
              throw new IllegalStateException("never");
            });

    PatrolFailed failed = failed(handler.handle(INPUT, Jobs.of(INPUT)));

    assertThat(failed.status()).isEqualTo(ReportStatus.CANCELLED);
    assertThat(Thread.interrupted()).as("what follows is not interrupted").isFalse();
  }

  @Test
  void aCancellationThatComesWithTheAnswerInterruptsNothingThatFollows() throws Exception {
    AgentHandler handler =
        handler(
            false,
            request -> {
              cancellations.add(CANCEL);
              return answering(REPORT).ask(request);
            });

    Outcome outcome = handler.handle(INPUT, Jobs.of(INPUT));

    assertThat(Thread.interrupted()).isFalse();
    assertThat(outcome.events())
        .as("its report was there")
        .hasOnlyElementsOfType(AgentFinished.class);
  }

  @Test
  void whoLosesThePartitionDoesNotEndACancelledPatrol() {
    AgentHandler handler = handler(false, answering(REPORT));
    cancellations.add(CANCEL);

    assertThatThrownBy(() -> handler.handle(INPUT, new LostJob()))
        .isInstanceOf(InterruptedException.class);
  }

  private static PatrolFailed failed(Outcome outcome) {
    assertThat(outcome.events()).hasSize(1);
    return (PatrolFailed) outcome.events().get(0);
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
            Telemetry.of(new SimpleMeterRegistry()),
            clock);
    agents.add(agent);
    return new AgentHandler(
        patrol -> finished && patrol.equals(INPUT.request().patrolId()),
        agent,
        cancellations,
        clock);
  }

  /** One model, as a test has it. */
  private interface Model {
    ModelAnswer ask(ChatRequest request) throws NoModelException, InterruptedException;
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
          throws NoModelException, InterruptedException {
        calls.add(request);
        return model.ask(request);
      }

      @Override
      public ModelAnswer askOnly(ChatRequest request, String provider, Instant deadline)
          throws NoModelException, InterruptedException {
        return ask(request, provider, deadline);
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
