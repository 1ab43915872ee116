package io.patrolagent.agentrunner.offline;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patrolagent.agentrunner.journal.Journal;
import io.patrolagent.agentrunner.journal.JournalEntry;
import io.patrolagent.agentrunner.loop.Agent;
import io.patrolagent.agentrunner.loop.AgentResult;
import io.patrolagent.agentrunner.loop.Limits;
import io.patrolagent.agentrunner.prompt.PatrolPrompt;
import io.patrolagent.agentrunner.provider.ModelAnswer;
import io.patrolagent.agentrunner.provider.ModelUsage;
import io.patrolagent.agentrunner.provider.Models;
import io.patrolagent.agentrunner.tool.QuerySql;
import io.patrolagent.agentrunner.tool.ToolDatabase;
import io.patrolagent.agentrunner.tool.ToolQueries;
import io.patrolagent.agentrunner.tool.Toolbox;
import io.patrolagent.common.config.DatabaseSettings;
import io.patrolagent.common.ops.Database;
import io.patrolagent.common.ops.Telemetry;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.patrol.Scope;
import io.patrolagent.common.sql.SqlDirectory;
import io.patrolagent.embedded.fleet.DemoFleet;
import io.patrolagent.embedded.fleet.FleetOptions;
import io.patrolagent.embedded.fleet.FleetProfile;
import io.patrolagent.embedded.fleet.GroundTruth;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A patrol of a demo fleet by the offline analyst, through the loop and the tools that any model
 * has.
 */
record DemoPatrol(GroundTruth truth, AgentResult result, Grade grade) {

  private static final Limits LIMITS = new Limits(10, 1_000_000, Duration.ofMinutes(5), null);
  private static final int PARALLEL_TOOLS = 8;

  /** Loads the fleet into a database of its own, makes the patrol and grades the report. */
  static DemoPatrol run(FleetProfile profile, long seed, int clusters) throws Exception {
    ToolDatabase fleetDatabase = ToolDatabase.create();
    DatabaseSettings reader = fleetDatabase.asReader();
    try (Connection owner = fleetDatabase.owner();
        Database database = Database.open(reader, Toolbox.poolOptions("test", 1));
        Database querySql = Database.open(reader, QuerySql.poolOptions("test-query-sql"));
        Agent agent = agent(database, querySql)) {
      Instant now = Instant.now();
      DemoFleet fleet = new DemoFleet(new FleetOptions(clusters, seed, profile, now));
      fleet.load(owner);
      AgentResult result =
          agent.run(request(now), DemoSnapshot.take(owner), new Memory(), () -> {});
      return new DemoPatrol(
          fleet.groundTruth(), result, Grade.of(fleet.groundTruth(), result, owner));
    }
  }

  private static Agent agent(Database database, Database querySql) {
    ToolQueries queries = new ToolQueries(database.jdbi(), SqlDirectory.none());
    return new Agent(
        new OnlyTheAnalyst(),
        Toolbox.of(queries, querySql),
        PatrolPrompt.shipped(),
        LIMITS,
        PARALLEL_TOOLS,
        Telemetry.of(new SimpleMeterRegistry()),
        Clock.systemUTC());
  }

  private static PatrolRequest request(Instant now) {
    return new PatrolRequest(
        PatrolId.parse("0192f0c1-2b7e-7c55-8d7e-3f2a9c1b5e44"),
        ReportType.MORNING,
        "test",
        Scope.FLEET,
        null,
        now,
        null,
        now.plus(Duration.ofHours(12)),
        null);
  }

  private static final class OnlyTheAnalyst implements Models {
    @Override
    public List<String> names() {
      return List.of(OfflineAnalyst.PROVIDER);
    }

    @Override
    public ModelAnswer ask(ChatRequest request, String provider, Instant deadline) {
      ChatResponse response = new OfflineAnalyst().chat(request);
      return new ModelAnswer(
          response.aiMessage(),
          response.finishReason(),
          OfflineAnalyst.PROVIDER,
          OfflineAnalyst.MODEL,
          ModelUsage.NONE,
          List.of(),
          0);
    }

    @Override
    public ModelAnswer askOnly(ChatRequest request, String provider, Instant deadline) {
      throw new AssertionError("the analyst's report can be read");
    }
  }

  private static final class Memory implements Journal {
    private final List<JournalEntry> entries = new ArrayList<>();

    @Override
    public List<JournalEntry> entries() {
      return List.copyOf(entries);
    }

    @Override
    public void append(List<JournalEntry> more) {
      entries.addAll(more);
    }
  }
}
