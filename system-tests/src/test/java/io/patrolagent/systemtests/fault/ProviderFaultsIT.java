package io.patrolagent.systemtests.fault;

import static io.patrolagent.systemtests.model.Reply.error;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patrolagent.agentrunner.journal.JournalEntry.ToolAnswer;
import io.patrolagent.agentrunner.journal.JournalEntry.ToolsDone;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.systemtests.model.Hold;
import io.patrolagent.systemtests.model.ModelCall;
import io.patrolagent.systemtests.model.Reply;
import io.patrolagent.systemtests.model.StubModel;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A model's provider that hangs, refuses, breaks off and answers nonsense, one patrol after the
 * other on the same services.
 */
class ProviderFaultsIT extends OnePipelineKit {

  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final int ATTEMPTS = 4;

  /** The default of {@code PATROL_AGENT_MAX_ROUNDS}, and one after withdrawn tools were called. */
  private static final int MOST_CALLS = 11;

  /** Four attempts that time out, 7 s of waits between them, and a patrol. */
  private static final Duration BOUND = Duration.ofSeconds(45);

  private static final String BOTH = "openai,offline";
  private static final String MODEL_ALONE = "openai";

  private String providers = MODEL_ALONE;

  @Override
  void configure(Pipeline shared) {
    shared.with("PATROL_LLM_TIMEOUT", TIMEOUT.toSeconds() + "s");
    shared.with("PATROL_LLM_ATTEMPTS", Integer.toString(ATTEMPTS));
    shared.with("PATROL_LLM_MAX_WAIT", "10s");
  }

  /** The runner that lives has these providers. */
  private void runWith(String wanted) throws Exception {
    if (!wanted.equals(providers)) {
      assertThat(pipeline.service("agent-runner").terminate()).isTrue();
      pipeline.with("PATROL_LLM_PROVIDERS", wanted).start("agent-runner");
      providers = wanted;
    }
  }

  private static Predicate<ModelCall> round(int round) {
    return call -> call.round() == round;
  }

  @Test
  void aModelThatHangsIsLeftAndAskedAgain() throws Exception {
    runWith(MODEL_ALONE);
    Hold hold = pipeline.model().holdNext(2);
    PatrolId patrol = pipeline.trigger();
    pipeline.interrupted(patrol);

    pipeline.recovers("a model that hangs", BOUND);

    hold.release(); // it hung until the patrol had ended
    assertThat(pipeline.calls(patrol)).containsExactly(1, 2, 2, 3);
    assertThat(pipeline.model().between(patrol.toString(), 1, 2)).isGreaterThan(TIMEOUT);
    assertThat(pipeline.ledger().row(patrol).status()).isEqualTo("completed");
  }

  static Stream<Arguments> passingFailures() {
    Duration half = Duration.ofMillis(500); // of the first wait; the rest is left to chance
    return Stream.of(
        Arguments.of("a model that is asked too often", 1, error(429, "rate_limited"), half),
        Arguments.of(
            "a model that says when to come back",
            1,
            error(429, "rate_limited", "Retry-After", "4"),
            Duration.ofSeconds(4)),
        Arguments.of("a model whose server fails", 2, error(500, "server_error"), half),
        Arguments.of("a model that breaks off mid-reply", 3, Reply.brokenOff(), half),
        Arguments.of("a model that answers nothing", 3, Reply.text(""), half));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("passingFailures")
  void afterAFailureThatPassesTheCallIsMadeOnceMoreAndNotTooSoon(
      String fault, int round, Reply failure, Duration wait) throws Exception {
    runWith(MODEL_ALONE);
    pipeline.model().replyNext(round(round), failure);
    PatrolId patrol = pipeline.trigger();
    pipeline.interrupted(patrol);

    pipeline.recovers(fault, BOUND);

    assertThat(pipeline.calls(patrol)).isEqualTo(twice(round));
    assertThat(pipeline.model().between(patrol.toString(), round - 1, round))
        .isGreaterThanOrEqualTo(wait);
    assertThat(pipeline.ledger().row(patrol).status()).isEqualTo("completed");
  }

  private static List<Integer> twice(int round) {
    return Stream.concat(Stream.of(1, 2, 3), Stream.of(round)).sorted().toList();
  }

  static Stream<Arguments> lastingFailures() {
    return Stream.of(
        Arguments.of(
            "a model whose server stays down",
            error(503, "server_error"),
            ATTEMPTS,
            "server_error"),
        Arguments.of(
            "a model that wants to be left for an hour",
            error(429, "rate_limited", "Retry-After", "3600"),
            1,
            "asks to wait 3600 s"),
        Arguments.of("a model that has nothing to say", Reply.text(""), 2, "empty_answer"),
        Arguments.of("a model that refuses the key", error(401, "invalid_api_key"), 1, "auth"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lastingFailures")
  void afterAFailureThatLastsThePatrolEndsFailedWithTheReasonAndFewCalls(
      String fault, Reply failure, int attempts, String reason) throws Exception {
    runWith(MODEL_ALONE);
    pipeline.model().replyAlways(round(2), failure);
    PatrolId patrol = pipeline.trigger();
    allow(patrol, attempts);
    pipeline.ledger().awaitEnded(List.of(patrol), BOUND);
    pipeline.model().behave();

    pipeline.recovers(fault, BOUND);

    assertThat(pipeline.calls(patrol)).isEqualTo(firstRoundAndThen(attempts));
    assertThat(pipeline.ledger().row(patrol).status()).isEqualTo("failed");
    assertThat(pipeline.ledger().row(patrol).error())
        .contains("no provider answered", "openai", reason);
  }

  /** A first call, and as many of the second as there are attempts. */
  private static List<Integer> firstRoundAndThen(int attempts) {
    return Stream.concat(Stream.of(1), Collections.nCopies(attempts, 2).stream()).toList();
  }

  private void allow(PatrolId patrol, int attempts) {
    for (int i = 1; i < attempts; i++) {
      pipeline.interrupted(patrol);
    }
  }

  @Test
  void whenNoProviderAnswersTheOfflineAnalystFinishesAndTheReportSaysSo() throws Exception {
    runWith(BOTH);
    pipeline.model().replyAlways(round(2), error(500, "server_error"));
    PatrolId patrol = pipeline.trigger();
    allow(patrol, ATTEMPTS);
    pipeline.ledger().awaitEnded(List.of(patrol), BOUND);
    pipeline.model().behave();

    pipeline.recovers("every provider down", BOUND);

    assertThat(pipeline.calls(patrol)).isEqualTo(firstRoundAndThen(ATTEMPTS));
    Ledger.Row row = pipeline.ledger().row(patrol);
    assertThat(row.status()).isEqualTo("degraded");
    assertThat(row.warnings())
        .anyMatch(warning -> warning.startsWith("openai failed in round 2 (server_error)"))
        .anyMatch(warning -> warning.contains("offline analyst finished"));
  }

  @Test
  void aReportCutAtTheLengthLimitIsGoneOnWithWhereItStopped() throws Exception {
    runWith(MODEL_ALONE);
    String[] halves = StubModel.REPORT.split("(?<=All 3 active )");
    pipeline.model().replyNext(round(3), Reply.cutShort(halves[0]));
    pipeline.model().replyNext(round(4), Reply.text(halves[1]));
    PatrolId patrol = pipeline.trigger();
    pipeline.interrupted(patrol);

    pipeline.recovers("a report cut at the length limit", BOUND);

    assertThat(pipeline.calls(patrol)).containsExactly(1, 2, 3, 4);
    assertThat(pipeline.ledger().row(patrol).status()).isEqualTo("completed");
    assertThat(finished(patrol).at("/report/fleet_narrative").asText())
        .isEqualTo("All 3 active clusters are well.");
  }

  @Test
  void aReportThatIsCutAgainAndAgainEndsPartialAfterTheSecondTime() throws Exception {
    runWith(MODEL_ALONE);
    pipeline.model().replyAlways(call -> call.round() >= 3, Reply.cutShort(StubModel.REPORT));
    PatrolId patrol = pipeline.trigger();
    pipeline.interrupted(patrol);
    pipeline.ledger().awaitEnded(List.of(patrol), BOUND);
    pipeline.model().behave();

    pipeline.recovers("a report that never ends", BOUND);

    assertThat(pipeline.calls(patrol)).containsExactly(1, 2, 3, 4);
    Ledger.Row row = pipeline.ledger().row(patrol);
    assertThat(row.status()).isEqualTo("partial");
    assertThat(row.warnings()).anyMatch(warning -> warning.contains("is not whole"));
  }

  static Stream<Arguments> callsNobodyCanMake() {
    return Stream.of(
        Arguments.of("arguments that are no JSON", "query_open_issues", "{\"limit\": ", "JSON"),
        Arguments.of("an unknown tool", "reboot_cluster", "{}", "reboot_cluster"),
        Arguments.of(
            "arguments of a wrong type", "query_open_issues", "{\"limit\": \"all\"}", "limit"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("callsNobodyCanMake")
  void aCallThatCannotBeMadeIsToldToTheModelAndCostsNoMoreCalls(
      String fault, String tool, String arguments, String complaint) throws Exception {
    runWith(MODEL_ALONE);
    pipeline.model().replyNext(round(1), Reply.toolCall("call-1", tool, arguments));
    PatrolId patrol = pipeline.trigger();

    pipeline.recovers(fault, BOUND);

    assertThat(pipeline.calls(patrol)).containsExactly(1, 2, 3);
    assertThat(pipeline.ledger().row(patrol).status()).isEqualTo("completed");
    ToolAnswer answer = firstAnswer(patrol);
    assertThat(answer.tool()).isEqualTo(tool);
    assertThat(answer.error()).isTrue();
    assertThat(answer.executed()).isFalse();
    assertThat(answer.result()).contains(complaint);
  }

  private ToolAnswer firstAnswer(PatrolId patrol) {
    return pipeline.ledger().journal(patrol).stream()
        .filter(ToolsDone.class::isInstance)
        .map(ToolsDone.class::cast)
        .findFirst()
        .orElseThrow()
        .answers()
        .get(0);
  }

  @Test
  void aModelThatNeverStopsCallingToolsEndsWithinItsRounds() throws Exception {
    runWith(MODEL_ALONE);
    pipeline
        .model()
        .replyAlways(call -> true, Reply.toolCall("again", "query_open_issues", "{\"limit\": 1}"));
    PatrolId patrol = pipeline.trigger();
    allow(patrol, MOST_CALLS);
    pipeline.ledger().awaitEnded(List.of(patrol), BOUND);
    pipeline.model().behave();

    pipeline.recovers("a model that only calls tools", BOUND);

    assertThat(pipeline.ledger().row(patrol).status()).isEqualTo("failed");
    assertThat(pipeline.calls(patrol)).hasSizeLessThanOrEqualTo(MOST_CALLS).doesNotHaveDuplicates();
  }

  private JsonNode finished(PatrolId patrol) {
    return pipeline.ledger().finished().stream()
        .filter(event -> event.get("patrol_id").asText().equals(patrol.toString()))
        .findFirst()
        .orElseThrow();
  }
}
