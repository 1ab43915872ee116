package io.patrolagent.systemtests.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patrolagent.systemtests.process.ServiceProcess;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A new version that takes the place of the one before while patrols keep coming. */
class RollingUpgradeIT extends FaultKit {

  /** Whoever leaves in order says so: nothing but the work itself has to be waited for. */
  private static final Duration BOUND = Duration.ofSeconds(45);

  @Test
  void servicesReplacedOneByOneUnderLoadLoseNothingAndRepeatNoModelCall() throws Exception {
    pipeline.with("PATROL_TOPIC_PARTITIONS", "4");
    pipeline.model().think(Duration.ofMillis(200));
    pipeline.startAll();
    pipeline.startAll();
    List<ServiceProcess> before = List.copyOf(pipeline.services());

    ScheduledExecutorService load = Executors.newSingleThreadScheduledExecutor();
    Future<?> asking = load.scheduleWithFixedDelay(this::ask, 0, 500, TimeUnit.MILLISECONDS);
    for (ServiceProcess old : before) {
      pipeline.start(old.module());
      assertThat(old.terminate()).as("%s has ended in time", old.module()).isTrue();
    }
    assertThat(asking.isDone()).as("whether a trigger was refused").isFalse();
    load.shutdown();
    assertThat(load.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

    pipeline.recovers("every service replaced", BOUND);
    assertThat(pipeline.repeatedCalls()).isZero();
    assertThat(pipeline.patrols()).hasSizeGreaterThan(before.size());
  }

  @Test
  void aMigrationStopsNeitherTheVersionBeforeNorWhoeverReads() throws Exception {
    String jdbcUrl = platform.jdbcUrl();
    forgetReports();
    EarlierReportSink.migrate(jdbcUrl);
    try (EarlierReportSink earlier = EarlierReportSink.start(jdbcUrl, "4s");
        Connection dashboard = platform.connect()) {
      dashboard.setAutoCommit(false); // it keeps what it has read until its transaction ends
      query(dashboard, "select count(*) from alerts.patrol_reports");
      for (String stage : Pipeline.STAGES) {
        pipeline.launch(stage, List.of());
      }
      ServiceProcess sink = pipeline.service("report-sink");
      await().atMost(BOUND).until(() -> sink.hasLogged("waits for migrations"));
      int whenItWaited = earlier.written();
      await().atMost(BOUND).until(() -> earlier.written() > whenItWaited + 100);
      assertThat(sink.isReady()).isFalse();

      dashboard.rollback();
      pipeline.awaitReady();
      int whenItWasDone = earlier.written();
      pipeline.trigger();
      pipeline.recovers("a migration beside the version before", BOUND);

      await().atMost(BOUND).until(() -> earlier.written() > whenItWasDone);
      assertThat((Throwable) earlier.failure()).isNull();
      assertThat(sink.log()).anyMatch(line -> line.contains("applied migrations: 4"));
    }
  }

  private void ask() {
    try {
      pipeline.trigger();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void forgetReports() throws SQLException {
    try (Connection connection = platform.connect()) {
      query(connection, "drop table if exists alerts.patrol_reports, alerts.patrol_schema_history");
      query(connection, "drop function if exists alerts.patrol_query");
    }
  }

  private static void query(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
