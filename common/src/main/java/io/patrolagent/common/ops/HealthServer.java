package io.patrolagent.common.ops;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.patrolagent.common.config.HttpSettings;
import io.patrolagent.common.config.Setting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves {@code /health/live}, {@code /health/ready} and {@code /metrics} to whoever runs the
 * process.
 *
 * <p>On loopback it tells everything. On any other address, which only an operator can choose, the
 * probes get the status alone, and metrics as well as causes are for who shows the bearer token; so
 * nothing about the fleet or the databases is told to a network without authentication.
 */
public final class HealthServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HealthServer.class);
  private static final int THREADS = 8;

  private final HttpServer server;
  private final ExecutorService executor;
  private final String host;

  private HealthServer(HttpServer server, ExecutorService executor, String host) {
    this.server = server;
    this.executor = executor;
    this.host = host;
  }

  /** Starts to listen; throws with the address where that is not possible. */
  public static HealthServer start(HttpSettings settings, Health health, Metrics metrics)
      throws IOException {
    limitSlowClients();
    InetAddress address = InetAddress.getByName(settings.host());
    Access access = Access.to(address, settings.token());
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(address, settings.port()), 0);
    } catch (IOException taken) {
      throw new IOException(
          "cannot listen on "
              + settings.host()
              + ":"
              + settings.port()
              + " ("
              + Setting.HTTP_HOST.variable()
              + ", "
              + Setting.HTTP_PORT.variable()
              + ")",
          taken);
    }
    access.warning(settings.host()).ifPresent(LOG::warn);
    ExecutorService executor = executor();
    server.setExecutor(executor);
    HealthEndpoints endpoints = new HealthEndpoints(health, metrics, access);
    server.createContext("/", exchange -> answer(endpoints, exchange));
    server.start();
    return new HealthServer(server, executor, settings.host());
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** Where it is, say {@code http://127.0.0.1:8080}. */
  public URI address() {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + name + ":" + port());
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }

  private static void answer(HealthEndpoints endpoints, HttpExchange exchange) throws IOException {
    try (exchange) {
      Reply reply = endpoints.answer(Request.of(exchange));
      reply.send(exchange);
    } catch (RuntimeException bug) {
      LOG.error("no answer to {}", exchange.getRequestURI().getPath(), bug);
      throw bug;
    }
  }

  private static ExecutorService executor() {
    AtomicInteger number = new AtomicInteger();
    return Executors.newFixedThreadPool(
        THREADS,
        task -> {
          Thread thread = new Thread(task, "health-http-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  /** The JDK's server waits for ever for the rest of a request unless it is told not to. */
  private static void limitSlowClients() {
    System.getProperties().putIfAbsent("sun.net.httpserver.maxReqTime", "5");
    System.getProperties().putIfAbsent("sun.net.httpserver.maxRspTime", "10");
  }
}
