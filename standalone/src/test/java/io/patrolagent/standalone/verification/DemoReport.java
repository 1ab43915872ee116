package io.patrolagent.standalone.verification;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patrolagent.agentrunner.journal.MemoryJournal;
import io.patrolagent.agentrunner.loop.Agent;
import io.patrolagent.agentrunner.loop.AgentResult;
import io.patrolagent.agentrunner.loop.Limits;
import io.patrolagent.agentrunner.offline.OfflineAnalyst;
import io.patrolagent.agentrunner.prompt.PatrolPrompt;
import io.patrolagent.agentrunner.provider.ModelAnswer;
import io.patrolagent.agentrunner.provider.ModelUsage;
import io.patrolagent.agentrunner.provider.Models;
import io.patrolagent.agentrunner.tool.QuerySql;
import io.patrolagent.agentrunner.tool.ToolQueries;
import io.patrolagent.agentrunner.tool.Toolbox;
import io.patrolagent.aggregator.snapshot.SnapshotTaker;
import io.patrolagent.aggregator.snapshot.SqlFiles;
import io.patrolagent.common.config.DatabaseSettings;
import io.patrolagent.common.config.Env;
import io.patrolagent.common.event.AgentFinished;
import io.patrolagent.common.ops.Database;
import io.patrolagent.common.ops.DatabaseOptions;
import io.patrolagent.common.ops.Telemetry;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.patrol.Scope;
import io.patrolagent.common.sql.SqlDirectory;
import io.patrolagent.embedded.ReferenceSchema;
import io.patrolagent.embedded.fleet.DemoFleet;
import io.patrolagent.embedded.fleet.FleetOptions;
import io.patrolagent.reportsink.migration.MigrationMode;
import io.patrolagent.reportsink.migration.MigrationPreparation;
import io.patrolagent.standalone.pipeline.ReaderRole;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The offline analyst's report on a demo fleet, made from the aggregator's snapshot through the
 * loop and the tools that any model has.
 */
final class DemoReport {

  private static final Limits LIMITS = new Limits(10, 1_000_000, Duration.ofMinutes(5), null);

  private DemoReport() {}

  /** Loads the fleet into this empty database and makes the patrol. */
  static AgentFinished of(DatabaseSettings owner, FleetOptions fleet) throws Exception {
    load(owner, fleet);
    DatabaseSettings reader = ReaderRole.ensure(Env.of(Map.of()), owner);
    try (Database database = Database.open(reader, Toolbox.poolOptions("test", 1));
        Database querySql = Database.open(reader, QuerySql.poolOptions("test-query-sql"));
        Database snapshots = Database.open(owner, DatabaseOptions.of("test-snapshot"));
        Agent agent = agent(database, querySql)) {
      PatrolRequest request = request(fleet.now());
      FleetSnapshot snapshot =
          new SnapshotTaker(snapshots.jdbi(), SqlFiles.shipped(), new SimpleMeterRegistry())
              .take(Scope.FLEET);
      AgentResult result = agent.run(request, snapshot, new MemoryJournal(), () -> {});
      return new AgentFinished(
          1,
          request,
          snapshot,
          result.status(),
          result.report(),
          result.usage(),
          result.evidence(),
          result.warnings(),
          result.startedAt(),
          Instant.now());
    }
  }

  private static void load(DatabaseSettings owner, FleetOptions fleet) throws Exception {
    try (Connection connection = DriverManager.getConnection(owner.url(), owner.user(), "")) {
      ReferenceSchema.create(connection);
      new DemoFleet(fleet).load(connection);
    }
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(owner.url());
    source.setUser(owner.user());
    new MigrationPreparation(source, MigrationMode.RUN).run();
  }

  private static Agent agent(Database database, Database querySql) {
    return new Agent(
        new OnlyTheAnalyst(),
        Toolbox.of(new ToolQueries(database.jdbi(), SqlDirectory.none()), querySql),
        PatrolPrompt.shipped(),
        LIMITS,
        4,
        Telemetry.of(new SimpleMeterRegistry()),
        Clock.systemUTC());
  }

  private static PatrolRequest request(Instant now) {
    return new PatrolRequest(
        PatrolId.random(),
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
    public ModelAnswer askOnly(ChatRequest request, String provider, Instant deadline) {
      throw new AssertionError("the analyst's report can be read");
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
  }
}
