package io.patrolagent.embedded.fleet;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A table of the reference schema, its columns, and how its rows are written. */
record TableLoad(String table, List<String> columns, Rows rows) {

  /** Writes all rows of one table. */
  @FunctionalInterface
  interface Rows {
    void write(CopyWriter out) throws SQLException;
  }

  /** The number of rows written. */
  long run(Connection connection) throws SQLException {
    try (CopyWriter out = new CopyWriter(connection, table, columns)) {
      rows.write(out);
      return out.finish();
    }
  }
}
