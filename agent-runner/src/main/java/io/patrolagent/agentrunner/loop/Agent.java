package io.patrolagent.agentrunner.loop;

import io.opentelemetry.context.Context;
import io.patrolagent.agentrunner.journal.Journal;
import io.patrolagent.agentrunner.prompt.PatrolPrompt;
import io.patrolagent.agentrunner.provider.Models;
import io.patrolagent.agentrunner.tool.ToolContext;
import io.patrolagent.agentrunner.tool.Toolbox;
import io.patrolagent.common.ops.Telemetry;
import io.patrolagent.common.ops.Tracing;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.stage.JournalNotWrittenException;
import io.patrolagent.common.stage.PermanentFailureException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Models, tools, prompt and limits: all that a patrol is run with. Thread-safe. */
public final class Agent implements AutoCloseable {

  private static final Duration TOOL_TIMEOUT = Duration.ofSeconds(60);
  private static final int MOST_CALLS_OF_A_ROUND = 16;
  private static final int MOST_CHARACTERS_OF_AN_ANSWER = 24_000;

  private final Models models;
  private final Toolbox toolbox;
  private final PatrolPrompt prompt;
  private final Limits limits;
  private final Tracing tracing;
  private final Clock clock;
  private final ExecutorService pool;
  private final ToolRound tools;

  /**
   * An agent that closes nothing of what it is given.
   *
   * @param parallelTools calls that run at once, of all patrols together
   */
  public Agent(
      Models models,
      Toolbox toolbox,
      PatrolPrompt prompt,
      Limits limits,
      int parallelTools,
      Telemetry telemetry,
      Clock clock) {
    this.models = models;
    this.toolbox = toolbox;
    this.prompt = prompt;
    this.limits = limits;
    this.tracing = telemetry.tracing();
    this.clock = clock;
    this.pool = Context.taskWrapping(Executors.newFixedThreadPool(parallelTools, Agent::thread));
    this.tools =
        new ToolRound(
            toolbox,
            new ToolRound.Options(
                pool, TOOL_TIMEOUT, MOST_CALLS_OF_A_ROUND, MOST_CHARACTERS_OF_AN_ANSWER),
            telemetry,
            clock);
  }

  /**
   * Runs a patrol from where its journal ends.
   *
   * @throws NoReportException if nobody could write a report, or somebody cancelled the patrol
   * @throws PermanentFailureException if a step cannot be journaled
   * @throws JournalNotWrittenException if the run cannot go on here
   * @throws InterruptedException at the next step after the gate has closed
   */
  public AgentResult run(PatrolRequest request, FleetSnapshot snapshot, Journal journal, Gate gate)
      throws NoReportException,
          PermanentFailureException,
          JournalNotWrittenException,
          InterruptedException {
    Conversation conversation =
        new Conversation(prompt.open(request, snapshot), toolbox.specifications());
    try (AgentSpan span = AgentSpan.begin(tracing, request)) {
      return span.ended(
          new AgentLoop(models, tools, conversation, limits, clock)
              .run(new ToolContext(request, snapshot), journal, gate));
    }
  }

  private static final AtomicInteger THREADS = new AtomicInteger();

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "agent-tool-" + THREADS.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
