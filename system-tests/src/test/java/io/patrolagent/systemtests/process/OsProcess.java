package io.patrolagent.systemtests.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Java process that a test started, with its log, and the signals that a night sends it. */
final class OsProcess {

  /** A small heap, and a start that does not compile what a test never runs often. */
  static final List<String> SMALL =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m");

  private final Process process;
  private final Pattern announcement;
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final CompletableFuture<String> announced = new CompletableFuture<>();

  private OsProcess(Process process, Pattern announcement) {
    this.process = process;
    this.announcement = announcement;
    Thread reader = new Thread(this::readLog, "log-of-" + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Runs {@code java} with these arguments and no other environment.
   *
   * @param announcement a line of its log that says where it listens, as the first group
   */
  static OsProcess java(
      List<String> arguments, Map<String, String> environment, Pattern announcement)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ClassPath.java());
    command.addAll(arguments);
    return run(command, environment, announcement);
  }

  /** Runs a command that ends by being {@code java}, as a shell's {@code exec} does. */
  static OsProcess run(List<String> command, Map<String, String> environment, Pattern announcement)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return new OsProcess(builder.start(), announcement);
  }

  private void readLog() {
    try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.add(line);
        Matcher found = announcement.matcher(line);
        if (found.find()) {
          announced.complete(found.group(1));
        }
      }
    } catch (IOException e) {
      log.add("(the log ended: " + e.getMessage() + ")");
    }
    announced.completeExceptionally(
        new IllegalStateException("ended before it listened:\n" + String.join("\n", log)));
  }

  /** Where it says that it listens; waits for the line. */
  String announced() throws InterruptedException, ExecutionException, TimeoutException {
    return announced.get(90, TimeUnit.SECONDS);
  }

  List<String> log() {
    return log;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGTERM; whether it ended in that time. */
  boolean terminate(long seconds) throws InterruptedException {
    process.destroy();
    return process.waitFor(seconds, TimeUnit.SECONDS);
  }

  /** SIGKILL; returns when the process is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  int awaitExit(long seconds) throws InterruptedException {
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      throw new IllegalStateException("still runs:\n" + String.join("\n", log));
    }
    return process.exitValue();
  }

  /** Has a JVM do a full collection, and waits for its end. */
  void collectGarbage() throws IOException, InterruptedException {
    String jcmd = ClassPath.program("jcmd");
    int exit = new ProcessBuilder(jcmd, Long.toString(pid()), "GC.run").start().waitFor();
    if (exit != 0) {
      throw new IllegalStateException("jcmd " + pid() + " GC.run ended with " + exit);
    }
  }

  void destroy() {
    process.destroyForcibly();
  }

  /** Sends a signal by its name, as STOP and CONT, which Java cannot. */
  static void signal(long pid, String name) throws IOException, InterruptedException {
    int exit = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    if (exit != 0) {
      throw new IllegalStateException("kill -" + name + " " + pid + " ended with " + exit);
    }
  }
}
