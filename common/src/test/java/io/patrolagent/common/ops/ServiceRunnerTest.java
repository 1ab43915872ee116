package io.patrolagent.common.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.patrolagent.common.config.DatabaseSettings;
import io.patrolagent.common.config.Env;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ServiceRunnerTest {

  private static final Pattern ADDRESS = Pattern.compile("listening on (http://127.0.0.1:\\d+)");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final FakeService service = new FakeService();

  @AfterEach
  void quiet() {
    // the streams of this test are no place for another one's log
    ((ch.qos.logback.classic.LoggerContext) LoggerFactory.getILoggerFactory()).reset();
  }

  @Test
  void helpTellsUsageAndTheSettingsOfThisService() {
    assertThat(runner(Map.of()).run("--help")).isZero();
    assertThat(text(out))
        .startsWith("Usage: aggregator [--health | --help | --version]\nRuns the six queries\n")
        .contains("PATROL_DATABASE_URL")
        .doesNotContain("PATROL_AGENT_CONCURRENCY");
    assertThat(text(err)).isEmpty();
  }

  @Test
  void versionIsNameAndVersion() {
    assertThat(runner(Map.of()).run("--version")).isZero();
    assertThat(text(out)).isEqualTo("aggregator " + Build.version() + "\n");
  }

  @Test
  void unknownArgumentsAreRefused() {
    assertThat(runner(Map.of()).run("--port", "80")).isEqualTo(2);
    assertThat(text(err))
        .isEqualTo("aggregator: unknown arguments: --port 80; --help tells the usage\n");
    assertThat(text(out)).isEmpty();
    assertThat(service.created).isFalse();
  }

  @Test
  void everyConfigurationProblemIsToldOnceAndNothingStarts() {
    // Given
    Map<String, String> environment =
        Map.of(
            "PATROL_HTTP_PORT", "high",
            "PATROL_LOG_FORMAT", "xml",
            "PATROL_DATABASE_URL", "mysql://x",
            "PATROL_DATABASE_PASSWORD", "hunter2",
            "PATROL_LOG_LEVLE", "debug");
    ServiceRunner runner =
        runner(
            environment,
            (env, metrics) -> {
              DatabaseSettings.from(env);
              env.verify();
              return service;
            });
    // When
    int exit = runner.run();
    // Then
    assertThat(exit).isEqualTo(2);
    assertThat(text(err))
        .startsWith("aggregator: 5 problems in the configuration:\n")
        .contains("  PATROL_HTTP_PORT=high: ")
        .contains("  PATROL_LOG_FORMAT=xml: ")
        .contains("  PATROL_DATABASE_URL=mysql://x: ")
        .contains("  PATROL_DATABASE_USER: ")
        .contains("  PATROL_LOG_LEVLE: is not a setting; did you mean PATROL_LOG_LEVEL?")
        .doesNotContain("hunter2");
    assertThat(service.started).isFalse();
  }

  @Test
  void aFactoryThatForgetsToVerifyDoesNotRunOnExamples() {
    // Given
    ServiceRunner runner = runner(Map.of("PATROL_HTTP_PORT", "high"));
    // When
    int exit = runner.run();
    // Then
    assertThat(exit).isEqualTo(2);
    assertThat(service.started).isFalse();
    assertThat(service.closed).isTrue();
  }

  @Test
  void whatCannotStartIsAFailureWithTheCause() {
    ServiceRunner runner =
        runner(
            Map.of(),
            (env, metrics) -> {
              throw new IllegalStateException("no disk");
            });
    assertThat(runner.run()).isEqualTo(1);
    assertThat(text(err)).contains("aggregator cannot start: no disk");
  }

  @Test
  void aServiceThatFailsToStartIsClosed() {
    service.failure = new IllegalStateException("schema is another one's");
    assertThat(runner(Map.of()).run()).isEqualTo(1);
    assertThat(text(err)).contains("aggregator cannot start: schema is another one's");
    assertThat(service.closed).isTrue();
  }

  @Test
  void runsUntilStoppedTellsItsConfigurationAndAddressAndEndsWellAndInTime() throws Exception {
    // Given
    ServiceRunner runner = runner(Map.of("PATROL_HTTP_TOKEN", "hunter2"));
    CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(runner::run);
    URI address = address();
    assertThat(status(address, "/health/live")).isEqualTo(200);
    assertThat(status(address, "/health/ready")).isEqualTo(200);
    // When
    runner.stop();
    // Then
    assertThat(exit.get(5, TimeUnit.SECONDS)).isZero();
    assertThat(service.closed).isTrue();
    assertThat(text(err))
        .contains("PATROL_HTTP_HOST=127.0.0.1")
        .contains(" - aggregator " + Build.version() + " listening on " + address)
        .contains("PATROL_HTTP_TOKEN=***")
        .contains("aggregator stopping")
        .contains("aggregator stopped")
        .doesNotContain("hunter2");
    assertThat(text(out)).isEmpty();
  }

  @Test
  void aWorkerThatDiesIsLoggedAndNeitherReadyNorLive() throws Exception {
    // Given
    ServiceRunner runner = runner(Map.of());
    CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(runner::run);
    URI address = address();
    // When
    service.worker.down(new IllegalStateException("out of memory"));
    // Then
    await()
        .untilAsserted(
            () ->
                assertThat(text(err))
                    .contains("does not work any more and needs a restart: worker: out of memory"));
    assertThat(status(address, "/health/live")).isEqualTo(503);
    assertThat(status(address, "/health/ready")).isEqualTo(503);
    runner.stop();
    assertThat(exit.get(5, TimeUnit.SECONDS)).isZero();
  }

  @Test
  void healthAsksTheOneThatRunsAndTellsTheCauseToWhoHasTheToken() throws Exception {
    // Given
    Map<String, String> environment =
        Map.of("PATROL_HTTP_PORT", freePort(), "PATROL_HTTP_TOKEN", "hunter2");
    ServiceRunner running = runner(environment);
    CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(running::run);
    address();
    // When
    int ready = runner(environment).run("--health");
    service.worker.down(new IllegalStateException("out of memory"));
    await().untilAsserted(() -> assertThat(runner(environment).run("--health")).isEqualTo(1));
    // Then
    assertThat(ready).isZero();
    assertThat(text(out)).startsWith("aggregator is ready\n");
    assertThat(text(err))
        .contains("aggregator is not ready: 503 ")
        .contains("out of memory")
        .doesNotContain("hunter2");
    running.stop();
    assertThat(exit.get(5, TimeUnit.SECONDS)).isZero();
  }

  @Test
  void healthOfNothingThatRunsIsAFailureThatNamesTheAddress() throws Exception {
    String port = freePort();
    Map<String, String> everywhere =
        Map.of("PATROL_HTTP_PORT", port, "PATROL_HTTP_HOST", "0.0.0.0");
    assertThat(runner(everywhere).run("--health")).isEqualTo(1);
    assertThat(text(err)).contains("aggregator is not ready: ").contains(":" + port);
    assertThat(service.created).isFalse();
  }

  @Test
  void healthNeedsAPortThatItCanKnow() {
    assertThat(runner(Map.of()).run("--health")).isEqualTo(2);
    assertThat(text(err)).contains("--health needs a PATROL_HTTP_PORT");
    assertThat(runner(Map.of("PATROL_HTTP_PORT", "high")).run("--health")).isEqualTo(2);
  }

  @Test
  void aDependencyThatIsDownStopsNoStart() throws Exception {
    // Given
    service.dependency.down(new IllegalStateException("connection refused"));
    ServiceRunner runner = runner(Map.of());
    // When
    CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(runner::run);
    URI address = address();
    // Then
    assertThat(status(address, "/health/live")).isEqualTo(200);
    assertThat(status(address, "/health/ready")).isEqualTo(503);
    runner.stop();
    assertThat(exit.get(5, TimeUnit.SECONDS)).isZero();
  }

  @Test
  void stopReturnsAtOnceWhereNothingRuns() {
    ServiceRunner runner = runner(Map.of());
    assertThat(runner.run("--version")).isZero();
    runner.stop();
  }

  private ServiceRunner runner(Map<String, String> environment) {
    return runner(environment, service::create);
  }

  private ServiceRunner runner(Map<String, String> environment, ServiceFactory factory) {
    return new ServiceRunner(
        "aggregator",
        "Runs the six queries",
        environment,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        factory);
  }

  private URI address() {
    return await().until(this::loggedAddress, uri -> uri != null);
  }

  private static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Integer.toString(socket.getLocalPort());
    }
  }

  private URI loggedAddress() {
    Matcher matcher = ADDRESS.matcher(text(err));
    return matcher.find() ? URI.create(matcher.group(1)) : null;
  }

  private static int status(URI address, String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(address.resolve(path)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode();
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }

  private static final class FakeService implements Service {

    private final FakeCheck worker = new FakeCheck("worker");
    private final FakeCheck dependency = new FakeCheck("database");
    private volatile Exception failure;
    private volatile boolean created;
    private volatile boolean started;
    private volatile boolean closed;

    Service create(Env env, MeterRegistry metrics) {
      created = true;
      return this;
    }

    @Override
    public void contribute(Health health) {
      health.worker(worker).dependency(dependency);
    }

    @Override
    public void start() throws Exception {
      if (failure != null) {
        throw failure;
      }
      started = true;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
