package io.patrolagent.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings of a broker as a platform team runs it: TLS with a certificate of its own, a login
 * for everybody, and nothing allowed that no list allows. It speaks {@code SASL_SSL}.
 */
public final class SecuredBroker {

  /** Whom no list restricts. */
  public static final String ADMIN = "admin";

  /** Kafka's own. */
  public static final String AUTHORIZER = "org.apache.kafka.metadata.authorizer.StandardAuthorizer";

  private static final String MECHANISM = "PLAIN";
  private static final String LOGIN_MODULE =
      "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\""
          + " password=\"%s\"";

  private SecuredBroker() {}

  /**
   * For {@link EmbeddedKafka.Options#withBrokerOverride}.
   *
   * @param authorizer the class that decides by the lists
   * @param passwords of every login, {@link #ADMIN} among them
   */
  public static Map<String, String> settings(
      ServerCertificate certificate, String authorizer, Map<String, String> passwords) {
    StringBuilder logins = new StringBuilder(LOGIN_MODULE.formatted(ADMIN, passwords.get(ADMIN)));
    new TreeMap<>(passwords)
        .forEach((user, password) -> logins.append(" user_%s=\"%s\"".formatted(user, password)));
    Map<String, String> settings = new HashMap<>();
    settings.put("authorizer.class.name", authorizer);
    // the controller's listener is the broker's own
    settings.put("super.users", "User:ANONYMOUS;User:" + ADMIN);
    settings.put("allow.everyone.if.no.acl.found", "false");
    settings.put("sasl.enabled.mechanisms", MECHANISM);
    settings.put("sasl.mechanism.inter.broker.protocol", MECHANISM);
    settings.put("ssl.keystore.location", certificate.keyStore().toString());
    settings.put("ssl.keystore.password", ServerCertificate.PASSWORD);
    settings.put("ssl.truststore.location", certificate.certificate().toString());
    settings.put("ssl.truststore.type", "PEM");
    settings.put("listener.name.sasl_ssl.plain.sasl.jaas.config", logins + ";");
    return settings;
  }

  /** What a client sets as {@code sasl.jaas.config}. */
  public static String login(String user, String password) {
    return LOGIN_MODULE.formatted(user, password) + ";";
  }

  /**
   * What an operator sets for a service.
   *
   * @param loginFile holds the {@link #login}, as secrets are given
   */
  public static Map<String, String> variables(
      String bootstrapServers, ServerCertificate trusted, Path loginFile) {
    return Map.of(
        "PATROL_KAFKA_BOOTSTRAP_SERVERS",
        bootstrapServers,
        "PATROL_KAFKA_SECURITY_PROTOCOL",
        "SASL_SSL",
        "PATROL_KAFKA_SASL_MECHANISM",
        MECHANISM,
        "PATROL_KAFKA_SASL_JAAS_CONFIG_FILE",
        loginFile.toString(),
        "PATROL_KAFKA_SSL_TRUSTSTORE_TYPE",
        "PEM",
        "PATROL_KAFKA_SSL_TRUSTSTORE_LOCATION",
        trusted.certificate().toString());
  }
}
