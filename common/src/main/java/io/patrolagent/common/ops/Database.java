package io.patrolagent.common.ops;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.patrolagent.common.config.DatabaseSettings;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/**
 * A pool of connections to PostgreSQL, and whether the database answers.
 *
 * <p>Lazy: opening it never fails and never waits, so that a service starts while the database is
 * down. {@link #check()} asks over a connection of its own, so that it learns the server's reason
 * at once and a pool that is merely busy does not read as a database that is down. After the server
 * went away the first statements may still fail on a connection that was used a moment ago: the
 * pool then drops it, and the caller tries again. Thread-safe.
 */
public final class Database implements HealthCheck, AutoCloseable {

  private final DatabaseSettings settings;
  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final DatabaseProbe probe;

  private Database(DatabaseSettings settings, DatabaseOptions options) {
    this.settings = settings;
    this.pool = new HikariDataSource(poolConfig(settings, options));
    this.jdbi = Jdbi.create(pool);
    this.probe = new DatabaseProbe(settings, options.applicationName());
  }

  public static Database open(DatabaseSettings settings, DatabaseOptions options) {
    return new Database(settings, options);
  }

  /**
   * Makes the check also ask for these tables, each {@code schema.table} or {@code
   * schema.table(column, column)}: they have to be there and readable.
   */
  public Database requireTables(List<String> tables) {
    probe.require(tables.stream().map(RequiredTable::parse).toList());
    return this;
  }

  /** Publishes the pool's use as {@code hikaricp_…}. */
  public Database measuredBy(MeterRegistry registry) {
    pool.setMetricRegistry(registry);
    return this;
  }

  public Jdbi jdbi() {
    return jdbi;
  }

  public DataSource dataSource() {
    return pool;
  }

  /** The role that it logs in as. */
  public String user() {
    return settings.user();
  }

  @Override
  public String name() {
    return "database";
  }

  @Override
  public void check() throws DatabaseUnavailableException {
    probe.check();
  }

  @Override
  public void close() {
    pool.close();
    probe.close();
  }

  private static HikariConfig poolConfig(DatabaseSettings settings, DatabaseOptions options) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(options.applicationName());
    config.setJdbcUrl(settings.url());
    config.setUsername(settings.user());
    if (!settings.password().isEmpty()) {
      config.setPassword(settings.password().value());
    }
    config.setMaximumPoolSize(options.poolSize());
    config.setMinimumIdle(0); // nothing connects before somebody asks
    config.setInitializationFailTimeout(-1);
    config.setConnectionTimeout(options.connectionTimeout().toMillis());
    config.setValidationTimeout(Math.min(1000, options.connectionTimeout().toMillis()));
    config.setReadOnly(options.readOnly());
    options
        .statementTimeout()
        .ifPresent(
            timeout ->
                config.setConnectionInitSql("set statement_timeout = " + timeout.toMillis()));
    config.setDataSourceProperties(driverProperties(options));
    return config;
  }

  private static Properties driverProperties(DatabaseOptions options) {
    Properties properties = new Properties();
    properties.setProperty("ApplicationName", options.applicationName());
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty(
        "connectTimeout", String.valueOf(Math.max(1, options.connectionTimeout().toSeconds())));
    properties.setProperty("socketTimeout", String.valueOf(options.socketTimeout().toSeconds()));
    if (options.readOnly()) {
      // the driver's default guards transactions only, a statement with auto-commit would write
      properties.setProperty("readOnlyMode", "always");
      properties.setProperty("readOnly", "true");
    }
    return properties;
  }
}
