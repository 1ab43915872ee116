package io.patrolagent.agentrunner.tool;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A session of somebody who works on the same tables while an attack runs. Whatever it needs it
 * takes without waiting, so that being hindered is an error at once.
 */
final class Bystander implements AutoCloseable {

  private final Connection connection;
  private final int pid;

  Bystander(ToolDatabase database) throws SQLException {
    connection = database.owner();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
      row.next();
      pid = row.getInt(1);
    }
    connection.rollback();
  }

  int pid() {
    return pid;
  }

  void work() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("lock table byoc.clusters in row exclusive mode nowait");
      statement.execute("select from byoc.clusters for update nowait");
      statement.execute("update byoc.clusters set region = region");
      try (ResultSet row = statement.executeQuery("select pg_try_advisory_xact_lock(42)")) {
        row.next();
        if (!row.getBoolean(1)) {
          throw new SQLException("somebody holds the advisory lock 42");
        }
      }
    } finally {
      connection.rollback();
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
