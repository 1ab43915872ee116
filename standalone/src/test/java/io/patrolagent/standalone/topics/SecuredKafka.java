package io.patrolagent.standalone.topics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patrolagent.common.config.Env;
import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.stage.Party;
import io.patrolagent.embedded.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/**
 * A broker as a platform team runs it: TLS with a certificate of its own, a login for everybody,
 * and nothing allowed that no list allows.
 */
final class SecuredKafka implements AutoCloseable {

  static final String ADMIN = "admin";
  private static final String STORE_PASSWORD = "store-password";
  private static final String LOGIN =
      "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\""
          + " password=\"%s\"";

  private final EmbeddedKafka broker;
  private final Path directory;

  private SecuredKafka(EmbeddedKafka broker, Path directory) {
    this.broker = broker;
    this.directory = directory;
  }

  static SecuredKafka start(Path directory) throws Exception {
    Path keys = directory.resolve("broker.p12");
    keytool(
        "-genkeypair",
        "-alias",
        "broker",
        "-keyalg",
        "EC",
        "-dname",
        "CN=broker",
        "-ext",
        "SAN=ip:127.0.0.1",
        "-storetype",
        "PKCS12",
        "-keystore",
        keys.toString(),
        "-storepass",
        STORE_PASSWORD,
        "-validity",
        "2");
    Path certificate = directory.resolve("broker.pem");
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "broker",
        "-keystore",
        keys.toString(),
        "-storepass",
        STORE_PASSWORD,
        "-file",
        certificate.toString());
    String listener = "listener.name.sasl_ssl.";
    String users =
        Arrays.stream(Party.values())
            .map(party -> " user_patrol-%s=\"%s\"".formatted(party, password("patrol-" + party)))
            .collect(Collectors.joining());
    EmbeddedKafka broker =
        EmbeddedKafka.start(
            EmbeddedKafka.Options.defaults()
                .withSecurityProtocol(SecurityProtocol.SASL_SSL)
                .withBrokerOverride("authorizer.class.name", RecordingAuthorizer.class.getName())
                // the controller's listener is the broker's own
                .withBrokerOverride("super.users", "User:ANONYMOUS;User:" + ADMIN)
                .withBrokerOverride("allow.everyone.if.no.acl.found", "false")
                .withBrokerOverride("sasl.enabled.mechanisms", "PLAIN")
                .withBrokerOverride("sasl.mechanism.inter.broker.protocol", "PLAIN")
                .withBrokerOverride("ssl.keystore.location", keys.toString())
                .withBrokerOverride("ssl.keystore.password", STORE_PASSWORD)
                .withBrokerOverride("ssl.truststore.location", certificate.toString())
                .withBrokerOverride("ssl.truststore.type", "PEM")
                .withBrokerOverride(
                    listener + "plain.sasl.jaas.config",
                    LOGIN.formatted(ADMIN, password(ADMIN))
                        + " user_%s=\"%s\"".formatted(ADMIN, password(ADMIN))
                        + users
                        + ";"));
    return new SecuredKafka(broker, directory);
  }

  /** What an operator sets: the login in a file, as secrets are. */
  Map<String, String> variables(String user) throws IOException {
    Path login =
        Files.writeString(
            directory.resolve(user + ".jaas"),
            LOGIN.formatted(user, password(user)) + ";\n",
            UTF_8);
    Map<String, String> variables = new HashMap<>();
    variables.put("PATROL_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
    variables.put("PATROL_KAFKA_SECURITY_PROTOCOL", "SASL_SSL");
    variables.put("PATROL_KAFKA_SASL_MECHANISM", "PLAIN");
    variables.put("PATROL_KAFKA_SASL_JAAS_CONFIG_FILE", login.toString());
    variables.put("PATROL_KAFKA_SSL_TRUSTSTORE_TYPE", "PEM");
    variables.put(
        "PATROL_KAFKA_SSL_TRUSTSTORE_LOCATION", directory.resolve("broker.pem").toString());
    return variables;
  }

  KafkaSettings settings(String user) throws IOException {
    Env env = Env.of(variables(user));
    KafkaSettings settings = KafkaSettings.from(env);
    env.verify();
    return settings;
  }

  @Override
  public void close() {
    broker.close();
  }

  private static String password(String user) {
    return user + "-secret";
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 1];
    command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("keytool failed: " + output);
    }
  }
}
