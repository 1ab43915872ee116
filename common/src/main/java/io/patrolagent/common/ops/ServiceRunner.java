package io.patrolagent.common.ops;

import io.patrolagent.common.config.ConfigurationException;
import io.patrolagent.common.config.Env;
import io.patrolagent.common.config.HttpSettings;
import io.patrolagent.common.config.LogSettings;
import io.patrolagent.common.config.Setting;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a service from its arguments to its end, with the environment and the streams given, so that
 * a test can do so in process. For one run.
 */
final class ServiceRunner {

  static final int OK = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;

  private static final Logger LOG = LoggerFactory.getLogger(ServiceRunner.class);
  private static final Duration WATCH = Duration.ofSeconds(1);

  private final Usage usage;
  private final String name;
  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;
  private final ServiceFactory factory;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean started;

  ServiceRunner(
      String name,
      String description,
      Map<String, String> environment,
      PrintStream out,
      PrintStream err,
      ServiceFactory factory) {
    this.usage = new Usage(name, description);
    this.name = name;
    this.environment = environment;
    this.out = out;
    this.err = err;
    this.factory = factory;
  }

  /** Returns the exit status when all is over. */
  int run(String... args) {
    try {
      return switch (usage.parse(args)) {
        case HEALTH -> health();
        case HELP -> print(usage.help());
        case VERSION -> print(usage.version());
        case UNKNOWN -> refuse(usage.refusal(args));
        case RUN -> serve();
      };
    } finally {
      ended.countDown();
    }
  }

  /** Asks the service to stop and waits until it did; returns at once where none runs. */
  void stop() {
    stop.countDown();
    if (!started) {
      return;
    }
    try {
      ended.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private int health() {
    Env env = Env.of(environment);
    HttpSettings http = HttpSettings.from(env);
    try {
      env.verify();
    } catch (ConfigurationException wrong) {
      return refuse(name + ": " + wrong.getMessage() + "\n");
    }
    if (http.port() == 0) {
      return refuse(name + ": --health needs a " + Setting.HTTP_PORT.variable() + " of its own\n");
    }
    HealthClient.Answer answer = new HealthClient(http).askWhetherReady();
    return answer.ready() ? print(name + " is ready\n") : fail(answer.text());
  }

  private int fail(String cause) {
    err.println(name + " is not ready: " + cause);
    return FAILED;
  }

  private int serve() {
    Env env = Env.of(environment);
    try {
      Logging.configure(LogSettings.from(env), err); // before anything else can log
      HttpSettings http = HttpSettings.from(env);
      try (Metrics metrics = new Metrics(name);
          Health health = new Health()) {
        Service service = factory.create(env, metrics.registry());
        started = true;
        return serve(service, env, http, health, metrics);
      }
    } catch (ConfigurationException wrong) {
      return refuse(name + ": " + wrong.getMessage() + "\n");
    } catch (Exception | LinkageError failure) {
      LOG.error("{} cannot start: {}", name, Cause.of(failure), failure);
      return FAILED;
    }
  }

  private int serve(Service service, Env env, HttpSettings http, Health health, Metrics metrics)
      throws Exception {
    try (BoundedClose closing = new BoundedClose(name, service)) {
      env.verify(); // a factory that forgot to would run on examples
      env.effective().forEach((variable, value) -> LOG.info("{}={}", variable, value));
      service.contribute(health);
      try (HealthServer server = HealthServer.start(http, health, metrics)) {
        service.start();
        LOG.info("{} listening on {}", usage.version().strip(), server.address());
        watch(health);
        health.stopping();
        LOG.info("{} stopping", name);
        closing.close(); // while the server still answers probes
      }
      return OK;
    }
  }

  /** Waits for the end, and says when a worker died or came back. */
  private void watch(Health health) throws InterruptedException {
    boolean wasUp = true;
    while (!stop.await(WATCH.toMillis(), TimeUnit.MILLISECONDS)) {
      HealthReport report = health.live();
      if (wasUp && !report.up()) {
        LOG.error("{} does not work any more and needs a restart: {}", name, report.causes());
      } else if (!wasUp && report.up()) {
        LOG.info("{} works again", name);
      }
      wasUp = report.up();
    }
  }

  private int print(String text) {
    out.print(text);
    out.flush();
    return OK;
  }

  private int refuse(String text) {
    err.print(text);
    err.flush();
    return USAGE;
  }
}
