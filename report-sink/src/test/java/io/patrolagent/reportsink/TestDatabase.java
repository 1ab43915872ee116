package io.patrolagent.reportsink;

import io.patrolagent.common.stage.PermanentFailureException;
import io.patrolagent.embedded.EmbeddedDatabase;
import io.patrolagent.reportsink.migration.MigrationMode;
import io.patrolagent.reportsink.migration.MigrationPreparation;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;

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

  /** The URL of a new database with the product's tables. */
  public static String migrated() {
    String url = empty();
    try {
      new MigrationPreparation(dataSource(url, user()), MigrationMode.RUN).run();
      return url;
    } catch (PermanentFailureException | SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String user() {
    return Server.RUNNING.user();
  }

  public static Jdbi jdbi(String url) {
    return Jdbi.create(url, user(), "");
  }

  public static DataSource dataSource(String url, String user) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    source.setUser(user);
    return source;
  }
}
