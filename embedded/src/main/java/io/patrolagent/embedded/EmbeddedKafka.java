package io.patrolagent.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker of one node in this JVM, listening on the loopback address alone and without
 * authentication unless it is given one.
 *
 * <p>Records are kept for as long as the data directory is: a temporary one goes with {@link
 * #close}. The broker's threads are no daemons, so a JVM that does not close it does not end. As in
 * any Kafka, a broker that can no longer write to its directory halts its process, which is this
 * one; and after a process that was killed the next start on its directory takes up to {@code
 * broker.session.timeout.ms} (9 s) longer. Thread-safe.
 */
public final class EmbeddedKafka implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);

  /** Starts are one at a time, since each borrows the way in which Kafka ends its process. */
  private static final Object STARTING = new Object();

  private final DataDirectory directory;
  private final int port;
  private final KafkaConfig config;
  private @Nullable KafkaRaftServer server;

  /**
   * How the broker differs from its defaults: {@code port} 0 takes any free one, no {@code
   * dataDirectory} is a temporary one, {@code securityProtocol} is what its clients and itself
   * speak, and {@code brokerOverrides} are broker settings by their Kafka names.
   */
  public record Options(
      int port,
      @Nullable Path dataDirectory,
      SecurityProtocol securityProtocol,
      Map<String, String> brokerOverrides) {

    public Options {
      LoopbackPort.requireInRange(port, "EmbeddedKafka.Options");
      brokerOverrides = Map.copyOf(brokerOverrides);
      brokerOverrides.keySet().forEach(BrokerSettings::requireOverridable);
    }

    public static Options defaults() {
      return new Options(0, null, SecurityProtocol.PLAINTEXT, Map.of());
    }

    public Options withPort(int value) {
      return new Options(value, dataDirectory, securityProtocol, brokerOverrides);
    }

    public Options withDataDirectory(Path value) {
      return new Options(port, value, securityProtocol, brokerOverrides);
    }

    /** Logins and certificates are broker settings, given as overrides. */
    public Options withSecurityProtocol(SecurityProtocol value) {
      return new Options(port, dataDirectory, value, brokerOverrides);
    }

    public Options withBrokerOverride(String key, String value) {
      Map<String, String> overrides = new LinkedHashMap<>(brokerOverrides);
      overrides.put(key, value);
      return new Options(port, dataDirectory, securityProtocol, overrides);
    }
  }

  private EmbeddedKafka(DataDirectory directory, int port, KafkaConfig config) {
    this.directory = directory;
    this.port = port;
    this.config = config;
  }

  /** On any free port, with a directory that is deleted when closed. */
  public static EmbeddedKafka start() {
    return start(Options.defaults());
  }

  /**
   * Returns when the broker answers.
   *
   * @throws EmbeddedStartException if the port is taken, the directory belongs to a running server,
   *     or Kafka refuses
   */
  public static EmbeddedKafka start(Options options) {
    int port = options.port() == 0 ? LoopbackPort.free() : options.port();
    LoopbackPort.requireFree(port, "broker");
    DataDirectory directory = DataDirectory.open(options.dataDirectory(), "kafka");
    try {
      EmbeddedKafka kafka =
          new EmbeddedKafka(directory, port, config(port, directory.files(), options));
      format(directory.files());
      kafka.startServer();
      return kafka;
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  /** What a client's {@code bootstrap.servers} is set to; the same before and after a restart. */
  public String bootstrapServers() {
    return LoopbackPort.HOST + ":" + port;
  }

  public int port() {
    return port;
  }

  /**
   * Shuts the broker down and keeps port and records for {@link #restart}; does nothing when it is
   * stopped.
   */
  public synchronized void stop() {
    KafkaRaftServer running = server;
    if (running != null) {
      server = null;
      shutDown(running);
    }
  }

  /** Stops the broker if it runs and starts it again on the same port with the same records. */
  public synchronized void restart() {
    stop();
    LoopbackPort.requireFree(port, "broker");
    startServer();
  }

  @Override
  public synchronized void close() {
    try (directory) {
      stop();
    }
  }

  private synchronized void startServer() {
    synchronized (STARTING) {
      long begin = System.nanoTime();
      // A controller that cannot start ends its process; here that would be the tests or the
      // command, without a word.
      AtomicBoolean ended = new AtomicBoolean();
      Exit.setExitProcedure((status, message) -> ended.set(true));
      Exit.setHaltProcedure((status, message) -> ended.set(true));
      try {
        server = started(new KafkaRaftServer(config, Time.SYSTEM), ended);
      } finally {
        // not by Exit's own resets: after those a broker whose disk is full can no longer end
        BrokerExit.allow();
      }
      LOG.info(
          "Embedded broker listens on {} after {} ms",
          bootstrapServers(),
          (System.nanoTime() - begin) / 1_000_000);
    }
  }

  private KafkaRaftServer started(KafkaRaftServer starting, AtomicBoolean ended) {
    try {
      starting.startup();
      if (ended.get()) {
        throw new IllegalStateException("Kafka wanted to end the process, its log says why");
      }
      return starting;
    } catch (Throwable e) { // Kafka throws checked exceptions undeclared, and errors
      EmbeddedStartException failure =
          new EmbeddedStartException(
              "The embedded broker on %s did not start: %s".formatted(bootstrapServers(), e), e);
      try {
        shutDown(starting);
      } catch (RuntimeException suppressed) {
        failure.addSuppressed(suppressed);
      }
      throw failure;
    }
  }

  private static void shutDown(KafkaRaftServer running) {
    running.shutdown();
    running.awaitShutdown();
  }

  private static KafkaConfig config(int port, Path logs, Options options) {
    Properties settings = BrokerSettings.of(port, freePortBeside(port), logs, options);
    try {
      return KafkaConfig.fromProps(settings, false);
    } catch (RuntimeException e) {
      throw new EmbeddedStartException(
          "The embedded broker's settings are refused: %s; look at the overrides %s"
              .formatted(e.getMessage(), options.brokerOverrides().keySet()),
          e);
    }
  }

  private static int freePortBeside(int port) {
    int other = LoopbackPort.free();
    return other == port ? freePortBeside(port) : other;
  }

  private static void format(Path logs) {
    if (Files.exists(logs.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
      return;
    }
    try (PrintStream silent =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      Files.createDirectories(logs);
      new Formatter()
          .setPrintStream(silent)
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(BrokerSettings.NODE_ID)
          .setDirectories(List.of(logs.toString()))
          .setMetadataLogDirectory(logs.toString())
          .setReleaseVersion(MetadataVersion.latestProduction())
          .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
          .run();
    } catch (Exception e) {
      throw new EmbeddedStartException(
          "Data directory %s of the embedded broker could not be formatted: %s".formatted(logs, e),
          e);
    }
  }
}
