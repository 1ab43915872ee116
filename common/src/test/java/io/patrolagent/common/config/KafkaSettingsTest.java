package io.patrolagent.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaSettingsTest {

  private static final String BROKERS = "PATROL_KAFKA_BOOTSTRAP_SERVERS";

  @Test
  void defaultsAreTheBrokersAndTheConsumerProtocol() {
    // Given
    Env env = Env.of(Map.of(BROKERS, "one:9092"));
    // When
    KafkaSettings settings = KafkaSettings.from(env);
    // Then
    env.verify();
    assertThat(settings).isEqualTo(KafkaSettings.of("one:9092"));
    assertThat(settings.groupProtocol()).isEqualTo(GroupProtocol.CONSUMER);
    assertThat(settings.groupProtocol().kafkaName()).isEqualTo("consumer");
    assertThat(settings.forConsumer()).isEqualTo(Map.of("bootstrap.servers", "one:9092"));
    assertThat(settings.forProducer()).isEqualTo(settings.forConsumer());
    assertThat(settings.forAdmin()).isEqualTo(settings.forConsumer());
  }

  @Test
  void everyKeySetReachesTheClientsThatKnowIt(@TempDir Path directory) throws Exception {
    // Given
    Path password = Files.writeString(directory.resolve("trust"), "hunter2\n");
    Env env =
        Env.of(
            Map.of(
                BROKERS,
                "one:9092, [fd00::1]:9092",
                "PATROL_GROUP_PROTOCOL",
                "classic",
                "PATROL_KAFKA_SECURITY_PROTOCOL",
                "SASL_SSL",
                "PATROL_KAFKA_SASL_MECHANISM",
                "PLAIN",
                "PATROL_KAFKA_SASL_JAAS_CONFIG",
                "Login required password=\"hunter3\";",
                "PATROL_KAFKA_SSL_TRUSTSTORE_PASSWORD_FILE",
                password.toString(),
                "PATROL_KAFKA_SESSION_TIMEOUT_MS",
                "20000",
                "PATROL_KAFKA_BATCH_SIZE",
                "1000",
                "PATROL_KAFKA_SASL_OAUTHBEARER_ASSERTION_FILE",
                "/run/assertion"));
    // When
    KafkaSettings settings = KafkaSettings.from(env);
    // Then
    env.verify();
    assertThat(settings.bootstrapServers()).isEqualTo("one:9092, [fd00::1]:9092");
    assertThat(settings.groupProtocol()).isEqualTo(GroupProtocol.CLASSIC);
    assertThat(settings.forAdmin())
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("sasl.mechanism", "PLAIN")
        .containsEntry("sasl.jaas.config", "Login required password=\"hunter3\";")
        .containsEntry("ssl.truststore.password", "hunter2")
        .containsEntry("sasl.oauthbearer.assertion.file", "/run/assertion");
    assertThat(settings.forConsumer()).containsEntry("session.timeout.ms", "20000");
    assertThat(settings.forProducer()).containsEntry("batch.size", "1000");
    assertThat(ConsumerConfig.configNames()).containsAll(settings.forConsumer().keySet());
    assertThat(ProducerConfig.configNames()).containsAll(settings.forProducer().keySet());
    assertThat(AdminClientConfig.configNames()).containsAll(settings.forAdmin().keySet());
    assertThat(settings.toString()).doesNotContain("hunter").contains("sasl.jaas.config=***");
    assertThat(env.effective())
        .containsEntry("PATROL_KAFKA_SASL_JAAS_CONFIG", "***")
        .containsEntry("PATROL_KAFKA_SASL_MECHANISM", "PLAIN");
  }

  @Test
  void thatBrokersAreNeededIsSaid() {
    Env env = Env.of(Map.of());
    KafkaSettings.from(env);
    assertThatThrownBy(env::verify).hasMessageContaining(BROKERS + ": is needed, but not set");
  }

  @ParameterizedTest
  @ValueSource(strings = {"broker", "broker:", "one:9092 two:9092", "kafka://one:9092", "a:1,,b:2"})
  void brokersAreHostsWithPorts(String brokers) {
    Env env = Env.of(Map.of(BROKERS, brokers));
    KafkaSettings.from(env);
    assertThatThrownBy(env::verify)
        .hasMessageContaining(BROKERS + "=" + brokers + ": must be host:port");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GROUP_ID",
        "TRANSACTIONAL_ID",
        "ENABLE_AUTO_COMMIT",
        "ISOLATION_LEVEL",
        "KEY_SERIALIZER",
        "VALUE_DESERIALIZER",
        "GROUP_PROTOCOL",
        "AUTO_OFFSET_RESET",
        "ACKS"
      })
  void whatTheRuntimeOwnsIsRefusedWithTheReason(String name) {
    // Given
    Env env = Env.of(Map.of(BROKERS, "one:9092", "PATROL_KAFKA_" + name, "mine"));
    // When
    KafkaSettings settings = KafkaSettings.from(env);
    // Then
    String property = name.toLowerCase(java.util.Locale.ROOT).replace('_', '.');
    assertThat(settings.forConsumer()).doesNotContainKey(property);
    assertThat(settings.forProducer()).doesNotContainKey(property);
    assertThatThrownBy(env::verify)
        .hasMessageContaining("PATROL_KAFKA_" + name + ": cannot be set: " + property);
  }

  @Test
  void everyNameTheRuntimeOwnsIsOneThatKafkaKnows() {
    assertThat(KafkaProperty.owned()).allMatch(KafkaProperty::known);
  }

  @Test
  void everyPropertyOfKafkaCanBeSaidByAVariable() {
    assertThat(KafkaProperty.names())
        .allSatisfy(
            name -> {
              String variable =
                  "PATROL_KAFKA_" + name.toUpperCase(java.util.Locale.ROOT).replace('.', '_');
              assertThat(KafkaVariable.of(variable))
                  .isEqualTo(new KafkaVariable(variable, name, false));
            });
  }

  @Test
  void aValueThatKafkaWouldRefuseIsAProblemBeforeAnythingStarts() {
    Env env =
        Env.of(
            Map.of(
                BROKERS,
                "one:9092",
                "PATROL_KAFKA_REQUEST_TIMEOUT_MS",
                "soon",
                "PATROL_KAFKA_SECURITY_PROTOCOL",
                "TLS"));
    KafkaSettings.from(env);
    assertThatThrownBy(env::verify)
        .hasMessageContaining("PATROL_KAFKA_REQUEST_TIMEOUT_MS=soon: ")
        .hasMessageContaining("PATROL_KAFKA_SECURITY_PROTOCOL=TLS: ");
  }

  @Test
  void timeoutsOfTheClassicProtocolAreRefusedUnderTheOther() {
    // Given
    Map<String, String> variables = new HashMap<>();
    variables.put(BROKERS, "one:9092");
    variables.put("PATROL_KAFKA_SESSION_TIMEOUT_MS", "20000");
    Env env = Env.of(variables);
    KafkaSettings.from(env);
    assertThatThrownBy(env::verify)
        .hasMessageContaining("PATROL_KAFKA_SESSION_TIMEOUT_MS: cannot be set: the broker decides");
    // When
    variables.put("PATROL_GROUP_PROTOCOL", "classic");
    Env classic = Env.of(variables);
    KafkaSettings.from(classic);
    // Then
    assertThatCode(classic::verify).doesNotThrowAnyException();
  }

  @Test
  void onlySecretsComeFromFiles() {
    Env env =
        Env.of(Map.of(BROKERS, "one:9092", "PATROL_KAFKA_SASL_MECHANISM_FILE", "/run/mechanism"));
    KafkaSettings.from(env);
    assertThatThrownBy(env::verify)
        .hasMessageContaining("sasl.mechanism is no secret; set PATROL_KAFKA_SASL_MECHANISM");
  }

  @Test
  void aSecretInBothFormsIsOneProblem() {
    Env env =
        Env.of(
            Map.of(
                BROKERS,
                "one:9092",
                "PATROL_KAFKA_SASL_JAAS_CONFIG",
                "hunter2",
                "PATROL_KAFKA_SASL_JAAS_CONFIG_FILE",
                "/run/jaas"));
    KafkaSettings.from(env);
    assertThatThrownBy(env::verify)
        .hasMessageStartingWith("1 problem in the configuration:")
        .hasMessageContaining("is set together with PATROL_KAFKA_SASL_JAAS_CONFIG_FILE")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void inCodeToo() {
    KafkaSettings settings =
        KafkaSettings.of("one:9092").with("client.rack", "a").with(GroupProtocol.CLASSIC);
    assertThat(settings.forConsumer()).containsEntry("client.rack", "a");
    assertThat(settings.forAdmin()).doesNotContainKey("client.rack");
    assertThat(settings.groupProtocol()).isEqualTo(GroupProtocol.CLASSIC);
    assertThatThrownBy(() -> settings.with("client.rock", "a"))
        .hasMessage("no Kafka client knows the property client.rock");
  }
}
