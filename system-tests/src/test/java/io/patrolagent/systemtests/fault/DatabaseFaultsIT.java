package io.patrolagent.systemtests.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patrolagent.common.event.Topics;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.systemtests.fault.Ledger.Row;
import io.patrolagent.systemtests.model.Hold;
import io.patrolagent.systemtests.process.FleetDatabase;
import io.patrolagent.systemtests.process.ServiceProcess;
import io.patrolagent.systemtests.process.TcpProxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PostgreSQL killed, read-only, out of connections, in a deadlock: it is waited for. */
class DatabaseFaultsIT extends FaultKit {

  /** The longest wait between two attempts is 10 s; recovery of the database, and the patrol. */
  private static final Duration BOUND = Duration.ofSeconds(45);

  private static final String TRIED_AGAIN = " is tried again in ";

  /** As many attempts as a record has that fails for another reason. */
  private static final int ATTEMPTS = 5;

  /** What keeps the report-sink from writing, though its health check's connection answers. */
  enum Refusal {
    READ_ONLY(
        "alter database fleet set default_transaction_read_only = on",
        "alter database fleet reset default_transaction_read_only",
        "read-only transaction (SQLSTATE 25006)"),
    NO_CONNECTION_LEFT(
        "alter role patrol_sink connection limit 0",
        "alter role patrol_sink connection limit -1",
        "too many connections for role");

    final String begin;
    final String end;
    final String said;

    Refusal(String begin, String end, String said) {
      this.begin = begin;
      this.end = end;
      this.said = said;
    }
  }

  @AfterEach
  void healDatabase() throws SQLException {
    for (Refusal refusal : Refusal.values()) {
      execute(refusal.end);
    }
  }

  @Test
  void aDatabaseKilledIsWaitedForByTheStageThatNeedsIt() throws Exception {
    pipeline.startAll();
    Topics topics = pipeline.topics();

    platform.database().kill();
    PatrolId early = pipeline.trigger();
    awaitRetried(pipeline.service("aggregator"), 1);
    assertThat(pipeline.ledger().committed("aggregator", topics.requested())).isEqualTo(-1);
    platform.database().restart();
    pipeline.recovers("database killed before the aggregator's queries", BOUND);
    assertThat(pipeline.calls(early)).containsExactly(1, 2, 3);

    Hold tools = pipeline.model().holdNext(1);
    PatrolId middle = pipeline.trigger();
    tools.awaitReached();
    platform.database().kill();
    tools.release();
    ServiceProcess runner = pipeline.service("agent-runner");
    await().atMost(BOUND).until(() -> runner.hasLogged("tool query_open_issues failed"));
    platform.database().restart();
    pipeline.recovers("database killed while tools ran", BOUND);
    assertThat(pipeline.calls(middle)).containsExactly(1, 2, 3);

    Hold report = pipeline.model().holdNext(3);
    PatrolId late = pipeline.trigger();
    report.awaitReached();
    long committed = pipeline.ledger().committed("report-sink", topics.agentFinished());
    platform.database().kill();
    report.release();
    awaitRetried(pipeline.service("report-sink"), 1);
    assertThat(pipeline.ledger().committed("report-sink", topics.agentFinished()))
        .isEqualTo(committed);
    platform.database().restart();
    pipeline.recovers("database killed before the report-sink's insert", BOUND);
    assertThat(pipeline.calls(late)).containsExactly(1, 2, 3);
  }

  @Test
  void aRowWhoseCommitWasNeverHeardOfIsAnnouncedOnce() throws Exception {
    try (TcpProxy network = TcpProxy.to(platform.database().port())) {
      pipeline.launch("aggregator", List.of());
      pipeline.launch("agent-runner", List.of());
      pipeline.with("PATROL_DATABASE_URL", platform.jdbcUrl(network.port()));
      pipeline.launch("report-sink", List.of());
      pipeline.awaitReady();

      PatrolId cut = pipeline.trigger();
      awaitInsertUnheard(network, cut);
      network.heal();
      network.cut();
      pipeline.recovers("network cut between the row's commit and its answer", BOUND);

      PatrolId killed = pipeline.trigger();
      awaitInsertUnheard(network, killed);
      platform.database().kill();
      network.heal();
      platform.database().restart();
      pipeline.recovers("database killed between the row's commit and its answer", BOUND);
    }
  }

  /** The row is there, and its event must wait for whoever does not know that. */
  private void awaitInsertUnheard(TcpProxy network, PatrolId patrol) throws Exception {
    CountDownLatch sent = network.loseAnswersFrom("insert into alerts.patrol_reports");
    assertThat(sent.await(60, TimeUnit.SECONDS)).isTrue();
    await().atMost(BOUND).until(() -> pipeline.ledger().row(patrol) != null);
    assertThat(pipeline.ledger().row(patrol).announced()).isFalse();
    assertThat(pipeline.ledger().finished())
        .noneMatch(event -> event.get("patrol_id").asText().equals(patrol.toString()));
  }

  /** Five failures would make any other record a failed one. */
  @ParameterizedTest
  @EnumSource
  void aReportIsNeverGivenUpWhileTheDatabaseCannotTakeIt(Refusal refusal) throws Exception {
    pipeline.startAll();
    ServiceProcess sink = pipeline.service("report-sink");
    Hold report = pipeline.model().holdNext(3);
    PatrolId patrol = pipeline.trigger();
    report.awaitReached();

    execute(refusal.begin);
    endSessions(FleetDatabase.SINK);
    report.release();
    awaitRetried(sink, ATTEMPTS + 1);

    assertThat(sink.hasLogged(refusal.said)).isTrue();
    await()
        .atMost(BOUND)
        .until(() -> sink.get("/health/ready").body().contains(refusal.said) && !sink.isReady());
    assertThat(pipeline.ledger().committed("report-sink", pipeline.topics().agentFinished()))
        .isEqualTo(-1);
    execute(refusal.end);
    endSessions(FleetDatabase.SINK);
    pipeline.recovers("database " + refusal.name().toLowerCase(java.util.Locale.ROOT), BOUND);
    Row row = pipeline.ledger().row(patrol);
    assertThat(row.status()).isEqualTo("completed");
    assertThat(row.error()).isNull();
    await().atMost(BOUND).until(sink::isReady);
  }

  /** The sink reads clusters and then their figures; somebody locks them the other way round. */
  @Test
  void aDeadlockCostsTheReportNothing() throws Exception {
    pipeline.startAll();
    ServiceProcess sink = pipeline.service("report-sink");
    Hold report = pipeline.model().holdNext(3);
    PatrolId patrol = pipeline.trigger();
    report.awaitReached();

    try (Connection other = platform.connect();
        Statement statement = other.createStatement()) {
      statement.execute("set deadlock_timeout = '5min'"); // so that it is the sink that is ended
      other.setAutoCommit(false);
      statement.execute("lock table byoc.cluster_metrics in access exclusive mode");
      report.release();
      awaitWaitingForALock("patrol-report-sink");
      statement.execute("lock table byoc.clusters in access exclusive mode");
      other.rollback();
    }

    pipeline.recovers("deadlock", BOUND);
    assertThat(sink.hasLogged("deadlock detected")).isTrue();
    assertThat(pipeline.ledger().row(patrol).status()).isEqualTo("completed");
    assertThat(sink.hasLogged("checked without the fleet's tables")).isFalse();
  }

  private void awaitWaitingForALock(String application) {
    await()
        .atMost(BOUND)
        .pollInterval(Duration.ofMillis(20)) // it looks for a deadlock after a second of waiting
        .until(
            () ->
                holds(
                    "select exists (select from pg_stat_activity where wait_event_type = 'Lock'"
                        + " and application_name = '"
                        + application
                        + "')"));
  }

  private static void awaitRetried(ServiceProcess service, int times) {
    await()
        .alias(service.module() + " tries again")
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                service.log().stream().filter(line -> line.contains(TRIED_AGAIN)).count() >= times);
  }

  private void endSessions(String role) throws SQLException {
    execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = '" + role + "'");
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = platform.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("set default_transaction_read_only = off");
      statement.execute(sql);
    }
  }

  private boolean holds(String query) throws SQLException {
    try (Connection connection = platform.connect();
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      return rows.next() && rows.getBoolean(1);
    }
  }
}
