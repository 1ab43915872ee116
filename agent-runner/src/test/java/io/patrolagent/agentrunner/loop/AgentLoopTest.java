package io.patrolagent.agentrunner.loop;

import static io.patrolagent.agentrunner.loop.Script.REPORT;
import static io.patrolagent.agentrunner.loop.Script.calls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.ToolExecutionResultMessage;
import io.patrolagent.agentrunner.journal.JournalEntry;
import io.patrolagent.agentrunner.journal.JournalEntry.ModelDone;
import io.patrolagent.agentrunner.journal.JournalEntry.Started;
import io.patrolagent.agentrunner.journal.JournalEntry.ToolsDone;
import io.patrolagent.agentrunner.journal.MemoryJournal;
import io.patrolagent.agentrunner.loop.Script.Turn;
import io.patrolagent.agentrunner.prompt.DataFence;
import io.patrolagent.common.patrol.ReportStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class AgentLoopTest {

  private static final Turn TEXT = new Turn.Text(REPORT);

  private final MemoryJournal journal = new MemoryJournal();
  private final AtomicInteger looks = new AtomicInteger();

  @Test
  void aReportRestsOnTheRoundsBeforeIt() throws Exception {
    Script script = script(calls("look", "look"), calls("look"), TEXT);

    AgentResult result = run(script, TestTools.limits(10));

    assertThat(result.status()).isEqualTo(ReportStatus.COMPLETED);
    assertThat(result.report()).isEqualTo(REPORT);
    assertThat(result.warnings()).isEmpty();
    assertThat(result.usage().rounds()).isEqualTo(3);
    assertThat(result.usage().toolCalls()).as("the third call repeats the first").isEqualTo(2);
    assertThat(result.usage().inputTokens()).isEqualTo(300);
    assertThat(result.usage().cachedInputTokens()).isEqualTo(120);
    assertThat(result.usage().outputTokens()).isEqualTo(60);
    assertThat(result.usage().costUsd()).isEqualByComparingTo("0.03");
    assertThat(result.evidence()).hasSize(2);
    assertThat(looks).hasValue(2);
  }

  @Test
  void whatToolsAnswerIsFencedAsData() throws Exception {
    Script script = script(calls("look", "no_such_tool"), TEXT);

    run(script, TestTools.limits(10));

    List<String> answers =
        script.requests.get(1).messages().stream()
            .filter(ToolExecutionResultMessage.class::isInstance)
            .map(message -> ((ToolExecutionResultMessage) message).text())
            .toList();
    assertThat(DataFence.find("look", answers.get(0))).contains("{\"looked\":\"1\"}");
    assertThat(DataFence.find("no_such_tool", answers.get(1)).orElseThrow())
        .contains("no_such_tool", "look, refuse, fail");
  }

  @Test
  void eachStepIsBegunAndDoneInTheJournal() throws Exception {
    run(script(calls("look"), TEXT), TestTools.limits(10));

    assertThat(journal.entries())
        .extracting(entry -> (Object) entry.getClass())
        .containsExactly(
            Started.class,
            ModelDone.class,
            Started.class,
            ToolsDone.class,
            Started.class,
            ModelDone.class);
    assertThat(((Started) journal.entries().get(2)).tools()).containsExactly("look");
  }

  @Test
  void toolsAreWithdrawnInTheLastRoundAndStillSent() throws Exception {
    Script script = script(calls("look"), calls("refuse"), TEXT);

    run(script, TestTools.limits(3));

    assertThat(script.requests).extracting(Script::offersTools).containsExactly(true, true, false);
    assertThat(script.requests.get(2).toolSpecifications()).hasSize(3);
  }

  @Test
  void toolsAreWithdrawnNearALimit() throws Exception {
    Limits tokens = new Limits(10, 250, Duration.ofHours(1), null);
    Limits cost = new Limits(10, 1_000_000, Duration.ofHours(1), new BigDecimal("0.012"));
    Limits time = new Limits(10, 1_000_000, Duration.ofMillis(8), null);

    for (Limits limits : List.of(tokens, cost, time)) {
      MemoryJournal fresh = new MemoryJournal();
      Script script = new Script(fresh, true, List.of(calls("look"), TEXT));
      AgentResult result =
          TestTools.loop(script, TestTools.toolbox(looks), limits)
              .run(TestTools.PATROL, fresh, () -> {});

      assertThat(script.requests).extracting(Script::offersTools).containsExactly(true, false);
      assertThat(result.warnings()).singleElement().asString().contains("withdrawn near the limit");
    }
  }

  @Test
  void aModelThatNeverStopsCallingIsFollowedByTheOfflineAnalyst() throws Exception {
    Script script = script(calls("look"));

    AgentResult result = run(script, TestTools.limits(4));

    assertThat(script.requests).hasSize(6);
    assertThat(result.status()).isEqualTo(ReportStatus.DEGRADED);
    assertThat(result.usage().llmProvider()).isEqualTo("offline");
    assertThat(result.report()).isEqualTo(REPORT);
  }

  @Test
  void aModelThatNeverStopsCallingWithNobodyToFollowItFailsThePatrol() {
    Script script = new Script(journal, false, List.of(calls("look")));

    assertThatThrownBy(() -> run(script, 4))
        .isInstanceOf(NoReportException.class)
        .hasMessage("one (one-1) wrote no report in 5 rounds");
  }

  @Test
  void callsOfWithdrawnToolsAreNotMade() throws Exception {
    Script script = script(calls("look"), TEXT);

    AgentResult result = run(script, TestTools.limits(1));

    assertThat(looks).hasValue(0);
    assertThat(result.status()).isEqualTo(ReportStatus.COMPLETED);
    assertThat(result.usage().rounds()).isEqualTo(2);
  }

  @Test
  void aReportThatWasCutGoesOnOnce() throws Exception {
    AgentResult whole =
        run(script(new Turn.Cut(REPORT.substring(0, 9)), new Turn.Text(REPORT.substring(9))), 10);

    assertThat(whole.report()).isEqualTo(REPORT);
    assertThat(whole.status()).isEqualTo(ReportStatus.COMPLETED);
  }

  @Test
  void aReportThatIsCutAgainIsPartial() throws Exception {
    AgentResult result = run(script(new Turn.Cut("one "), new Turn.Cut("two")), 10);

    assertThat(result.report()).isEqualTo("one two");
    assertThat(result.status()).isEqualTo(ReportStatus.PARTIAL);
    assertThat(result.warnings()).singleElement().asString().contains("not whole");
  }

  @Test
  void anEmptyAnswerIsAskedForAgainAndThenTheOfflineAnalystTakesOver() throws Exception {
    Script script = script(new Turn.Nothing());

    AgentResult result = run(script, 10);

    assertThat(script.providers).containsExactly(null, "one", "offline");
    assertThat(result.status()).isEqualTo(ReportStatus.DEGRADED);
  }

  @Test
  void allProvidersDownIsADegradedReportThatSaysWhoFailed() throws Exception {
    AgentResult result = run(script(calls("look"), new Turn.Down()), 10);

    assertThat(result.status()).isEqualTo(ReportStatus.DEGRADED);
    assertThat(result.warnings()).contains("one failed in round 2 (authentication): key refused");
  }

  @Test
  void withoutAnyProviderThePatrolFails() {
    Script script = new Script(journal, false, List.of(new Turn.Down()));

    assertThatThrownBy(() -> run(script, 10))
        .isInstanceOf(NoReportException.class)
        .hasMessageContaining("one (authentication): key refused");
  }

  @Test
  void aModelThatGoesRoundInCirclesIsToldOnceAndThenLosesItsTools() throws Exception {
    Script script = script(calls("look"), calls("look"), calls("look"), calls("look"), TEXT);

    AgentResult result = run(script, 10);

    assertThat(script.requests)
        .extracting(Script::offersTools)
        .containsExactly(true, true, true, true, false);
    assertThat(script.requests.get(3).messages().toString()).contains("three times");
    assertThat(result.warnings()).singleElement().asString().contains("repeated each other");
    assertThat(looks).as("identical calls are answered from before").hasValue(1);
  }

  @Test
  void aPromptThatChangedMeanwhileIsAWarningAndNoNewCall() throws Exception {
    run(script(calls("look"), TEXT), 10);

    AgentResult result = runFrom(done -> with(done, "another", done.model()));

    assertThat(result.report()).isEqualTo(REPORT);
    assertThat(result.warnings()).singleElement().asString().contains("changed while");
  }

  @Test
  void aModelThatChangedMeanwhileIsAWarningAndNoNewCall() throws Exception {
    run(script(calls("look"), TEXT), 10);

    AgentResult result =
        runFrom(done -> done.step() == 0 ? with(done, done.requestHash(), "one-0") : done);

    assertThat(result.report()).isEqualTo(REPORT);
    assertThat(result.warnings())
        .containsExactly("one answered with more than one model: one-0, then one-1.");
  }

  /** From a journal whose answers have been changed, which no model is asked for again. */
  private AgentResult runFrom(UnaryOperator<ModelDone> change) throws Exception {
    MemoryJournal former = new MemoryJournal();
    for (JournalEntry entry : journal.entries()) {
      former.append(List.of(entry instanceof ModelDone done ? change.apply(done) : entry));
    }
    Script script = new Script(former, true, List.of(TEXT));
    AgentResult result =
        TestTools.loop(script, TestTools.toolbox(looks), TestTools.limits(10))
            .run(TestTools.PATROL, former, () -> {});
    assertThat(script.requests).isEmpty();
    return result;
  }

  @Test
  void aStepWhoseEntryIsMissingIsTakenAgainWithAllThatFollowed() throws Exception {
    run(script(calls("look"), calls("refuse"), TEXT), 10);
    MemoryJournal damaged = new MemoryJournal();
    journal.entries().stream()
        .filter(entry -> !(entry instanceof ToolsDone done && done.step() == 1))
        .forEach(entry -> damaged.append(List.of(entry)));
    Script script = new Script(damaged, true, List.of(TEXT));

    AgentResult result =
        TestTools.loop(script, TestTools.toolbox(looks), TestTools.limits(10))
            .run(TestTools.PATROL, damaged, () -> {});

    assertThat(looks).as("the tool round is made again").hasValue(2);
    assertThat(script.requests).hasSize(1);
    assertThat(result.report()).isEqualTo(REPORT);
  }

  @Test
  void whatWasDoneIsJournaledEvenWhenTheRunHasToStopThere() {
    AtomicInteger gates = new AtomicInteger();
    Script script = script(calls("look"), TEXT);

    assertThatThrownBy(
            () ->
                TestTools.loop(script, TestTools.toolbox(looks), TestTools.limits(10))
                    .run(
                        TestTools.PATROL,
                        journal,
                        () -> {
                          if (gates.incrementAndGet() == 2) {
                            throw new InterruptedException("taken away");
                          }
                        }))
        .isInstanceOf(InterruptedException.class);

    assertThat(journal.entries())
        .extracting(entry -> (Object) entry.getClass())
        .containsExactly(Started.class, ModelDone.class);
  }

  private static ModelDone with(ModelDone done, String hash, String model) {
    return new ModelDone(
        done.step(),
        done.round(),
        hash,
        done.message(),
        done.finishReason(),
        done.provider(),
        model,
        done.usage(),
        done.failures(),
        null,
        done.durationMs(),
        done.at());
  }

  private Script script(Turn... turns) {
    return new Script(journal, true, List.of(turns));
  }

  private AgentResult run(Script script, int rounds) throws Exception {
    return run(script, TestTools.limits(rounds));
  }

  private AgentResult run(Script script, Limits limits) throws Exception {
    return TestTools.loop(script, TestTools.toolbox(looks), limits)
        .run(TestTools.PATROL, journal, () -> {});
  }
}
