package io.patrolagent.systemtests.fault;

import io.patrolagent.systemtests.process.FleetDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;

/**
 * Writes reports as the version did whose table ended with {@code V3}: one after the other, without
 * a pause, in the columns of that table, until it is closed or a write fails.
 */
final class EarlierReportSink implements AutoCloseable {

  private static final String INSERT =
      """
      insert into alerts.patrol_reports (
        report_id, report_type, triggered_by, status, fleet_narrative, flagged_clusters,
        predictions, customer_summaries, recommended_actions, raw_report, fleet_snapshot, warnings,
        llm_provider, llm_model, input_tokens, output_tokens, rounds, tool_calls, duration_ms,
        requested_at, due_at, started_at, finished_at,
        source_topic, source_topic_id, source_partition, source_offset)
      values (
        ?, 'morning', 'schedule', 'completed', 'All is well.', '[]',
        '[]', '[]', '[]', 'All is well.', '{}', '[]',
        'openai', 'stub-1', 100, 20, 3, 2, 1000,
        now(), now(), now(), now(),
        'earlier.patrol.agent-finished', 'earlier', 0, ?)
      on conflict (report_id) do nothing
      """;

  private final Thread thread = new Thread(this::write, "earlier-report-sink");
  private final AtomicInteger written = new AtomicInteger();
  private final Connection connection;
  private volatile boolean closing;
  private volatile SQLException failure;

  private EarlierReportSink(Connection connection) {
    this.connection = connection;
  }

  /** Leaves the table of reports as that version made it. */
  static void migrate(String jdbcUrl) {
    Flyway.configure()
        .dataSource(jdbcUrl, FleetDatabase.SINK, "")
        .locations("classpath:io/patrolagent/reportsink/migration")
        .schemas("alerts")
        .table("patrol_schema_history")
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .target("3")
        .load()
        .migrate();
  }

  /**
   * @param lockTimeout how long a write may wait for the table, as PostgreSQL writes it
   */
  static EarlierReportSink start(String jdbcUrl, String lockTimeout) throws SQLException {
    Connection connection = DriverManager.getConnection(jdbcUrl, FleetDatabase.SINK, "");
    try (Statement statement = connection.createStatement()) {
      statement.execute("set lock_timeout = '" + lockTimeout + "'");
    }
    EarlierReportSink sink = new EarlierReportSink(connection);
    sink.thread.start();
    return sink;
  }

  private void write() {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      while (!closing) {
        insert.setObject(1, UUID.randomUUID());
        insert.setInt(2, written.get());
        insert.executeUpdate();
        written.incrementAndGet();
      }
    } catch (SQLException e) {
      failure = e;
    }
  }

  /** How many reports it has written. */
  int written() {
    return written.get();
  }

  /** What ended it, or null. */
  SQLException failure() {
    return failure;
  }

  @Override
  public void close() throws Exception {
    closing = true;
    thread.join();
    connection.close();
  }
}
