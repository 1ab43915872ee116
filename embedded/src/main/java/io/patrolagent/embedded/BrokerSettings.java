package io.patrolagent.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** What makes a broker of one node out of Kafka's defaults, which are those of a cluster. */
final class BrokerSettings {

  static final int NODE_ID = 1;
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  /** A dead letter is 5 MiB, and a record batch is somewhat more than its record. */
  private static final String MAX_BATCH_BYTES = Integer.toString(6 * 1024 * 1024);

  private static final Map<String, String> DEFAULTS = defaults();

  /**
   * Decided by {@link EmbeddedKafka} itself; a different value would open a listener or lose the
   * data.
   */
  private static final Set<String> FIXED =
      Set.of(
          "process.roles",
          "node.id",
          "listeners",
          "listener.security.protocol.map",
          "security.inter.broker.protocol",
          "inter.broker.listener.name",
          "controller.listener.names",
          "controller.quorum.voters",
          "controller.quorum.bootstrap.servers",
          "log.dir",
          "log.dirs",
          "metadata.log.dir");

  private BrokerSettings() {}

  static void requireOverridable(String key) {
    if (FIXED.contains(key)) {
      throw new IllegalArgumentException(
          "Broker override %s: the embedded broker sets it itself; leave it out, port and data directory are options"
              .formatted(key));
    }
  }

  static Properties of(int port, int controllerPort, Path logs, EmbeddedKafka.Options options) {
    String broker = LoopbackPort.HOST + ":" + port;
    String protocol = options.securityProtocol().name; // a listener named for it has its settings
    String controller = LoopbackPort.HOST + ":" + controllerPort;
    Properties settings = new Properties();
    settings.putAll(DEFAULTS);
    settings.putAll(options.brokerOverrides());
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE_ID));
    settings.put("listeners", "%s://%s,CONTROLLER://%s".formatted(protocol, broker, controller));
    // a proxy in front of the broker is advertised instead of it
    settings.putIfAbsent("advertised.listeners", protocol + "://" + broker);
    settings.put("security.inter.broker.protocol", protocol);
    settings.put(
        "listener.security.protocol.map",
        "%s:%s,CONTROLLER:PLAINTEXT".formatted(protocol, protocol));
    settings.put("controller.listener.names", CONTROLLER_LISTENER);
    settings.put("controller.quorum.voters", NODE_ID + "@" + controller);
    settings.put("log.dirs", logs.toString());
    return settings;
  }

  private static Map<String, String> defaults() {
    Map<String, String> settings = new HashMap<>();
    settings.put("auto.create.topics.enable", "false");
    settings.put("message.max.bytes", MAX_BATCH_BYTES);
    settings.put("replica.fetch.max.bytes", MAX_BATCH_BYTES);

    // there is one node to keep a replica
    settings.put("default.replication.factor", "1");
    settings.put("min.insync.replicas", "1");
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("transaction.state.log.num.partitions", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("share.coordinator.state.topic.num.partitions", "1");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");

    // with a handful of members on one machine nothing is gained by waiting for more of them
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("group.streams.initial.rebalance.delay.ms", "0");
    settings.put("group.consumer.assignment.interval.ms", "0");
    settings.put("group.consumer.min.heartbeat.interval.ms", "100");
    settings.put("group.consumer.heartbeat.interval.ms", "500");
    settings.put("group.consumer.min.session.timeout.ms", "1000");
    settings.put("group.consumer.session.timeout.ms", "6000");
    settings.put("group.min.session.timeout.ms", "1000");

    // what a killed member left open is aborted within a second of its timeout
    settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");

    // sized for one process beside others on a laptop
    settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(2 * 1024 * 1024));
    settings.put("background.threads", "2");
    settings.put("num.network.threads", "1");
    settings.put("num.io.threads", "2");
    settings.put("group.coordinator.threads", "1");

    settings.put("server.max.startup.time.ms", "60000");
    return Map.copyOf(settings);
  }
}
