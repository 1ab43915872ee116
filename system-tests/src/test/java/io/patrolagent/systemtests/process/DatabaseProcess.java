package io.patrolagent.systemtests.process;

import io.patrolagent.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * PostgreSQL, whose processes can be killed and frozen, on a directory that outlives them and is
 * synced to disk.
 */
public final class DatabaseProcess implements AutoCloseable {

  private final EmbeddedDatabase database;
  private final Path directory;

  private DatabaseProcess(EmbeddedDatabase database, Path directory) {
    this.database = database;
    this.directory = directory;
  }

  /** Returns when it answers. */
  public static DatabaseProcess start(Path directory) {
    return new DatabaseProcess(
        EmbeddedDatabase.start(EmbeddedDatabase.Options.defaults().withDataDirectory(directory)),
        directory);
  }

  public String createDatabase(String name) throws SQLException {
    return database.createDatabase(name);
  }

  public int port() {
    return database.port();
  }

  /** As the superuser. */
  public Connection connect(String jdbcUrl) throws SQLException {
    return DriverManager.getConnection(jdbcUrl, database.user(), database.password());
  }

  /**
   * SIGKILL to the server and all its backends, as the kernel does when memory is short; returns
   * when they are gone.
   */
  public void kill() throws IOException {
    List<ProcessHandle> all = processes();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(process -> process.onExit().join());
  }

  /** Starts it again with the rows it has, shutting it down where it runs. */
  public void restart() {
    database.restart();
  }

  /**
   * SIGSTOP to all its processes: connections stay open and nothing answers until {@link #cont}.
   */
  public void stop() throws Exception {
    for (ProcessHandle process : processes()) {
      OsProcess.signal(process.pid(), "STOP");
    }
  }

  /** SIGCONT. */
  public void cont() throws Exception {
    for (ProcessHandle process : processes()) {
      OsProcess.signal(process.pid(), "CONT");
    }
  }

  /** The server first, then its backends. */
  private List<ProcessHandle> processes() throws IOException {
    String pid =
        Files.readAllLines(directory.resolve("data").resolve("postmaster.pid")).get(0).strip();
    ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    return Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
  }

  @Override
  public void close() {
    database.close();
  }
}
