package io.patrolagent.agentrunner.tool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Runs a query of the model's through {@code alerts.patrol_query}, in a read-only transaction of
 * its own that has its own limits and is always rolled back, so that whatever the query managed to
 * set ends with it.
 */
final class QueryRunner {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String QUERY =
      """
      select read.at, result.value::text, result.cut
        from (values (statement_timestamp())) read(at)
        left join alerts.patrol_query(?, ?, ?) result on true
      """;

  private final DataSource pool;
  private final QueryLimits limits;

  QueryRunner(DataSource pool, QueryLimits limits) {
    this.pool = pool;
    this.limits = limits;
  }

  /** The rows, each an object; what cut them short, if anything; when they were read. */
  record Rows(List<JsonNode> rows, Optional<String> cut, Instant at) {}

  /**
   * Runs it.
   *
   * @throws SQLException as PostgreSQL or the driver says it
   */
  Rows run(String sql, int maxRows) throws SQLException, JsonProcessingException {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      Rows rows;
      try {
        limit(connection);
        rows = query(connection, sql, maxRows);
      } catch (SQLException refused) {
        try {
          leaveNothing(connection);
        } catch (SQLException broken) {
          refused.addSuppressed(broken);
        }
        throw refused;
      }
      leaveNothing(connection);
      return rows;
    }
  }

  /** Within the transaction, so that they hold whoever used the connection before. */
  private void limit(Connection connection) throws SQLException {
    long statement = limits.statement().toMillis();
    try (Statement settings = connection.createStatement()) {
      settings.execute(
          "set transaction read only; set local statement_timeout = "
              + statement
              + "; set local lock_timeout = "
              + limits.lock().toMillis()
              + "; set local idle_in_transaction_session_timeout = "
              + 2 * statement);
    }
  }

  private Rows query(Connection connection, String sql, int maxRows)
      throws SQLException, JsonProcessingException {
    List<JsonNode> rows = new ArrayList<>();
    Optional<String> cut = Optional.empty();
    Instant at = Instant.EPOCH;
    try (PreparedStatement query = connection.prepareStatement(QUERY)) {
      query.setString(1, sql);
      query.setInt(2, maxRows);
      query.setInt(3, limits.maxBytes());
      try (ResultSet result = query.executeQuery()) {
        while (result.next()) {
          at = result.getObject(1, OffsetDateTime.class).toInstant();
          String value = result.getString(2);
          if (value != null) {
            rows.add(JSON.readTree(value));
          }
          cut = Optional.ofNullable(result.getString(3));
        }
      }
    }
    return new Rows(rows, cut, at);
  }

  /** A lock of the session is the one thing that a rollback leaves, should a query ever get one. */
  private static void leaveNothing(Connection connection) throws SQLException {
    if (connection.isClosed()) {
      return; // the server ends its session when it notices
    }
    connection.rollback();
    try (Statement unlock = connection.createStatement()) {
      unlock.execute("select pg_advisory_unlock_all()");
    }
    connection.rollback();
  }
}
