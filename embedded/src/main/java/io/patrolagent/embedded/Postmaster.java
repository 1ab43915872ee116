package io.patrolagent.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL's main process as {@code postmaster.pid} records it in the data directory that it
 * works on: the process id in the first line.
 */
record Postmaster(Path files, Path pidFile, ProcessHandle process) {

  private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);
  private static final Duration SHUTDOWN_WAIT = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(50);

  /**
   * Ends a server that still works on these files although the process that started it is gone,
   * which the caller knows by holding the directory's lock; a record of a process that is none is
   * removed.
   */
  static void endOrphan(Path files) {
    recorded(files).ifPresent(Postmaster::end);
  }

  /** The live process whose id the directory records, whatever program that is today. */
  static Optional<Postmaster> recorded(Path files) {
    Path pidFile = files.resolve("postmaster.pid");
    try {
      List<String> lines = Files.readAllLines(pidFile);
      return lines.isEmpty()
          ? Optional.empty()
          : ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
              .map(process -> new Postmaster(files, pidFile, process));
    } catch (NoSuchFileException notRunning) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be read".formatted(pidFile), e);
    } catch (NumberFormatException e) {
      throw new EmbeddedStartException(
          "%s does not begin with a process id; make sure that no PostgreSQL runs on this directory, then remove the file"
              .formatted(pidFile),
          e);
    }
  }

  private void end() {
    try {
      if (isPostgresOnTheseFiles()) {
        LOG.warn(
            "A PostgreSQL (pid {}) still runs on {} though the process that started it is gone; ending it",
            process.pid(),
            files);
        fastShutdown();
        awaitEnd();
      } else {
        // PostgreSQL refuses to start while the id is anybody's; its shared memory still guards the
        // files
        LOG.warn(
            "{} names process {}, which is no PostgreSQL on this directory; removing the file",
            pidFile,
            process.pid());
        Files.deleteIfExists(pidFile);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "PostgreSQL (pid %d) on %s cannot be ended".formatted(process.pid(), files), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedStartException(
          "Interrupted while PostgreSQL (pid %d) on %s shut down".formatted(process.pid(), files),
          e);
    }
  }

  private boolean isPostgresOnTheseFiles() {
    List<String> arguments =
        Arrays.asList(process.info().arguments().orElseGet(() -> new String[0]));
    int directory = arguments.indexOf("-D") + 1;
    return process.info().command().filter(Postmaster::isPostgres).isPresent()
        && directory > 0
        && directory < arguments.size()
        && Path.of(arguments.get(directory)).equals(files);
  }

  private static boolean isPostgres(String command) {
    String program = Path.of(command).getFileName().toString();
    return program.equals("postgres") || program.equals("postgres.exe");
  }

  /**
   * By SIGINT, which Java cannot send: on SIGTERM PostgreSQL would wait for every client to leave.
   */
  private void fastShutdown() throws IOException, InterruptedException {
    if (Path.of("/bin/sh").toFile().canExecute()) {
      new ProcessBuilder("/bin/sh", "-c", "kill -INT " + process.pid()).start().waitFor();
    } else {
      process.destroy();
    }
  }

  private void awaitEnd() throws InterruptedException {
    long deadline = System.nanoTime() + SHUTDOWN_WAIT.toNanos();
    while (process.isAlive() && Files.exists(pidFile)) {
      if (System.nanoTime() > deadline) {
        throw new EmbeddedStartException(
            "PostgreSQL (pid %d) on %s did not shut down within %d s; end it and try again"
                .formatted(process.pid(), files, SHUTDOWN_WAIT.toSeconds()));
      }
      Thread.sleep(POLL.toMillis());
    }
  }
}
