package io.patrolagent.agentrunner.loop;

import static io.patrolagent.agentrunner.loop.Script.call;
import static io.patrolagent.agentrunner.loop.TestTools.PATROL;
import static io.patrolagent.agentrunner.loop.TestTools.json;
import static io.patrolagent.agentrunner.loop.TestTools.tool;
import static org.assertj.core.api.Assertions.assertThat;

import io.patrolagent.agentrunner.journal.JournalEntry.ToolAnswer;
import io.patrolagent.agentrunner.tool.Tool;
import io.patrolagent.agentrunner.tool.Toolbox;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ToolRoundTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  @Test
  void callsOfARoundRunAtTheSameTime() throws Exception {
    CyclicBarrier together = new CyclicBarrier(3);
    Tool meeting =
        tool(
            "meet",
            arguments -> {
              together.await(50, TimeUnit.SECONDS);
              return json("met", "yes");
            });

    List<ToolAnswer> answers =
        round(LONG, meeting)
            .answer(
                List.of(
                    call("a", "meet", "{\"n\":1}"),
                    call("b", "meet", "{\"n\":2}"),
                    call("c", "meet", "{\"n\":3}")),
                List.of(),
                PATROL);

    assertThat(answers).extracting(ToolAnswer::id).containsExactly("a", "b", "c");
    assertThat(answers).noneMatch(ToolAnswer::error);
  }

  @Test
  void aToolThatHangsIsAnsweredForAndInterrupted() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    Tool hanging =
        tool(
            "hang",
            arguments -> {
              try {
                new CountDownLatch(1).await();
                return json("never", "");
              } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
              }
            });

    List<ToolAnswer> answers =
        round(Duration.ofMillis(100), hanging, tool("look", arguments -> json("seen", "x")))
            .answer(List.of(call("a", "look", ""), call("b", "hang", "{}")), List.of(), PATROL);

    assertThat(answers.get(0).result()).isEqualTo("{\"seen\":\"x\"}");
    assertThat(answers.get(1).error()).isTrue();
    assertThat(answers.get(1).result()).contains("hang did not answer within");
    assertThat(interrupted.await(50, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whatGoesWrongWithACallIsItsAnswer() throws Exception {
    Toolbox toolbox = TestTools.toolbox(new AtomicInteger());

    List<ToolAnswer> answers =
        TestTools.round(toolbox, LONG)
            .answer(
                List.of(
                    call("a", "refuse", "{}"),
                    call("b", "fail", "{}"),
                    call("c", "look", "{\"n\":"),
                    call("d", "lok", "{}")),
                List.of(),
                PATROL);

    assertThat(answers).allMatch(ToolAnswer::error);
    assertThat(answers)
        .extracting(ToolAnswer::result)
        .satisfiesExactly(
            refused -> assertThat(refused).isEqualTo("{\"error\":\"n must be even\"}"),
            failed -> assertThat(failed).contains("fail failed: the database is gone"),
            cut -> assertThat(cut).contains("not valid JSON"),
            unknown -> assertThat(unknown).contains("'lok'", "look"));
  }

  @Test
  void aCallThatWasAnsweredIsAnsweredTheSameHoweverItsJsonIsWritten() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    ToolRound round = TestTools.round(TestTools.toolbox(looks), LONG);

    List<ToolAnswer> first =
        round.answer(
            List.of(
                call("a", "look", "{\"x\":1,\"y\":2}"), call("b", "look", "{ \"y\":2, \"x\":1 }")),
            List.of(),
            PATROL);
    List<ToolAnswer> again =
        round.answer(List.of(call("c", "look", "{\"y\":2,\"x\":1}")), first, PATROL);

    assertThat(looks).hasValue(1);
    assertThat(first).extracting(ToolAnswer::executed).containsExactly(true, false);
    assertThat(again)
        .singleElement()
        .satisfies(
            answer -> {
              assertThat(answer.result()).isEqualTo(first.get(0).result());
              assertThat(answer.executed()).isFalse();
              assertThat(answer.id()).isEqualTo("c");
            });
  }

  @Test
  void aCallThatFailedIsMadeAgain() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    ToolRound round =
        round(
            LONG,
            tool(
                "flaky",
                arguments -> {
                  if (tries.incrementAndGet() == 1) {
                    throw new IllegalStateException("gone");
                  }
                  return json("back", "yes");
                }));

    List<ToolAnswer> first = round.answer(List.of(call("a", "flaky", "{}")), List.of(), PATROL);
    List<ToolAnswer> second = round.answer(List.of(call("b", "flaky", "{}")), first, PATROL);

    assertThat(second).singleElement().matches(answer -> !answer.error());
  }

  @Test
  void anAnswerThatIsTooLongKeepsItsHeadAndTailAndSaysWhatWasCut() throws Exception {
    String big = "head" + "x".repeat(1_000_000) + "tail";

    List<ToolAnswer> answers =
        round(LONG, tool("big", arguments -> json("text", big)))
            .answer(List.of(call("a", "big", "{}")), List.of(), PATROL);

    assertThat(answers.get(0).result())
        .hasSizeLessThan(260)
        .startsWith("{\"text\":\"head")
        .endsWith("tail\"}")
        .contains("999,819 characters cut");
  }

  @Test
  void moreCallsThanARoundTakesAreNotMade() throws Exception {
    AtomicInteger looks = new AtomicInteger();

    List<ToolAnswer> answers =
        TestTools.round(TestTools.toolbox(looks), LONG)
            .answer(
                List.of(
                    call("1", "look", "{\"n\":1}"),
                    call("2", "look", "{\"n\":2}"),
                    call("3", "look", "{\"n\":3}"),
                    call("4", "look", "{\"n\":4}"),
                    call("5", "look", "{\"n\":5}")),
                List.of(),
                PATROL);

    assertThat(looks).hasValue(4);
    assertThat(answers.get(4).result()).contains("only the first 4 calls");
  }

  @Test
  void secretsInWhatAToolAnswersAreMasked() throws Exception {
    String secret = "AKIA" + "IOSFODNN7EXAMPLE";

    List<ToolAnswer> answers =
        round(LONG, tool("look", arguments -> json("log", "key " + secret)))
            .answer(List.of(call("a", "look", "{}")), List.of(), PATROL);

    assertThat(answers.get(0).result()).contains("key ").doesNotContain(secret);
  }

  private static ToolRound round(Duration timeout, Tool... tools) {
    return TestTools.round(new Toolbox(List.of(tools)), timeout);
  }
}
