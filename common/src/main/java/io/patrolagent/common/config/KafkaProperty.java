package io.patrolagent.common.config;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigException;

/** What the Kafka clients know of their own properties, and what of them is not an operator's. */
final class KafkaProperty {

  private static final SortedMap<String, ConfigKey> KNOWN = known();

  /** The guarantees hang on these: each is refused with its reason. */
  private static final Map<String, String> OWNED =
      Map.ofEntries(
          Map.entry("client.id", "names each client so that logs and metrics tell them apart"),
          Map.entry("group.id", "is the service's name behind PATROL_TOPIC_PREFIX"),
          Map.entry("group.instance.id", "would keep a dead member's partitions from its peers"),
          Map.entry("group.protocol", "is said by PATROL_GROUP_PROTOCOL"),
          Map.entry("group.remote.assignor", "is the broker's default"),
          Map.entry("transactional.id", "is made of group, topic and partition to fence zombies"),
          Map.entry("transaction.timeout.ms", "bounds how long a dead owner holds a partition"),
          Map.entry("transaction.two.phase.commit.enable", "would leave transactions open"),
          Map.entry("enable.idempotence", "has to be on for transactions"),
          Map.entry("acks", "has to be all for transactions"),
          Map.entry("linger.ms", "is 0, since every record is awaited"),
          Map.entry("max.request.size", "fits the largest event and dead letter"),
          Map.entry("enable.auto.commit", "is off, since offsets are part of the transaction"),
          Map.entry("auto.commit.interval.ms", "has no meaning while nothing commits by itself"),
          Map.entry("auto.offset.reset", "is earliest, since no trigger may be lost"),
          Map.entry("isolation.level", "is read_committed, since what was aborted never happened"),
          Map.entry("max.poll.records", "is the stage runtime's"),
          Map.entry("allow.auto.create.topics", "is off: PATROL_TOPICS says who creates topics"),
          Map.entry("key.serializer", "is part of the events' format"),
          Map.entry("value.serializer", "is part of the events' format"),
          Map.entry("key.deserializer", "is part of the events' format"),
          Map.entry("value.deserializer", "is part of the events' format"));

  private KafkaProperty() {}

  static boolean known(String name) {
    return KNOWN.containsKey(name);
  }

  static Set<String> names() {
    return KNOWN.keySet();
  }

  static Set<String> owned() {
    return OWNED.keySet();
  }

  /** Whether Kafka itself hides the value. */
  static boolean secret(String name) {
    ConfigKey key = KNOWN.get(name);
    return key != null && key.type == ConfigDef.Type.PASSWORD;
  }

  /** Why the runtime sets it and an operator may not. */
  static Optional<String> owned(String name) {
    return Optional.ofNullable(OWNED.get(name));
  }

  /** What Kafka has against the value, in its own words; never said of a secret. */
  static Optional<String> objection(String name, String value) {
    ConfigKey key = KNOWN.get(name);
    if (key == null || secret(name)) {
      return Optional.empty();
    }
    try {
      Object parsed = ConfigDef.parseType(name, value, key.type);
      if (key.validator != null) {
        key.validator.ensureValid(name, parsed);
      }
      return Optional.empty();
    } catch (ConfigException invalid) {
      return Optional.ofNullable(invalid.getMessage());
    }
  }

  private static SortedMap<String, ConfigKey> known() {
    SortedMap<String, ConfigKey> keys = new TreeMap<>();
    keys.putAll(ConsumerConfig.configDef().configKeys());
    keys.putAll(ProducerConfig.configDef().configKeys());
    keys.putAll(AdminClientConfig.configDef().configKeys());
    return keys;
  }
}
