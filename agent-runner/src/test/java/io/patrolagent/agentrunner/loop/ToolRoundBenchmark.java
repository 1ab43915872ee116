package io.patrolagent.agentrunner.loop;

import static io.patrolagent.agentrunner.loop.Script.call;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import io.patrolagent.agentrunner.tool.Toolbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Wall time of eight rounds of three calls, beside the sum of the times that the tools took. Not
 * part of the build; CONTRIBUTING says how to run it.
 */
class ToolRoundBenchmark {

  private static final int ROUNDS = 8;
  private static final int CALLS = 3;
  private static final int TOOL_MS = 150;

  @Test
  void wall_time_of_parallel_tools_against_their_sum() throws Exception {
    Toolbox toolbox =
        new Toolbox(
            List.of(
                TestTools.tool(
                    "wait",
                    arguments -> {
                      new CountDownLatch(1).await(TOOL_MS, TimeUnit.MILLISECONDS);
                      return TestTools.json("waited", "yes");
                    })));
    ToolRound tools = TestTools.round(toolbox, Duration.ofSeconds(30));
    long sum = 0;
    long begin = System.nanoTime();
    for (int round = 0; round < ROUNDS; round++) {
      List<ToolExecutionRequest> calls = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        calls.add(call("id-" + i, "wait", "{\"n\":" + (round * CALLS + i) + "}"));
      }
      sum +=
          tools.answer(calls, List.of(), TestTools.PATROL).stream()
              .mapToLong(answer -> answer.durationMs())
              .sum();
    }
    double wall = (System.nanoTime() - begin) / 1e6;
    System.out.printf(
        "%d rounds of %d tools: %.0f ms beside a sum of %d ms; ratio %.2f%n",
        ROUNDS, CALLS, wall, sum, wall / sum);
  }
}
