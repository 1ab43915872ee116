package io.patrolagent.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The tables that a patrol reads as shipped: schemas {@code byoc}, {@code alerts} and {@code
 * knowledge}. What the product itself writes is not among them.
 */
public final class ReferenceSchema {

  private static final String RESOURCE = "reference-schema.sql";

  private ReferenceSchema() {}

  /**
   * Creates all of it, or nothing where it fails. On a connection with auto-commit off, the
   * transaction stays the caller's.
   *
   * @throws SQLException also if a table is there already; ask {@link #exists} first
   */
  public static void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // sent up to a single Sync message, which makes it one transaction
      statement.execute(sql());
    }
  }

  /**
   * Whether the fleet's tables are there; a table that is missing or of another shape is not looked
   * for.
   */
  public static boolean exists(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select to_regclass('byoc.clusters') is not null")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  static String sql() {
    try (InputStream resource = ReferenceSchema.class.getResourceAsStream(RESOURCE)) {
      if (resource == null) {
        throw new IllegalStateException(
            "Resource %s is missing beside %s".formatted(RESOURCE, ReferenceSchema.class));
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Resource %s cannot be read".formatted(RESOURCE), e);
    }
  }
}
