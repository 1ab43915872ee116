package io.patrolagent.systemtests.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A service's jar, run as {@code java -jar} with an environment of its own and nothing else. */
public final class ServiceProcess implements AutoCloseable {

  private static final Pattern ADDRESS = Pattern.compile("listening on (http://\\S+)");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String module;
  private final OsProcess process;

  private ServiceProcess(String module, OsProcess process) {
    this.module = module;
    this.process = process;
  }

  /** Starts {@code MODULE/target/MODULE.jar}; the environment is these variables alone. */
  public static ServiceProcess start(String module, Map<String, String> variables)
      throws IOException {
    return start(module, OsProcess.SMALL, variables);
  }

  /** The same with other options for its JVM. */
  public static ServiceProcess start(
      String module, List<String> options, Map<String, String> variables) throws IOException {
    List<String> arguments = new ArrayList<>(options);
    arguments.addAll(List.of("-jar", jar(module).toString()));
    return new ServiceProcess(module, OsProcess.java(arguments, variables, ADDRESS));
  }

  /** The same with more options for the JVM that it usually has. */
  public static ServiceProcess startWith(
      List<String> moreOptions, String module, Map<String, String> variables) throws IOException {
    List<String> options = new ArrayList<>(OsProcess.SMALL);
    options.addAll(moreOptions);
    return start(module, options, variables);
  }

  private static Path jar(String module) {
    return Path.of("..", module, "target", module + ".jar").toAbsolutePath().normalize();
  }

  /** The module that it runs. */
  public String module() {
    return module;
  }

  /** Answers a GET of the service's HTTP server. */
  public HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(address(path)).build());
  }

  /** The same with a bearer token. */
  public HttpResponse<String> get(String path, String token) throws Exception {
    return send(
        HttpRequest.newBuilder(address(path)).header("Authorization", "Bearer " + token).build());
  }

  private URI address(String path) throws Exception {
    return URI.create(process.announced()).resolve(path);
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** Bytes of its heap that are in use when a full collection has just been done. */
  public long heapAfterCollection() throws Exception {
    process.collectGarbage();
    return get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  public boolean isReady() throws Exception {
    return get("/health/ready").statusCode() == 200;
  }

  public List<String> log() {
    return process.log();
  }

  /** Whether its log has a line with that text. */
  public boolean hasLogged(String text) {
    return log().stream().anyMatch(line -> line.contains(text));
  }

  /**
   * SIGTERM; whether it ended within the ten seconds that it promises, and some for the machine.
   */
  public boolean terminate() throws InterruptedException {
    return process.terminate(15);
  }

  /** SIGKILL; returns when the process is gone. */
  public void kill() throws InterruptedException {
    process.kill();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** SIGSTOP: it stands still where it is until {@link #cont}. */
  public void stop() throws Exception {
    OsProcess.signal(pid(), "STOP");
  }

  /** SIGCONT. */
  public void cont() throws Exception {
    OsProcess.signal(pid(), "CONT");
  }

  public long pid() {
    return process.pid();
  }

  public int awaitExit() throws InterruptedException {
    return process.awaitExit(60);
  }

  @Override
  public void close() {
    process.destroy();
  }
}
