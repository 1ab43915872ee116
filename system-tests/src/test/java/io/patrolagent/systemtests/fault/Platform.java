package io.patrolagent.systemtests.fault;

import io.patrolagent.embedded.KafkaProxy;
import io.patrolagent.embedded.LoopbackPort;
import io.patrolagent.systemtests.process.BrokerProcess;
import io.patrolagent.systemtests.process.DatabaseProcess;
import io.patrolagent.systemtests.process.FleetDatabase;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * A broker behind a proxy and a database with a small fleet, both processes, for a class of tests.
 *
 * @param jdbcUrl of the fleet's database
 */
record Platform(BrokerProcess broker, KafkaProxy proxy, DatabaseProcess database, String jdbcUrl)
    implements AutoCloseable {

  private static final int CLUSTERS = 40;

  static Platform start(Path directory) throws Exception {
    return start(directory, Map.of());
  }

  static Platform start(Path directory, Map<String, String> brokerOverrides) throws Exception {
    return start(
        directory,
        brokerOverrides,
        (port, overrides) -> BrokerProcess.start(port, directory.resolve("kafka"), overrides));
  }

  /** With a broker that whoever asks has a way to start: by its port, and by its settings. */
  interface Broker {
    BrokerProcess start(int port, Map<String, String> overrides) throws Exception;
  }

  static Platform start(Path directory, Map<String, String> brokerOverrides, Broker broker)
      throws Exception {
    ServerSocket reserved = KafkaProxy.reserve();
    int port = LoopbackPort.free();
    Map<String, String> overrides = new HashMap<>(brokerOverrides);
    overrides.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + reserved.getLocalPort());
    KafkaProxy proxy = KafkaProxy.start(reserved, port);
    DatabaseProcess database = DatabaseProcess.start(directory.resolve("postgres"));
    String jdbcUrl = database.createDatabase("fleet");
    Platform platform = new Platform(broker.start(port, overrides), proxy, database, jdbcUrl);
    platform.prepareFleet();
    return platform;
  }

  private void prepareFleet() throws Exception {
    try (Connection connection = connect()) {
      FleetDatabase.prepare(connection, CLUSTERS);
    }
  }

  /** The same with its fleet in that empty database, whose superuser is this one's. */
  Platform withFleetIn(String emptyDatabase) throws Exception {
    Platform other = new Platform(broker, proxy, database, emptyDatabase);
    other.prepareFleet();
    return other;
  }

  /** Where services and observers find the broker: at its proxy. */
  String bootstrapServers() {
    return proxy.address();
  }

  /** The fleet's database behind a proxy on that port. */
  String jdbcUrl(int port) {
    return jdbcUrl.replace(":" + database.port() + "/", ":" + port + "/");
  }

  Connection connect() throws SQLException {
    return database.connect(jdbcUrl);
  }

  @Override
  public void close() throws Exception {
    proxy.close();
    broker.close();
    database.close();
  }
}
