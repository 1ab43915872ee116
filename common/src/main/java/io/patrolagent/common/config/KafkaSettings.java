package io.patrolagent.common.config;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * How to reach Kafka: the properties an operator set, each handed only to the clients that know it.
 *
 * <p>What the guarantees need (transactions, isolation, group, serializers) is not here: the
 * runtime adds it. Immutable; secrets never print.
 */
public record KafkaSettings(SortedMap<String, String> properties, GroupProtocol groupProtocol) {

  private static final String BROKER = "(?:\\[[0-9A-Fa-f:]+]|[^\\s,:\\[\\]]+):\\d{1,5}";
  private static final Pattern BROKERS = Pattern.compile(BROKER + "(?:\\s*,\\s*" + BROKER + ")*");

  public KafkaSettings {
    if (!properties.containsKey(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)) {
      throw new IllegalArgumentException("Kafka settings need bootstrap.servers, got none");
    }
    properties.forEach(
        (name, value) -> {
          if (!KafkaProperty.known(name)) {
            throw new IllegalArgumentException("no Kafka client knows the property " + name);
          }
        });
    properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
  }

  /** These brokers, without encryption or login, for tests and embedded brokers. */
  public static KafkaSettings of(String bootstrapServers) {
    return new KafkaSettings(
        new TreeMap<>(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers)),
        GroupProtocol.CONSUMER);
  }

  /** From {@code PATROL_KAFKA_…} and {@code PATROL_GROUP_PROTOCOL}; notes problems in the env. */
  public static KafkaSettings from(Env env) {
    SortedMap<String, String> properties = new TreeMap<>();
    String brokers = env.required(Setting.KAFKA_BOOTSTRAP_SERVERS);
    if (!BROKERS.matcher(brokers).matches()) {
      env.problem(Setting.KAFKA_BOOTSTRAP_SERVERS, "must be host:port, several with commas");
    }
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers);
    GroupProtocol protocol = env.choice(Setting.GROUP_PROTOCOL, GroupProtocol.class);
    env.startingWith(KafkaVariable.PREFIX)
        .forEach((variable, value) -> read(env, variable, value, protocol, properties));
    return new KafkaSettings(properties, protocol);
  }

  public String bootstrapServers() {
    return String.valueOf(properties.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
  }

  /** The same with one property more, or with another value. */
  public KafkaSettings with(String property, String value) {
    SortedMap<String, String> changed = new TreeMap<>(properties);
    changed.put(property, value);
    return new KafkaSettings(changed, groupProtocol);
  }

  public KafkaSettings with(GroupProtocol protocol) {
    return new KafkaSettings(properties, protocol);
  }

  /** What a consumer knows of it; without {@code group.protocol}, which only a group needs. */
  public Map<String, Object> forConsumer() {
    return knownBy(ConsumerConfig.configNames());
  }

  public Map<String, Object> forProducer() {
    return knownBy(ProducerConfig.configNames());
  }

  public Map<String, Object> forAdmin() {
    return knownBy(AdminClientConfig.configNames());
  }

  @Override
  public String toString() {
    SortedMap<String, String> shown = new TreeMap<>(properties);
    shown.replaceAll(
        (name, value) -> KafkaProperty.secret(name) ? Secret.MASK : SecretMask.mask(value));
    return "KafkaSettings" + shown + " " + groupProtocol.kafkaName();
  }

  private static void read(
      Env env,
      String name,
      String value,
      GroupProtocol protocol,
      SortedMap<String, String> properties) {
    KafkaVariable kafka = KafkaVariable.of(name);
    if (name.equals(Setting.KAFKA_BOOTSTRAP_SERVERS.variable())
        || kafka.problem(value).isPresent()) {
      return; // read already; or verify() says what is wrong with it
    }
    if (protocol.refuses(kafka.property())) {
      env.add(
          Problem.of(
              name,
              null,
              "cannot be set: the broker decides "
                  + kafka.property()
                  + " of a group under "
                  + Setting.GROUP_PROTOCOL.variable()
                  + "="
                  + protocol.kafkaName(),
              null));
    } else if (KafkaProperty.secret(kafka.property())) {
      env.secret(kafka.variable())
          .ifPresent(secret -> properties.put(kafka.property(), secret.value()));
    } else {
      env.effective(name, value.strip());
      properties.put(kafka.property(), value.strip());
    }
  }

  private Map<String, Object> knownBy(Set<String> names) {
    Map<String, Object> known = new TreeMap<>(properties);
    known.keySet().retainAll(names);
    return known;
  }
}
