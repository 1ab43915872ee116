package io.patrolagent.agentrunner.loop;

import static io.patrolagent.agentrunner.loop.Script.REPORT;
import static io.patrolagent.agentrunner.loop.Script.calls;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.patrolagent.agentrunner.Snapshots;
import io.patrolagent.agentrunner.journal.JournalEntry.ModelDone;
import io.patrolagent.agentrunner.journal.MemoryJournal;
import io.patrolagent.agentrunner.loop.Script.Turn;
import io.patrolagent.agentrunner.tool.ToolContext;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.ReportStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A report that cannot be read whole is asked for once more, by whoever wrote it. */
class RepairTest {

  private static final String LACKING = REPORT.replace("## PREDICTIONS", "## OUTLOOK");
  private static final Instant NOW = Snapshots.TAKEN_AT;

  private MemoryJournal journal = new MemoryJournal();

  @Test
  void theModelIsToldExactlyWhatIsMissingAndItsRepairIsTheReport() throws Exception {
    Script script = script(calls("look"), new Turn.Text(LACKING), new Turn.Text(REPORT));

    AgentResult result = run(script);

    assertThat(result.report()).isEqualTo(REPORT);
    assertThat(result.status()).isEqualTo(ReportStatus.COMPLETED);
    assertThat(result.warnings())
        .containsExactly(
            "The model was asked once to repair its report, which lacked PREDICTIONS.");
    assertThat(result.usage().rounds()).isEqualTo(3);
    ChatRequest repair = script.requests.get(2);
    List<ChatMessage> messages = repair.messages();
    assertThat(((AiMessage) messages.get(messages.size() - 2)).text()).isEqualTo(LACKING);
    assertThat(((UserMessage) messages.get(messages.size() - 1)).singleText())
        .contains("- PREDICTIONS: the section is missing.")
        .doesNotContain("CUSTOMER_SUMMARIES:");
    assertThat(Script.offersTools(repair)).isFalse();
  }

  @Test
  void flaggedClustersBeyondReadingAreToBeRepairedToo() throws Exception {
    String broken = REPORT.replace("[]", "{{{ not json");
    Script script = script(new Turn.Text(broken), new Turn.Text(REPORT));

    assertThat(run(script).report()).isEqualTo(REPORT);
    assertThat(lastMessage(script.requests.get(1))).contains("FLAGGED_CLUSTERS");
  }

  @Test
  void theRepairIsAStepOfTheJournalAndIsNotPaidForAgain() throws Exception {
    AgentResult first = run(script(new Turn.Text(LACKING), new Turn.Text(REPORT)));
    Script script = script(new Turn.Text("never asked"));

    AgentResult again = run(script);

    assertThat(script.requests).isEmpty();
    assertThat(again).isEqualTo(first);
    assertThat(journal.entries().stream().filter(ModelDone.class::isInstance)).hasSize(2);
  }

  @Test
  void aRunnerThatDiedBeforeTheRepairIsFollowedByOneThatAsksForItOnly() throws Exception {
    run(script(new Turn.Text(LACKING), new Turn.Text(REPORT)));
    loseTheRepair();
    Script script = script(new Turn.Text(LACKING), new Turn.Text(REPORT));

    assertThat(run(script).report()).isEqualTo(REPORT);
    assertThat(script.requests).hasSize(1);
  }

  @Test
  void itIsAskedForOnce() throws Exception {
    Script script = script(new Turn.Text(LACKING));

    AgentResult result = run(script);

    assertThat(script.requests).hasSize(2);
    assertThat(result.report()).isEqualTo(LACKING);
    assertThat(result.warnings())
        .containsExactly(
            "The model was asked once to repair its report, in vain: it lacks PREDICTIONS or parts"
                + " of it.");
  }

  @Test
  void aRepairThatHoldsTheMissingPartAloneIsAddedToTheReport() throws Exception {
    String part = "## PREDICTIONS\nNone.";

    AgentResult result = run(script(new Turn.Text(LACKING), new Turn.Text(part)));

    assertThat(result.report()).isEqualTo(LACKING + "\n\n" + part);
  }

  @Test
  void aRepairThatIsWorseThanTheReportIsNotTaken() throws Exception {
    AgentResult result = run(script(new Turn.Text(LACKING), new Turn.Text("Sorry, I cannot.")));

    assertThat(result.report()).isEqualTo(LACKING);
  }

  @Test
  void whatWasPaidForGoesOutWhenTheProviderFailsAtTheRepair() throws Exception {
    Script script = new Script(journal, true, List.of(new Turn.Text(LACKING), new Turn.Down()));

    AgentResult result = run(script);

    assertThat(result.report()).isEqualTo(LACKING);
    assertThat(result.usage().llmProvider()).isEqualTo("one");
    assertThat(result.warnings())
        .contains("one failed in round 2 (authentication): key refused")
        .anyMatch(warning -> warning.contains("in vain"));
  }

  @Test
  void aModelThatCallsToolsInsteadOfRepairingIsNotAskedAgain() throws Exception {
    Script script = script(new Turn.Text(LACKING), calls("look"));

    assertThat(run(script).report()).isEqualTo(LACKING);
    assertThat(script.requests).hasSize(2);
  }

  @Test
  void aReportThatIsCutAndThenGoesOnWithNothingEndsThere() throws Exception {
    Script script = script(new Turn.Cut("## FLEET_NARR"), new Turn.Nothing());

    assertThat(run(script).report()).isEqualTo("## FLEET_NARR");
    assertThat(script.requests).hasSize(2);
  }

  @Test
  void aRepairThatIsCutAndThenCallsToolsLeavesTheReport() throws Exception {
    Script script = script(new Turn.Text(LACKING), new Turn.Cut("## FLEET_"), calls("look"));

    assertThat(run(script).report()).isEqualTo(LACKING);
    assertThat(script.requests).hasSize(3);
  }

  @Test
  void nearALimitThereIsNoRoomForARepair() throws Exception {
    Script script = script(new Turn.Text(LACKING));

    AgentResult result = run(script, new Limits(10, 240, Duration.ofMinutes(10), null), null);

    assertThat(script.requests).hasSize(1);
    assertThat(result.report()).isEqualTo(LACKING);
  }

  @Test
  void atThePromisedTimeThereIsNoTimeForARepair() throws Exception {
    Script script = new Script(journal, true, List.of(new Turn.Text(LACKING)));
    run(script, limits(), NOW.plusSeconds(3600));
    loseTheRepair();

    AgentResult result = run(new Script(journal, true, List.of()), limits(), NOW.minusSeconds(1));

    assertThat(result.report()).isEqualTo(LACKING);
    assertThat(result.usage().llmProvider()).isEqualTo("one");
  }

  @Test
  void theOfflineAnalystIsNotAskedToRepair() throws Exception {
    Script script =
        new Script(journal, true, List.of(new Turn.Down())) {
          @Override
          public List<String> names() {
            return List.of("offline");
          }
        };

    run(script);

    assertThat(script.requests).hasSize(1);
  }

  private static String lastMessage(ChatRequest request) {
    List<ChatMessage> messages = request.messages();
    return ((UserMessage) messages.get(messages.size() - 1)).singleText();
  }

  private Script script(Turn... turns) {
    return new Script(journal, false, List.of(turns));
  }

  private static Limits limits() {
    return new Limits(10, 1_000_000, Duration.ofMinutes(10), new BigDecimal("10"));
  }

  private AgentResult run(Script script) throws Exception {
    return run(script, limits(), null);
  }

  private AgentResult run(Script script, Limits limits, @Nullable Instant dueAt) throws Exception {
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
            request.expiresAt(),
            null);
    return TestTools.loop(script, TestTools.toolbox(new AtomicInteger()), limits)
        .run(new ToolContext(due, TestTools.PATROL.snapshot()), journal, () -> {});
  }

  /** As if the runner had died while the model repaired its report. */
  private void loseTheRepair() {
    MemoryJournal shorter = new MemoryJournal();
    shorter.append(
        journal.entries().stream()
            .filter(entry -> !(entry instanceof ModelDone done && done.step() == 1))
            .toList());
    journal = shorter;
  }
}
