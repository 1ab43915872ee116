package io.patrolagent.embedded;

import java.time.Duration;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a broker that can no longer write ends the process that it runs in, as any Kafka does.
 * Kafka's own resets would leave it with a way that throws, and the broker half dead.
 */
final class BrokerExit {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerExit.class);
  private static final Duration SHUTDOWN_HOOKS = Duration.ofSeconds(20);

  private BrokerExit() {}

  /** From now on it may. */
  static void allow() {
    Exit.setExitProcedure(BrokerExit::endProcess);
    Exit.setHaltProcedure(BrokerExit::endProcess);
  }

  /** With its shutdown hooks, which end what else is embedded; and without, should they hang. */
  private static void endProcess(int status, @Nullable String message) {
    LOG.error("The embedded broker cannot go on and ends its process: {}", message);
    Thread exit = new Thread(() -> System.exit(status), "embedded-kafka-exit");
    exit.setDaemon(true);
    exit.start();
    try {
      exit.join(SHUTDOWN_HOOKS.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(status);
  }
}
