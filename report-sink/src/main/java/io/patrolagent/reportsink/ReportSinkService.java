package io.patrolagent.reportsink;

import io.micrometer.core.instrument.MeterRegistry;
import io.patrolagent.common.config.DatabaseSettings;
import io.patrolagent.common.config.Env;
import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.config.Setting;
import io.patrolagent.common.config.TopicSettings;
import io.patrolagent.common.config.TracingSettings;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.ops.Database;
import io.patrolagent.common.ops.DatabaseOptions;
import io.patrolagent.common.ops.Health;
import io.patrolagent.common.ops.KafkaCheck;
import io.patrolagent.common.ops.Service;
import io.patrolagent.common.ops.Telemetry;
import io.patrolagent.common.ops.Tracing;
import io.patrolagent.common.sql.SqlDirectory;
import io.patrolagent.common.stage.Party;
import io.patrolagent.common.stage.StageOptions;
import io.patrolagent.common.stage.StageRuntime;
import io.patrolagent.common.stage.TopicProvisioner;
import io.patrolagent.reportsink.fleet.FleetTables;
import io.patrolagent.reportsink.migration.MigrationMode;
import io.patrolagent.reportsink.migration.MigrationPreparation;
import io.patrolagent.reportsink.status.StatusView;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * The report-sink, whole: what agents finished and stages gave up in, rows and finished events out;
 * and beside it the view of where every patrol is, which reports do not wait for.
 */
public final class ReportSinkService implements Service {

  /** Rows at once; an insert takes milliseconds, so few are enough. */
  private static final int CONCURRENCY = 4;

  private final Tracing tracing;
  private final Database database;
  private final KafkaCheck kafkaCheck;
  private final StageRuntime<SinkInput> runtime;
  private final StatusView statusView;

  private ReportSinkService(
      DatabaseSettings databaseSettings,
      KafkaSettings kafka,
      TopicSettings topicSettings,
      MigrationMode migrations,
      SqlDirectory sqlDirectory,
      Telemetry telemetry) {
    this.tracing = telemetry.tracing();
    this.database =
        Database.open(
                databaseSettings,
                DatabaseOptions.of("patrol-" + SinkHandler.STAGE).poolSize(CONCURRENCY + 1))
            .measuredBy(telemetry.meters());
    this.kafkaCheck = new KafkaCheck(kafka);
    Topics topics = new Topics(topicSettings.prefix());
    ReportStore store = new ReportStore(database.jdbi());
    this.runtime =
        new StageRuntime<>(
            StageOptions.of(
                SinkHandler.STAGE,
                topics.group(SinkHandler.STAGE),
                List.of(topics.agentFinished(), topics.failed()),
                CONCURRENCY),
            new SinkHandler(
                topics,
                store,
                new ReportCheck(store, new FleetTables(database.jdbi(), sqlDirectory)),
                new ReportMetrics(telemetry.meters()),
                Clock.systemUTC()),
            kafka,
            topics,
            List.of(
                new TopicProvisioner(kafka, topicSettings, Party.REPORT_SINK),
                new MigrationPreparation(database.dataSource(), migrations)),
            List.of(database),
            telemetry);
    this.statusView = new StatusView(kafka, topics, telemetry.meters());
  }

  /**
   * Reads {@code PATROL_KAFKA_…}, {@code _TOPIC…}, {@code _DATABASE_…}, {@code _MIGRATIONS} and
   * {@code _SQL_DIR}.
   */
  public static ReportSinkService create(Env env, MeterRegistry meters) {
    DatabaseSettings database = DatabaseSettings.from(env);
    KafkaSettings kafka = KafkaSettings.from(env);
    TopicSettings topics = TopicSettings.from(env);
    MigrationMode migrations = env.choice(Setting.MIGRATIONS, MigrationMode.class);
    Optional<Path> sqlDirectory = env.directory(Setting.SQL_DIR);
    TracingSettings tracing = TracingSettings.from(env);
    env.verify();
    return new ReportSinkService(
        database,
        kafka,
        topics,
        migrations,
        SqlDirectory.of(sqlDirectory),
        new Telemetry(meters, Tracing.start(tracing, SinkHandler.STAGE)));
  }

  @Override
  public void contribute(Health health) {
    health
        .worker(runtime.liveness())
        .worker(statusView.liveness())
        .dependency(runtime.readiness())
        .dependency(statusView.readiness())
        .dependency(database)
        .dependency(kafkaCheck);
  }

  @Override
  public void start() {
    runtime.start();
    statusView.start();
  }

  /** Ends the view beside the stage, which may take as long as a process has to end. */
  @Override
  public void close() {
    Thread viewClosing = new Thread(statusView::close, "close-status-view");
    viewClosing.start();
    try {
      runtime.close();
      viewClosing.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      kafkaCheck.close();
      database.close();
      tracing.close();
    }
  }
}
