package io.patrolagent.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A service's jar, run as {@code java -jar} with an environment of its own and nothing else. */
final class ServiceProcess implements AutoCloseable {

  private static final Pattern ADDRESS = Pattern.compile("listening on (http://\\S+)");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final CompletableFuture<URI> address = new CompletableFuture<>();

  private ServiceProcess(Process process) {
    this.process = process;
    Thread reader = new Thread(this::readLog, "log-of-" + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts {@code MODULE/target/MODULE.jar}; the environment is these variables alone. */
  static ServiceProcess start(String module, Map<String, String> variables) throws IOException {
    return start(
        module, List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"), variables);
  }

  /** The same with other options for its JVM. */
  static ServiceProcess start(String module, List<String> options, Map<String, String> variables)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-jar", jar(module).toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(variables);
    return new ServiceProcess(builder.start());
  }

  private static Path jar(String module) {
    return Path.of("..", module, "target", module + ".jar").toAbsolutePath().normalize();
  }

  private void readLog() {
    try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.add(line);
        Matcher found = ADDRESS.matcher(line);
        if (found.find()) {
          address.complete(URI.create(found.group(1)));
        }
      }
    } catch (IOException e) {
      log.add("(the log ended: " + e.getMessage() + ")");
    }
    address.completeExceptionally(
        new IllegalStateException("ended before it listened:\n" + String.join("\n", log)));
  }

  /** Answers a GET of the service's HTTP server. */
  HttpResponse<String> get(String path) throws Exception {
    URI base = address.get(60, TimeUnit.SECONDS);
    return HTTP.send(
        HttpRequest.newBuilder(base.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  boolean isReady() throws Exception {
    return get("/health/ready").statusCode() == 200;
  }

  List<String> log() {
    return log;
  }

  /**
   * SIGTERM; whether it ended within the ten seconds that it promises, and some for the machine.
   */
  boolean terminate() throws InterruptedException {
    process.destroy();
    return process.waitFor(15, TimeUnit.SECONDS);
  }

  /** SIGKILL; returns when the process is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGSTOP: it stands still where it is until {@link #cont}. */
  void stop() throws Exception {
    signal("STOP");
  }

  /** SIGCONT. */
  void cont() throws Exception {
    signal("CONT");
  }

  private void signal(String name) throws Exception {
    int exit =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    if (exit != 0) {
      throw new IllegalStateException("kill -" + name + " ended with " + exit);
    }
  }

  long pid() {
    return process.pid();
  }

  int awaitExit() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("still runs:\n" + String.join("\n", log));
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
