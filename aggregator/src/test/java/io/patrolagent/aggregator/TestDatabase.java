package io.patrolagent.aggregator;

import io.patrolagent.embedded.EmbeddedDatabase;
import io.patrolagent.embedded.ReferenceSchema;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;

/** One PostgreSQL for all tests of the JVM; each test has a database of its own in it. */
public final class TestDatabase {

  private static final AtomicInteger NAMES = new AtomicInteger();

  private TestDatabase() {}

  private static final class Server {
    static final EmbeddedDatabase RUNNING = EmbeddedDatabase.start();
  }

  /** The URL of a new database with nothing in it. */
  public static String empty() {
    try {
      return Server.RUNNING.createDatabase("test_" + NAMES.incrementAndGet());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The URL of a new database with the reference schema and no rows. */
  public static String withReferenceSchema() {
    String url = empty();
    try (Connection connection = DriverManager.getConnection(url, user(), "")) {
      ReferenceSchema.create(connection);
      return url;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String user() {
    return Server.RUNNING.user();
  }

  public static Jdbi jdbi(String url) {
    return Jdbi.create(url, user(), "");
  }
}
