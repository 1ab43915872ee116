package io.patrolagent.common.ops;

import io.patrolagent.common.config.DatabaseSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Asks the database over one kept connection, renewed when it broke. Thread-safe. */
final class DatabaseProbe implements AutoCloseable {

  private static final String SECONDS_TO_CONNECT = "1";
  private static final String SECONDS_TO_ANSWER = "2";

  private final DatabaseSettings settings;
  private final Properties properties;
  private List<RequiredTable> required = List.of();
  private @Nullable Connection kept;
  private boolean closed;

  DatabaseProbe(DatabaseSettings settings, String applicationName) {
    this.settings = settings;
    this.properties = new Properties();
    properties.setProperty("user", settings.user());
    if (!settings.password().isEmpty()) {
      properties.setProperty("password", settings.password().value());
    }
    properties.setProperty("ApplicationName", applicationName + " health");
    properties.setProperty("connectTimeout", SECONDS_TO_CONNECT);
    properties.setProperty("loginTimeout", SECONDS_TO_ANSWER);
    properties.setProperty("socketTimeout", SECONDS_TO_ANSWER);
  }

  synchronized void require(List<RequiredTable> tables) {
    required = List.copyOf(tables);
  }

  synchronized void check() throws DatabaseUnavailableException {
    if (closed) {
      throw new DatabaseUnavailableException("the connection to " + settings.url() + " is closed");
    }
    boolean reused = kept != null;
    try {
      ask();
    } catch (SQLException broken) {
      disconnect();
      if (!reused) {
        throw unavailable(broken);
      }
      askAgain(); // the server may have restarted since the last time
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    disconnect();
  }

  private void askAgain() throws DatabaseUnavailableException {
    try {
      ask();
    } catch (SQLException broken) {
      disconnect();
      throw unavailable(broken);
    }
  }

  private void ask() throws SQLException, DatabaseUnavailableException {
    Connection connection =
        kept == null ? DriverManager.getConnection(settings.url(), properties) : kept;
    kept = connection;
    try (PreparedStatement statement = connection.prepareStatement("select 1")) {
      statement.execute();
    }
    List<String> lacking = new ArrayList<>();
    for (RequiredTable table : required) {
      lacking.addAll(lacking(connection, table));
    }
    if (!lacking.isEmpty()) {
      throw new DatabaseUnavailableException(String.join("; ", lacking));
    }
  }

  /** What of the table is not there or not readable; read from the catalogue, not by trying. */
  private List<String> lacking(Connection connection, RequiredTable required) throws SQLException {
    List<String> readable = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            select a.attname
              from pg_catalog.pg_class c
              join pg_catalog.pg_namespace n on n.oid = c.relnamespace
              join pg_catalog.pg_attribute a on a.attrelid = c.oid
             where n.nspname = ? and c.relname = ? and c.relkind in ('r', 'p', 'v', 'm', 'f')
               and a.attnum > 0 and not a.attisdropped
               and has_schema_privilege(n.oid, 'usage')
               and has_column_privilege(c.oid, a.attnum, 'select')
            """)) {
      statement.setString(1, required.schema());
      statement.setString(2, required.table());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          readable.add(rows.getString(1));
        }
      }
    }
    if (readable.isEmpty()) {
      return List.of("table " + required.qualifiedName() + missing());
    }
    return required.columns().stream()
        .filter(column -> !readable.contains(column))
        .map(column -> "column " + required.qualifiedName() + "." + column + missing())
        .toList();
  }

  private String missing() {
    return " is missing or not readable by role " + settings.user();
  }

  private DatabaseUnavailableException unavailable(SQLException cause) {
    return new DatabaseUnavailableException(
        settings.url() + " does not answer role " + settings.user(), cause);
  }

  private void disconnect() {
    Connection connection = kept;
    kept = null;
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException alreadyBroken) {
        // it is given up because it broke; the failure that matters is thrown by the caller
      }
    }
  }
}
