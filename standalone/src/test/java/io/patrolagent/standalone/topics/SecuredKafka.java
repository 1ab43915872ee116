package io.patrolagent.standalone.topics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patrolagent.common.config.Env;
import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.stage.Party;
import io.patrolagent.embedded.EmbeddedKafka;
import io.patrolagent.embedded.SecuredBroker;
import io.patrolagent.embedded.ServerCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/** A secured broker with a login for each party. */
final class SecuredKafka implements AutoCloseable {

  private final EmbeddedKafka broker;
  private final ServerCertificate certificate;
  private final Path directory;

  private SecuredKafka(EmbeddedKafka broker, ServerCertificate certificate, Path directory) {
    this.broker = broker;
    this.certificate = certificate;
    this.directory = directory;
  }

  static SecuredKafka start(Path directory) throws Exception {
    ServerCertificate certificate = ServerCertificate.create(directory, "broker");
    Map<String, String> passwords = new HashMap<>();
    passwords.put(SecuredBroker.ADMIN, password(SecuredBroker.ADMIN));
    for (Party party : Party.values()) {
      passwords.put("patrol-" + party, password("patrol-" + party));
    }
    EmbeddedKafka.Options options =
        EmbeddedKafka.Options.defaults().withSecurityProtocol(SecurityProtocol.SASL_SSL);
    for (Map.Entry<String, String> setting :
        SecuredBroker.settings(certificate, RecordingAuthorizer.class.getName(), passwords)
            .entrySet()) {
      options = options.withBrokerOverride(setting.getKey(), setting.getValue());
    }
    return new SecuredKafka(EmbeddedKafka.start(options), certificate, directory);
  }

  /** What an operator sets: the login in a file, as secrets are. */
  Map<String, String> variables(String user) throws IOException {
    Path login =
        Files.writeString(
            directory.resolve(user + ".jaas"),
            SecuredBroker.login(user, password(user)) + "\n",
            UTF_8);
    return SecuredBroker.variables(broker.bootstrapServers(), certificate, login);
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
}
