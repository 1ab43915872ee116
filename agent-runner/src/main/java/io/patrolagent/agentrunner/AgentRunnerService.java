package io.patrolagent.agentrunner;

import io.micrometer.core.instrument.MeterRegistry;
import io.patrolagent.agentrunner.loop.Agent;
import io.patrolagent.agentrunner.loop.Limits;
import io.patrolagent.agentrunner.offline.OfflineAnalyst;
import io.patrolagent.agentrunner.offline.evidence.SqlQuestions;
import io.patrolagent.agentrunner.prompt.PatrolPrompt;
import io.patrolagent.agentrunner.provider.ProviderSettings;
import io.patrolagent.agentrunner.provider.Providers;
import io.patrolagent.agentrunner.role.ReadOnlyRole;
import io.patrolagent.agentrunner.tool.QuerySql;
import io.patrolagent.agentrunner.tool.ToolQueries;
import io.patrolagent.agentrunner.tool.Toolbox;
import io.patrolagent.common.client.Cancellations;
import io.patrolagent.common.config.DatabaseSettings;
import io.patrolagent.common.config.Env;
import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.config.Setting;
import io.patrolagent.common.config.TopicSettings;
import io.patrolagent.common.config.TracingSettings;
import io.patrolagent.common.event.SnapshotTaken;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.ops.Database;
import io.patrolagent.common.ops.Health;
import io.patrolagent.common.ops.HealthCheck;
import io.patrolagent.common.ops.KafkaCheck;
import io.patrolagent.common.ops.Service;
import io.patrolagent.common.ops.Telemetry;
import io.patrolagent.common.ops.Tracing;
import io.patrolagent.common.sql.SqlDirectory;
import io.patrolagent.common.stage.Party;
import io.patrolagent.common.stage.Preparation;
import io.patrolagent.common.stage.StageOptions;
import io.patrolagent.common.stage.StageRuntime;
import io.patrolagent.common.stage.TopicProvisioner;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Turns snapshots into reports. Each lane has a runtime, a group and {@code
 * PATROL_AGENT_CONCURRENCY} patrols at once of its own, so that somebody who waits does not queue
 * behind the scheduled patrols.
 */
public final class AgentRunnerService implements Service {

  private static final int MOST_PATROLS_AT_ONCE = 256;
  private static final int TOOLS_AT_ONCE_PER_PATROL = 8;
  private static final int MOST_TOOLS_AT_ONCE = 64;

  private final Agent agent;
  private final Cancellations cancellations;
  private final Database database;
  private final Database queries;
  private final HealthCheck toolQueries;
  private final KafkaCheck kafkaCheck;
  private final Tracing tracing;
  private final StageRuntime<SnapshotTaken> scheduled;
  private final StageRuntime<SnapshotTaken> onDemand;

  private AgentRunnerService(
      Agent agent,
      Cancellations cancellations,
      Database database,
      Database queries,
      HealthCheck toolQueries,
      KafkaCheck kafkaCheck,
      Tracing tracing,
      StageRuntime<SnapshotTaken> scheduled,
      StageRuntime<SnapshotTaken> onDemand) {
    this.agent = agent;
    this.cancellations = cancellations;
    this.database = database;
    this.queries = queries;
    this.toolQueries = toolQueries;
    this.kafkaCheck = kafkaCheck;
    this.tracing = tracing;
    this.scheduled = scheduled;
    this.onDemand = onDemand;
  }

  /** Reads the settings, verifies them and builds; nothing connects yet. */
  public static AgentRunnerService create(Env env, MeterRegistry meters) {
    KafkaSettings kafka = KafkaSettings.from(env);
    TopicSettings topicSettings = TopicSettings.from(env);
    DatabaseSettings databaseSettings = DatabaseSettings.from(env);
    int concurrency = env.integer(Setting.AGENT_CONCURRENCY, 1, MOST_PATROLS_AT_ONCE);
    Limits limits = limits(env);
    ProviderSettings providers = ProviderSettings.from(env);
    Optional<Path> prompts = env.directory(Setting.PROMPT_DIR);
    Optional<Path> sqlDirectory = env.directory(Setting.SQL_DIR);
    TracingSettings tracingSettings = TracingSettings.from(env);
    env.verify();

    Tracing tracing = Tracing.start(tracingSettings, AgentHandler.STAGE);
    Telemetry telemetry = new Telemetry(meters, tracing);
    Database database =
        Database.open(
                databaseSettings, Toolbox.poolOptions("patrol-" + AgentHandler.STAGE, concurrency))
            .measuredBy(meters);
    Database queries =
        Database.open(databaseSettings, QuerySql.poolOptions("patrol-query-sql"))
            .measuredBy(meters);
    SqlDirectory sqlFiles = SqlDirectory.of(sqlDirectory);
    ToolQueries toolQueries = new ToolQueries(database.jdbi(), sqlFiles);
    KafkaCheck kafkaCheck = new KafkaCheck(kafka);
    Topics topics = new Topics(topicSettings.prefix());
    Clock clock = Clock.systemUTC();
    Agent agent =
        new Agent(
            Providers.of(
                providers, new OfflineAnalyst(SqlQuestions.load(sqlFiles)), clock, telemetry),
            Toolbox.of(toolQueries, queries),
            PatrolPrompt.load(prompts),
            limits,
            Math.min(MOST_TOOLS_AT_ONCE, TOOLS_AT_ONCE_PER_PATROL * concurrency),
            telemetry,
            clock);
    Cancellations cancellations = new Cancellations(kafka, topics);
    AgentHandler handler = new AgentHandler(new ReportRows(database), agent, cancellations, clock);
    Lane lane =
        (group, topic) ->
            new StageRuntime<>(
                StageOptions.of(
                        AgentHandler.STAGE, topics.group(group), List.of(topic), concurrency)
                    .withJournal(topics.journal(topic)),
                handler,
                kafka,
                topics,
                List.of(
                    new ReadOnlyRole(database),
                    new TopicProvisioner(kafka, topicSettings, Party.AGENT_RUNNER),
                    Preparation.of("cancellations", cancellations::awaitRead)),
                List.of(kafkaCheck, database),
                telemetry);
    return new AgentRunnerService(
        agent,
        cancellations,
        database,
        queries,
        toolQueries,
        kafkaCheck,
        tracing,
        lane.open(AgentHandler.STAGE, topics.snapshotTaken()),
        lane.open(AgentHandler.STAGE + ".on-demand", topics.snapshotTakenOnDemand()));
  }

  static Limits limits(Env env) {
    return new Limits(
        env.integer(Setting.AGENT_MAX_ROUNDS, 1, 100),
        env.integer(Setting.AGENT_MAX_TOKENS, 1_000, Integer.MAX_VALUE),
        env.duration(Setting.AGENT_MAX_DURATION),
        env.decimal(Setting.AGENT_MAX_COST_USD).orElse(null));
  }

  @FunctionalInterface
  private interface Lane {
    StageRuntime<SnapshotTaken> open(String group, String topic);
  }

  @Override
  public void contribute(Health health) {
    health
        .worker(scheduled.liveness())
        .worker(onDemand.liveness())
        .dependency(scheduled.readiness())
        .dependency(onDemand.readiness())
        .dependency(kafkaCheck)
        .dependency(database)
        .dependency(toolQueries);
  }

  @Override
  public void start() {
    cancellations.start();
    scheduled.start();
    onDemand.start();
  }

  /** Both lanes at the same time: each may take as long as a process has to end. */
  @Override
  public void close() throws InterruptedException {
    Thread other = new Thread(onDemand::close, AgentHandler.STAGE + "-close");
    other.start();
    scheduled.close();
    other.join();
    agent.close();
    cancellations.close();
    kafkaCheck.close();
    queries.close();
    database.close();
    tracing.close();
  }
}
