package io.patrolagent.systemtests.fault;

import static io.patrolagent.embedded.KafkaProxy.END_TXN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patrolagent.agentrunner.journal.JournalEntry.Done;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.embedded.KafkaProxy.Fate;
import io.patrolagent.embedded.KafkaProxy.Request;
import io.patrolagent.systemtests.model.Hold;
import io.patrolagent.systemtests.model.ModelCall;
import io.patrolagent.systemtests.model.Reply;
import io.patrolagent.systemtests.model.StubModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong with the journal that a runner resumes from. */
class JournalFaultsIT extends OnePipelineKit {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The killed runner's session (6 s), its open transaction (10 s and the broker's scan), a start,
   * and a patrol; a commit in doubt takes 15 s in place of the former two.
   */
  private static final Duration BOUND = Duration.ofSeconds(60);

  private static final List<Integer> EVERY_STEP_ONCE = List.of(0, 1, 2, 3, 4);

  /** Kills the runner when it has called the model for that round. */
  private PatrolId killedIn(int round) throws Exception {
    Hold hold = pipeline.model().holdNext(round);
    PatrolId patrol = pipeline.trigger();
    hold.awaitReached();
    pipeline.service("agent-runner").kill();
    hold.release();
    pipeline.interrupted(patrol);
    return patrol;
  }

  /** The steps that the journal says are done, in order. */
  private List<Integer> stepsDone(PatrolId patrol) {
    return pipeline.ledger().journal(patrol).stream()
        .filter(Done.class::isInstance)
        .map(entry -> ((Done) entry).step())
        .toList();
  }

  private String journal() {
    return pipeline.topics().journal(pipeline.topics().snapshotTakenOnDemand());
  }

  private ProducerRecord<byte[], byte[]> entry(PatrolId patrol, String value) {
    return new ProducerRecord<>(
        journal(),
        0,
        patrol.toString().getBytes(UTF_8),
        value == null ? null : value.getBytes(UTF_8));
  }

  @Test
  void anOpenTransactionBeforeThePatrolsEntriesIsWaitedForAndNoStepIsRepeated() throws Exception {
    try (Intruder intruder = new Intruder(platform)) {
      intruder.leaveOpen(entry(PatrolId.random(), "{}"));
      PatrolId patrol = killedIn(2);
      var successor = pipeline.launch("agent-runner", List.of());

      await()
          .alias("the successor says what it waits for")
          .atMost(BOUND)
          .until(() -> successor.hasLogged("a transaction that is open there is waited for"));
      assertThat(pipeline.calls(patrol)).containsExactly(1, 2);
      intruder.abort();

      pipeline.recovers("an open transaction in the journal", BOUND);
      assertThat(pipeline.calls(patrol)).containsExactly(1, 2, 2, 3);
      assertThat(stepsDone(patrol)).isEqualTo(EVERY_STEP_ONCE);
    }
  }

  @ParameterizedTest
  @CsvSource({"LOSE_ANSWER, 26, false", "LOSE_REQUEST, 26, true", "LOSE_REQUEST, 0, true"})
  void whenAWriteOfAStepEndsInDoubtTheRunStopsThereAndReadsWhatIsTrue(
      Fate fate, short apiKey, boolean repeated) throws Exception {
    Hold hold = pipeline.model().holdNext(1);
    PatrolId patrol = pipeline.trigger();
    hold.awaitReached();
    var lost = platform.proxy().once(fate, journaling(apiKey));
    hold.release();
    lost.await();
    pipeline.interrupted(patrol);

    pipeline.recovers("journal write in doubt: %s of %d".formatted(fate, apiKey), BOUND);
    assertThat(pipeline.calls(patrol)).isEqualTo(repeated ? List.of(1, 1, 2, 3) : List.of(1, 2, 3));
    assertThat(stepsDone(patrol)).isEqualTo(EVERY_STEP_ONCE);
    assertThat(pipeline.service("agent-runner").hasLogged("may have been written")).isTrue();
  }

  @Test
  void aCommitThatArrivesAfterTheRunWasTakenUpAgainChangesNothing() throws Exception {
    Hold first = pipeline.model().holdNext(1);
    PatrolId patrol = pipeline.trigger();
    first.awaitReached();
    var held = platform.proxy().once(Fate.HOLD, journaling(END_TXN));
    Hold again = pipeline.model().holdNext(1);
    first.release();
    held.await();
    pipeline.interrupted(patrol);
    again.awaitReached();

    platform.proxy().thaw(); // the commit of the answer that was given up reaches the broker now
    again.release();

    pipeline.recovers("a journal commit that arrives late", BOUND);
    assertThat(pipeline.calls(patrol)).containsExactly(1, 1, 2, 3);
    assertThat(stepsDone(patrol)).isEqualTo(EVERY_STEP_ONCE);
  }

  /** Sent by the producer of the partition that patrols on demand are in. */
  private static Predicate<Request> journaling(short apiKey) {
    return request ->
        request.apiKey() == apiKey
            && request.clientId().startsWith("agent-runner")
            && request.clientId().contains("on-demand");
  }

  @Test
  void anEntryThatNobodyCanReadCountsAsNotWrittenAndNoStepIsSkipped() throws Exception {
    PatrolId patrol = killedIn(2);
    PatrolId cut = PatrolId.random();
    PatrolId strange = PatrolId.random();
    String answer = written(patrol, "model_done");
    String tools = written(patrol, "tools_done");
    ObjectNode noMessage = (ObjectNode) JSON.readTree(answer);
    noMessage.put("message", "{\"type\": \"OF_ANOTHER_VERSION\"}");
    try (Intruder intruder = new Intruder(platform)) {
      intruder.send(
          entry(patrol, "\u0000 not JSON"),
          entry(patrol, "null"),
          entry(patrol, null),
          entry(patrol, "{\"type\": \"wondrous\", \"step\": 2}"),
          entry(patrol, "{\"type\": \"model_done\", \"step\": \"two\"}"),
          // behind a first step that cannot be read, the second one counts for nothing
          entry(cut, answer.substring(0, answer.length() / 2)),
          entry(cut, tools),
          entry(strange, noMessage.toString()),
          entry(strange, tools));
    }
    var successor = pipeline.launch("agent-runner", List.of());
    pipeline.trigger(cut);
    pipeline.trigger(strange);

    pipeline.recovers("unreadable journal entries", BOUND);
    assertThat(pipeline.calls(patrol)).containsExactly(1, 2, 2, 3);
    assertThat(pipeline.calls(cut)).containsExactly(1, 2, 3);
    assertThat(pipeline.calls(strange)).containsExactly(1, 2, 3);
    assertThat(pipeline.ledger().statuses(List.of(patrol, cut, strange))).containsOnly("completed");
    assertThat(successor.hasLogged("cannot be read and counts as not written")).isTrue();
  }

  /** The first entry of that type in the patrol's journal, as it stands there. */
  private String written(PatrolId patrol, String type) {
    return pipeline.ledger().records(journal()).stream()
        .filter(record -> patrol.toString().equals(new String(record.key(), UTF_8)))
        .map(record -> new String(record.value(), UTF_8))
        .filter(value -> value.contains("\"" + type + "\""))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void withAnotherPromptAndModelARunGoesOnFromTheAnswersItHasAndSaysSo(@TempDir Path prompts)
      throws Exception {
    try (var shipped =
        getClass().getResourceAsStream("/io/patrolagent/agentrunner/prompts/patrol.md")) {
      String text = new String(shipped.readAllBytes(), UTF_8);
      Files.writeString(prompts.resolve("patrol.md"), text + "\nBe brief.\n");
    }
    PatrolId patrol = killedIn(2);
    pipeline.model().replyNext(call -> call.round() == 3, Reply.text(StubModel.REPORT, "stub-2"));
    pipeline.with("PATROL_LLM_OPENAI_MODEL", "stub-2");
    pipeline.with("PATROL_PROMPT_DIR", prompts.toString());
    pipeline.launch("agent-runner", List.of());
    pipeline.without("PATROL_LLM_OPENAI_MODEL");
    pipeline.without("PATROL_PROMPT_DIR");

    pipeline.recovers("prompt and model changed while a patrol runs", BOUND);
    assertThat(pipeline.calls(patrol)).containsExactly(1, 2, 2, 3);
    assertThat(pipeline.model().calls())
        .filteredOn(call -> call.focus().equals(patrol.toString()))
        .extracting(ModelCall::model)
        .containsExactly("gpt-4.1", "gpt-4.1", "stub-2", "stub-2");
    assertThat(pipeline.ledger().row(patrol).warnings())
        .contains(
            "Prompt, tools or limits changed while this patrol ran; it went on from the answers it"
                + " had.",
            "openai answered with more than one model: stub-1, then stub-2.");
  }
}
