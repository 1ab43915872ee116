package io.patrolagent.agentrunner.tool;

import io.patrolagent.common.config.DatabaseSettings;
import io.patrolagent.common.config.Secret;
import io.patrolagent.embedded.EmbeddedDatabase;
import io.patrolagent.embedded.ReferenceSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One PostgreSQL for all tests of the JVM; each test has a database of its own in it, with the
 * reference schema, the function behind {@code query_sql}, and a role that may only read.
 */
public final class ToolDatabase {

  static final String READER = "reader";
  private static final String MIGRATIONS =
      "report-sink/src/main/resources/io/patrolagent/reportsink/migration/";
  private static final AtomicInteger NAMES = new AtomicInteger();

  private final String url;

  private ToolDatabase(String url) {
    this.url = url;
  }

  private static final class Server {
    static final EmbeddedDatabase RUNNING = start();

    private static EmbeddedDatabase start() {
      EmbeddedDatabase server = EmbeddedDatabase.start();
      try (Connection connection =
          DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password())) {
        connection.createStatement().execute("create role " + READER + " login");
        return server;
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** A database of its own. */
  public static ToolDatabase create() {
    try {
      ToolDatabase database =
          new ToolDatabase(Server.RUNNING.createDatabase("tools_" + NAMES.incrementAndGet()));
      try (Connection owner = database.owner()) {
        ReferenceSchema.create(owner);
        owner
            .createStatement()
            .execute(
                """
                grant usage on schema byoc, alerts, knowledge to reader;
                grant select on all tables in schema byoc, alerts, knowledge to reader;
                """);
      }
      database.migrate();
      return database;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  void migrate() throws SQLException {
    execute(migration());
  }

  /** The sink's own file, looked for beside this module: no service depends on another. */
  static String migration() {
    return migration("V2__patrol_query.sql");
  }

  static String migration(String name) {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path file = at.resolve(MIGRATIONS + name);
      if (Files.exists(file)) {
        try {
          return Files.readString(file);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    throw new IllegalStateException(MIGRATIONS + name + " is not to be found");
  }

  void execute(String sql) throws SQLException {
    try (Connection owner = owner()) {
      owner.createStatement().execute(sql);
    }
  }

  public Connection owner() throws SQLException {
    return DriverManager.getConnection(url, Server.RUNNING.user(), Server.RUNNING.password());
  }

  DatabaseSettings as(String role) {
    return new DatabaseSettings(url, role, Secret.none());
  }

  public DatabaseSettings asReader() {
    return as(READER);
  }
}
