package io.patrolagent.agentrunner.loop;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patrolagent.agentrunner.Snapshots;
import io.patrolagent.agentrunner.prompt.PatrolPrompt;
import io.patrolagent.agentrunner.provider.Models;
import io.patrolagent.agentrunner.tool.Tool;
import io.patrolagent.agentrunner.tool.ToolArguments;
import io.patrolagent.agentrunner.tool.ToolContext;
import io.patrolagent.agentrunner.tool.ToolRefusal;
import io.patrolagent.agentrunner.tool.Toolbox;
import io.patrolagent.common.ops.Telemetry;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Tools for the loop's tests, and loops that use them. */
final class TestTools {

  static final Clock CLOCK = Clock.fixed(Snapshots.TAKEN_AT, ZoneOffset.UTC);
  static final ToolContext PATROL = new ToolContext(Snapshots.request(), Snapshots.healthy(3));
  static final ExecutorService POOL =
      Executors.newFixedThreadPool(
          4,
          task -> {
            Thread thread = new Thread(task, "test-tool");
            thread.setDaemon(true);
            return thread;
          });

  /** What a tool does with a call. */
  interface Work {
    ObjectNode call(ToolArguments arguments) throws Exception;
  }

  private TestTools() {}

  static Limits limits(int rounds) {
    return new Limits(rounds, 1_000_000, Duration.ofHours(1), new BigDecimal("1000"));
  }

  static Tool tool(String name, Work work) {
    return new Tool() {
      @Override
      public ToolSpecification specification() {
        return ToolSpecification.builder().name(name).description("for tests").build();
      }

      @Override
      public ObjectNode call(ToolArguments arguments, ToolContext context) throws Exception {
        return work.call(arguments);
      }
    };
  }

  static ObjectNode json(String field, String value) {
    return new ObjectMapper().createObjectNode().put(field, value);
  }

  /** One tool that answers and counts its calls, one that refuses, one that fails. */
  static Toolbox toolbox(AtomicInteger looks) {
    return new Toolbox(
        List.of(
            tool("look", arguments -> json("looked", String.valueOf(looks.incrementAndGet()))),
            tool(
                "refuse",
                arguments -> {
                  throw new ToolRefusal("n must be even");
                }),
            tool(
                "fail",
                arguments -> {
                  throw new IllegalStateException("the database is gone");
                })));
  }

  static ToolRound round(Toolbox toolbox, Duration timeout) {
    return new ToolRound(
        toolbox,
        new ToolRound.Options(POOL, timeout, 4, 200),
        Telemetry.of(new SimpleMeterRegistry()),
        CLOCK);
  }

  static AgentLoop loop(Models models, Toolbox toolbox, Limits limits) {
    Conversation conversation =
        new Conversation(
            PatrolPrompt.shipped().open(PATROL.request(), PATROL.snapshot()),
            toolbox.specifications());
    return new AgentLoop(
        models, round(toolbox, Duration.ofSeconds(30)), conversation, limits, CLOCK);
  }
}
