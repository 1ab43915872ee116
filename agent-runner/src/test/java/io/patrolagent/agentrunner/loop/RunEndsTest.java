package io.patrolagent.agentrunner.loop;

import static io.patrolagent.agentrunner.loop.Script.calls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patrolagent.agentrunner.Snapshots;
import io.patrolagent.agentrunner.journal.JournalEntry.ModelDone;
import io.patrolagent.agentrunner.journal.JournalEntry.Started;
import io.patrolagent.agentrunner.journal.MemoryJournal;
import io.patrolagent.agentrunner.loop.Script.Turn;
import io.patrolagent.agentrunner.tool.ToolContext;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.ReportStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A promise, a budget and a cancellation, each of which ends what models do. */
class RunEndsTest {

  private static final Instant NOW = Snapshots.TAKEN_AT;
  private static final Turn TEXT = new Turn.Text(Script.REPORT);
  private static final String LATE = "No report by " + NOW + ": finished by the offline analyst.";

  private final MemoryJournal journal = new MemoryJournal();

  @Test
  void aPatrolThatIsTakenUpAfterItsPromisedTimeIsWrittenOffline() throws Exception {
    Script script = script(calls("look"), TEXT);

    AgentResult result = run(script, NOW, () -> {});

    assertThat(script.providers).containsExactly("offline");
    assertThat(result.status()).isEqualTo(ReportStatus.DEGRADED);
    assertThat(result.warnings()).containsExactly(LATE);
  }

  @Test
  void whatTheJournalSaysOfThePromiseHoldsForWhoeverTakesOver() throws Exception {
    AgentResult first = run(script(TEXT), NOW, () -> {});
    Script script = script(TEXT);

    AgentResult again = run(script, NOW.plusSeconds(600), () -> {});

    assertThat(script.requests).isEmpty();
    assertThat(again).isEqualTo(first);
  }

  @Test
  void aModelIsWaitedForUntilThePromisedTimeAndNoLonger() throws Exception {
    Instant dueAt = NOW.plusSeconds(20);
    Script script = script(calls("look"), TEXT);

    AgentResult result = run(script, dueAt, () -> {});

    assertThat(script.deadlines).containsExactly(dueAt, dueAt);
    assertThat(result.status()).isEqualTo(ReportStatus.COMPLETED);
    assertThat(result.warnings()).isEmpty();
  }

  @Test
  void aCallThatIsGivenUpAtThePromisedTimeIsFollowedByTheOfflineAnalyst() throws Exception {
    Script script = script(calls("look"), new Turn.Late());
    Instant dueAt = NOW.plusSeconds(20);

    AgentResult result = run(script, dueAt, () -> {});

    assertThat(result.status()).isEqualTo(ReportStatus.DEGRADED);
    assertThat(result.warnings())
        .containsExactly(
            "one failed in round 2 (deadline): no whole answer",
            "No report by " + dueAt + ": finished by the offline analyst.");
  }

  @Test
  void whereTheOfflineAnalystIsNotWantedThePatrolGoesOnWithItsModelAndIsLate() throws Exception {
    Script script = new Script(journal, false, List.of(calls("look"), TEXT));

    AgentResult result = run(script, NOW.minusSeconds(60), () -> {});

    assertThat(script.providers).containsExactly(null, "one");
    assertThat(script.deadlines).allMatch(deadline -> deadline.isAfter(NOW.plusSeconds(60)));
    assertThat(result.status()).isEqualTo(ReportStatus.COMPLETED);
  }

  @Test
  void whereTheOfflineAnalystIsTheFirstChoiceNothingIsDegraded() throws Exception {
    Script script =
        new Script(journal, true, List.of(TEXT)) {
          @Override
          public List<String> names() {
            return List.of("offline");
          }
        };

    AgentResult result = run(script, NOW, forbidding("the budget is used up"));

    assertThat(result.status()).isEqualTo(ReportStatus.COMPLETED);
    assertThat(result.warnings()).isEmpty();
  }

  @Test
  void noModelIsAskedWhereNoneMayBe() throws Exception {
    Script script = script(calls("look"), TEXT);

    AgentResult result = run(script, null, forbidding("The day's budget is used up"));

    assertThat(script.providers).containsExactly("offline");
    assertThat(result.status()).isEqualTo(ReportStatus.DEGRADED);
    assertThat(result.warnings()).containsExactly("The day's budget is used up.");
  }

  @Test
  void whereNoModelMayBeAskedAndTheOfflineAnalystIsNotThereThePatrolFails() {
    Script script = new Script(journal, false, List.of(TEXT));

    NoReportException end = end(script, forbidding("The day's budget is used up"));

    assertThat(script.requests).isEmpty();
    assertThat(end.status()).isEqualTo(ReportStatus.FAILED);
    assertThat(end)
        .hasMessage(
            "The day's budget is used up, and the offline analyst is not among"
                + " PATROL_LLM_PROVIDERS");
    assertThat(end.usage()).isNull();
  }

  @Test
  void aCancelledPatrolEndsAtItsNextStepWithWhatItCost() {
    Script script = script(calls("look"), calls("look"), TEXT);
    AtomicInteger steps = new AtomicInteger();

    NoReportException end =
        end(
            script,
            new Gate() {
              @Override
              public void pass() {
                steps.incrementAndGet();
              }

              @Override
              public Optional<String> cancellation() {
                return steps.get() < 3 ? Optional.empty() : Optional.of("cancelled by bob");
              }
            });

    assertThat(end.status()).isEqualTo(ReportStatus.CANCELLED);
    assertThat(end).hasMessage("cancelled by bob");
    assertThat(script.requests).as("the next model call is not made").hasSize(1);
    assertThat(end.usage().rounds()).isEqualTo(1);
    assertThat(end.usage().toolCalls()).isEqualTo(1);
    assertThat(end.usage().costUsd()).isEqualByComparingTo("0.01");
  }

  @Test
  void aCancellationThatComesAfterTheReportIsTooLate() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    AgentResult result =
        run(
            script(TEXT),
            null,
            new Gate() {
              @Override
              public void pass() {}

              @Override
              public Optional<String> cancellation() {
                return asked.getAndIncrement() == 0 ? Optional.empty() : Optional.of("by bob");
              }
            });

    assertThat(result.status()).isEqualTo(ReportStatus.COMPLETED);
  }

  @Test
  void whatFailedCallsWereBilledIsNotLost() {
    NoReportException first = end(new Script(journal, false, List.of(new Turn.Down())), () -> {});
    assertThat(first.usage().llmProvider()).isEqualTo("one");
    assertThat(first.usage().costUsd()).isEqualByComparingTo("0.01");
    assertThat(first.usage().rounds()).isZero();

    MemoryJournal other = new MemoryJournal();
    Script later = new Script(other, false, List.of(calls("look"), new Turn.Down()));
    NoReportException second =
        catchThrowableOfType(
            NoReportException.class, () -> loop(later).run(TestTools.PATROL, other, () -> {}));
    assertThat(second.usage().costUsd()).as("both calls").isEqualByComparingTo("0.02");
  }

  @Test
  void eachStepSaysWhoTakesItAndHowManyThereMayBe() throws Exception {
    run(script(calls("look"), TEXT), null, () -> {});

    assertThat(journal.entries().stream().filter(Started.class::isInstance).toList())
        .hasSize(3)
        .allSatisfy(
            entry -> {
              assertThat(((Started) entry).runBy()).isEqualTo(RunBy.NAME).endsWith("-" + pid());
              assertThat(((Started) entry).maxRounds()).isEqualTo(10);
            });
    assertThat(journal.entries().stream().filter(ModelDone.class::isInstance))
        .allSatisfy(entry -> assertThat(((ModelDone) entry).offlineReason()).isNull());
  }

  private static long pid() {
    return ProcessHandle.current().pid();
  }

  private static Gate forbidding(String reason) {
    return new Gate() {
      @Override
      public void pass() {}

      @Override
      public String offlineReason() {
        return reason;
      }
    };
  }

  private Script script(Turn... turns) {
    return new Script(journal, true, List.of(turns));
  }

  private NoReportException end(Script script, Gate gate) {
    return catchThrowableOfType(
        NoReportException.class, () -> loop(script).run(TestTools.PATROL, journal, gate));
  }

  private AgentResult run(Script script, @Nullable Instant dueAt, Gate gate) throws Exception {
    PatrolRequest request = Snapshots.request();
    PatrolRequest due =
        new PatrolRequest(
            request.patrolId(),
            request.reportType(),
            request.triggeredBy(),
            request.scope(),
            request.focus(),
            request.requestedAt(),
            dueAt,
            request.expiresAt().plus(Duration.ofHours(1)),
            null);
    return loop(script).run(new ToolContext(due, TestTools.PATROL.snapshot()), journal, gate);
  }

  private static AgentLoop loop(Script script) {
    return TestTools.loop(script, TestTools.toolbox(new AtomicInteger()), TestTools.limits(10));
  }
}
