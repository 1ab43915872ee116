package io.patrolagent.embedded.fleet;

import io.patrolagent.embedded.EmbeddedDatabase;
import io.patrolagent.embedded.ReferenceSchema;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A database with the reference schema, and short ways to ask it. */
final class FleetDatabase implements AutoCloseable {

  private final Connection connection;

  private FleetDatabase(Connection connection) {
    this.connection = connection;
  }

  static FleetDatabase create(EmbeddedDatabase server, String name) throws SQLException {
    FleetDatabase database =
        new FleetDatabase(
            DriverManager.getConnection(
                server.createDatabase(name), server.user(), server.password()));
    ReferenceSchema.create(database.connection);
    return database;
  }

  Connection connection() {
    return connection;
  }

  /** The first column of all rows, as text. */
  List<String> texts(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }

  /** The only column of the only row. */
  double number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getDouble(1);
    }
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
