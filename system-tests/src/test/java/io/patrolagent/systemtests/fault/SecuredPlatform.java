package io.patrolagent.systemtests.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.patrolagent.common.config.Env;
import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.config.TopicSettings;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.stage.KafkaRights;
import io.patrolagent.common.stage.Party;
import io.patrolagent.common.stage.TopicProvisioner;
import io.patrolagent.embedded.LoopbackPort;
import io.patrolagent.embedded.SecuredBroker;
import io.patrolagent.embedded.ServerCertificate;
import io.patrolagent.systemtests.process.BrokerProcess;
import io.patrolagent.systemtests.process.DatabaseProcess;
import io.patrolagent.systemtests.process.FleetDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/**
 * A broker and a database as a platform team runs them: TLS, a login for each service, topics made
 * by somebody else, and no right that is not printed.
 */
final class SecuredPlatform implements AutoCloseable {

  static final Topics TOPICS = new Topics("house.");

  private static final Map<String, String> HOUSE =
      Map.of(
          "PATROL_TOPIC_PREFIX", TOPICS.prefix(),
          "PATROL_TOPICS", "verify",
          "PATROL_TOPIC_PARTITIONS", "1");

  private final Path directory;
  private final Map<String, String> passwords = new HashMap<>();
  private final ServerCertificate brokerCertificate;
  private final ServerCertificate databaseCertificate;
  private final BrokerProcess broker;
  private final DatabaseProcess database;
  private final String jdbcUrl;

  private SecuredPlatform(Path directory) throws Exception {
    this.directory = directory;
    brokerCertificate = ServerCertificate.create(directory, "broker");
    databaseCertificate = ServerCertificate.create(directory, "database");
    passwords.put(SecuredBroker.ADMIN, secret());
    for (Party party : Party.values()) {
      passwords.put(login(party), secret());
    }
    passwords.put(FleetDatabase.READER, secret());
    passwords.put(FleetDatabase.SINK, secret());
    broker =
        BrokerProcess.start(
            LoopbackPort.free(),
            directory.resolve("kafka"),
            SecurityProtocol.SASL_SSL,
            SecuredBroker.settings(brokerCertificate, SecuredBroker.AUTHORIZER, passwords));
    database = DatabaseProcess.start(directory.resolve("postgres"));
    jdbcUrl = database.createDatabase("fleet");
  }

  static SecuredPlatform start(Path directory) throws Exception {
    SecuredPlatform platform = new SecuredPlatform(directory);
    platform.prepareTopics();
    platform.prepareDatabase();
    return platform;
  }

  private static String secret() {
    return "secret-" + UUID.randomUUID();
  }

  private static String login(Party party) {
    return "patrol-" + party;
  }

  private void prepareTopics() throws Exception {
    KafkaSettings all = settings(SecuredBroker.ADMIN);
    Map<String, String> creating = new HashMap<>(HOUSE);
    creating.put("PATROL_TOPICS", "create");
    new TopicProvisioner(all, TopicSettings.from(Env.of(creating))).run();
    try (Admin admin = Admin.create(all.forAdmin())) {
      admin
          .createAcls(
              KafkaRights.of(TopicSettings.from(Env.of(HOUSE))).stream()
                  .flatMap(right -> right.bindings("User:" + login(right.party())))
                  .toList())
          .all()
          .get();
    }
  }

  /** TLS and passwords or nothing, from the moment at which it reads its files again. */
  private void prepareDatabase() throws Exception {
    try (Connection connection = database.connect(jdbcUrl);
        Statement statement = connection.createStatement()) {
      FleetDatabase.prepare(connection, 40);
      for (String role : List.of(FleetDatabase.READER, FleetDatabase.SINK)) {
        statement.execute("alter role %s password '%s'".formatted(role, passwords.get(role)));
      }
      statement.execute("alter role postgres password 'postgres'");
      statement.execute(
          "alter system set ssl_cert_file = '%s'".formatted(databaseCertificate.certificate()));
      statement.execute(
          "alter system set ssl_key_file = '%s'".formatted(databaseCertificate.privateKey()));
      statement.execute("alter system set ssl = on");
      Files.writeString(
          directory.resolve("postgres").resolve("data").resolve("pg_hba.conf"),
          "hostssl all all 127.0.0.1/32 scram-sha-256\n");
      statement.execute("select pg_reload_conf()");
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .until(() -> connect("postgres", "postgres") != null);
  }

  /** Over TLS. */
  Connection connect(String role, String password) throws SQLException {
    return DriverManager.getConnection(secureUrl(), role, password);
  }

  String password(String login) {
    return passwords.get(login);
  }

  String plainUrl() {
    return jdbcUrl;
  }

  private String secureUrl() {
    return urlTrusting(databaseCertificate);
  }

  String urlTrusting(ServerCertificate trusted) {
    return jdbcUrl + "?sslmode=verify-full&sslrootcert=" + trusted.certificate();
  }

  ServerCertificate brokerCertificate() {
    return brokerCertificate;
  }

  /** Everything that nobody but its owner is to see. */
  Stream<String> secrets() {
    return passwords.values().stream();
  }

  /** What an operator sets for that service, who gives secrets in files. */
  Map<String, String> variables(Party party) throws IOException {
    Map<String, String> variables = new HashMap<>(kafkaVariables(login(party)));
    variables.putAll(HOUSE);
    if (party != Party.SCHEDULER) {
      String role = FleetDatabase.roleOf(party.toString());
      variables.put("PATROL_DATABASE_URL", secureUrl());
      variables.put("PATROL_DATABASE_USER", role);
      variables.put("PATROL_DATABASE_PASSWORD_FILE", file(role, passwords.get(role)));
    }
    return variables;
  }

  KafkaSettings settings(Party party) throws IOException {
    return settings(login(party));
  }

  KafkaSettings settings(String login) throws IOException {
    Env env = Env.of(kafkaVariables(login));
    KafkaSettings settings = KafkaSettings.from(env);
    env.verify();
    return settings;
  }

  private Map<String, String> kafkaVariables(String login) throws IOException {
    String file = file(login + ".jaas", SecuredBroker.login(login, passwords.get(login)));
    return SecuredBroker.variables(broker.bootstrapServers(), brokerCertificate, Path.of(file));
  }

  /** A secret in a file, as a platform mounts them. */
  String file(String name, String secret) throws IOException {
    return Files.writeString(directory.resolve(name), secret + "\n", UTF_8).toString();
  }

  @Override
  public void close() throws Exception {
    broker.close();
    database.close();
  }
}
