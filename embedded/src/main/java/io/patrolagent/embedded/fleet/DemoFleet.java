package io.patrolagent.embedded.fleet;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An invented fleet that can be loaded into the reference schema. The same options give the same
 * rows, and what is wrong with the fleet is known beforehand as {@link #groundTruth}.
 *
 * <p>Immutable and thread-safe; a connection that is handed over is used by the calling thread only
 * and stays open.
 */
public final class DemoFleet {

  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  private final FleetPlan plan;

  public DemoFleet(FleetOptions options) {
    this.plan = FleetPlan.of(options);
  }

  public GroundTruth groundTruth() {
    return plan.groundTruth();
  }

  /**
   * Fills the tables of the reference schema, which must be there and empty, in one transaction of
   * its own, and analyzes them. Needs their owner's rights.
   *
   * @throws IllegalStateException if a table has rows; none is touched then
   * @throws SQLException whatever else the database refuses; nothing is loaded then
   */
  public LoadedFleet load(Connection connection) throws SQLException {
    boolean autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(false);
    try {
      LoadedFleet loaded = loadInTransaction(connection);
      connection.commit();
      return loaded;
    } catch (SQLException | RuntimeException e) {
      rollBack(connection, e);
      throw e;
    } finally {
      connection.setAutoCommit(autoCommit);
    }
  }

  private LoadedFleet loadInTransaction(Connection connection) throws SQLException {
    List<TableLoad> loads = new FleetTables(plan).loads();
    String tables = loads.stream().map(TableLoad::table).collect(Collectors.joining(", "));
    Map<String, Long> rows = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement()) {
      statement.execute("lock table " + tables + " in access exclusive mode");
      for (TableLoad load : loads) {
        requireEmpty(statement, load.table());
      }
      skipForeignKeyChecks(connection, statement);
      // rows may be written frozen, and without a log of them, to a table truncated beforehand
      statement.execute("truncate " + tables + " restart identity");
      for (TableLoad load : loads) {
        rows.put(load.table(), load.run(connection));
      }
      statement.execute("analyze " + tables);
    }
    return new LoadedFleet(rows, plan.groundTruth());
  }

  private static void requireEmpty(Statement statement, String table) throws SQLException {
    try (ResultSet found = statement.executeQuery("select 1 from " + table + " limit 1")) {
      if (found.next()) {
        throw new IllegalStateException(
            "demo fleet: table "
                + table
                + " must be empty and has rows; load into a new database, or drop the reference"
                + " schema first");
      }
    }
  }

  /**
   * The rows are consistent by construction and checking each of them takes longer than writing it.
   * Only a superuser may leave the checks out; anybody else loads with them.
   */
  private static void skipForeignKeyChecks(Connection connection, Statement statement)
      throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      statement.execute("set local session_replication_role = replica");
      connection.releaseSavepoint(before);
    } catch (SQLException e) {
      if (!INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
        throw e;
      }
      connection.rollback(before);
    }
  }

  private static void rollBack(Connection connection, Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }
}
