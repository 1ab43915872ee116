package io.patrolagent.aggregator;

import io.micrometer.core.instrument.MeterRegistry;
import io.patrolagent.aggregator.admission.AdmissionSettings;
import io.patrolagent.aggregator.admission.AdmissionTails;
import io.patrolagent.aggregator.admission.Admissions;
import io.patrolagent.aggregator.history.ReportHistory;
import io.patrolagent.aggregator.snapshot.SnapshotTaker;
import io.patrolagent.aggregator.snapshot.SqlFiles;
import io.patrolagent.aggregator.snapshot.SqlFilesCheck;
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
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.stage.Party;
import io.patrolagent.common.stage.Preparation;
import io.patrolagent.common.stage.StageOptions;
import io.patrolagent.common.stage.StageRuntime;
import io.patrolagent.common.stage.TopicProvisioner;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The aggregator, whole: triggers in, snapshots out, over a database that it only reads. */
public final class AggregatorService implements Service {

  /** Snapshots at once; more would only have the database scan the same tables side by side. */
  private static final int CONCURRENCY = 4;

  /** Above what the largest fleet takes, below what somebody waits for. */
  private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(60);

  private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(75);

  private final Tracing tracing;
  private final Database database;
  private final KafkaCheck kafkaCheck;
  private final SqlFilesCheck sqlFilesCheck;
  private final ReportHistory reports;
  private final AdmissionTails tails;
  private final StageRuntime<PatrolRequest> runtime;

  private AggregatorService(
      DatabaseSettings databaseSettings,
      KafkaSettings kafka,
      TopicSettings topicSettings,
      AdmissionSettings admission,
      SqlFiles files,
      Telemetry telemetry) {
    this.tracing = telemetry.tracing();
    this.database =
        Database.open(
                databaseSettings,
                DatabaseOptions.of(AggregatorHandler.STAGE)
                    .readOnlyPool()
                    // one more than jobs, so that a health check never waits for them
                    .poolSize(CONCURRENCY + 1)
                    .socketTimeout(SOCKET_TIMEOUT)
                    .statementTimeout(STATEMENT_TIMEOUT))
            .requireTables(files.requiredTables())
            .measuredBy(telemetry.meters());
    this.kafkaCheck = new KafkaCheck(kafka);
    this.sqlFilesCheck = new SqlFilesCheck(database.jdbi(), files);
    this.reports = new ReportHistory(database.jdbi());
    Topics topics = new Topics(topicSettings.prefix());
    this.tails = new AdmissionTails(kafka, topics);
    this.runtime =
        new StageRuntime<>(
            StageOptions.of(
                AggregatorHandler.STAGE,
                topics.group(AggregatorHandler.STAGE),
                List.of(topics.requested()),
                CONCURRENCY),
            new AggregatorHandler(
                reports,
                new Admissions(admission, tails, database.jdbi(), telemetry.meters()),
                new SnapshotTaker(database.jdbi(), files, telemetry.meters()),
                Clock.systemUTC()),
            kafka,
            topics,
            List.of(
                new TopicProvisioner(kafka, topicSettings, Party.AGGREGATOR),
                Preparation.of("admission", tails::awaitRead)),
            List.of(database, reports, kafkaCheck),
            telemetry);
  }

  /**
   * Reads {@code PATROL_KAFKA_…}, {@code _TOPIC…}, {@code _DATABASE_…}, {@code _ON_DEMAND_…},
   * {@code _BUDGET_…} and {@code _SQL_DIR}.
   */
  public static AggregatorService create(Env env, MeterRegistry meters) {
    DatabaseSettings database = DatabaseSettings.from(env);
    KafkaSettings kafka = KafkaSettings.from(env);
    TopicSettings topics = TopicSettings.from(env);
    AdmissionSettings admission = AdmissionSettings.from(env);
    Optional<Path> sqlDirectory = env.directory(Setting.SQL_DIR);
    TracingSettings tracing = TracingSettings.from(env);
    env.verify();
    return new AggregatorService(
        database,
        kafka,
        topics,
        admission,
        SqlFiles.load(sqlDirectory),
        new Telemetry(meters, Tracing.start(tracing, AggregatorHandler.STAGE)));
  }

  @Override
  public void contribute(Health health) {
    health
        .worker(runtime.liveness())
        .dependency(runtime.readiness())
        .dependency(database)
        .dependency(sqlFilesCheck)
        .dependency(reports)
        .dependency(kafkaCheck);
  }

  @Override
  public void start() {
    tails.start();
    runtime.start();
  }

  @Override
  public void close() {
    try {
      runtime.close();
    } finally {
      tails.close();
      kafkaCheck.close();
      database.close();
      tracing.close();
    }
  }
}
