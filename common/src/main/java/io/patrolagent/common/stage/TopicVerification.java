package io.patrolagent.common.stage;

import io.patrolagent.common.event.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * Looks at topics that somebody else made. Only what breaks the pipeline is complained about: how
 * long and how compressed records are kept is the platform team's to decide.
 */
final class TopicVerification {

  private final Admin admin;
  private final Topics topics;
  private final List<Topics.Specification> wanted;

  TopicVerification(Admin admin, Topics topics, List<Topics.Specification> wanted) {
    this.admin = admin;
    this.topics = topics;
    this.wanted = wanted;
  }

  /**
   * A phrase for each thing that is wrong: topic, rule, what it is instead; none where all fits.
   */
  List<String> complaints() throws Exception {
    ExistingTopics existing = ExistingTopics.among(admin, wanted);
    List<String> complaints = new ArrayList<>();
    wanted.stream()
        .map(Topics.Specification::name)
        .filter(name -> !existing.has(name) && !existing.hidden().contains(name))
        .forEach(name -> complaints.add("topic " + name + " does not exist"));
    complaints.addAll(existing.hiddenComplaints());
    complaints.addAll(unequalPartitions(existing));
    complaints.addAll(unfitConfigurations(existing));
    return complaints;
  }

  private List<String> unequalPartitions(ExistingTopics existing) {
    Map<String, Integer> partitions = new HashMap<>();
    topics.keyedByPatrol().stream()
        .filter(existing::has)
        .forEach(topic -> partitions.put(topic, existing.partitions(topic)));
    return EqualPartitions.complaints(topics, partitions);
  }

  private List<String> unfitConfigurations(ExistingTopics existing) throws Exception {
    List<Topics.Specification> there =
        wanted.stream().filter(topic -> existing.has(topic.name())).toList();
    Map<ConfigResource, KafkaFuture<Config>> configs =
        admin
            .describeConfigs(there.stream().map(topic -> resource(topic.name())).toList())
            .values();
    List<String> complaints = new ArrayList<>();
    for (Topics.Specification topic : there) {
      try {
        Config actual =
            TopicProvisioner.await(Objects.requireNonNull(configs.get(resource(topic.name()))));
        complaints.addAll(misfits(topic, actual, existing.replicas(topic.name())));
      } catch (AuthorizationException e) {
        complaints.add(
            "the configuration of topic "
                + topic.name()
                + " may not be seen by this principal: allow it DescribeConfigs there");
      }
    }
    return complaints;
  }

  private static List<String> misfits(Topics.Specification topic, Config actual, int replicas) {
    List<String> misfits = new ArrayList<>();
    topic
        .configuration()
        .forEach(
            (key, wanted) -> {
              String value = value(actual, key);
              if (!fits(key, wanted, value)) {
                misfits.add(
                    "topic %s needs %s%s, not %s"
                        .formatted(topic.name(), key, rule(key, wanted), value));
              }
            });
    int minIsr = Integer.parseInt(value(actual, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG));
    if (minIsr > replicas) {
      misfits.add(
          "topic %s needs min.insync.replicas of at most its %d replicas, not %d"
              .formatted(topic.name(), replicas, minIsr));
    }
    return misfits.stream().sorted().toList();
  }

  private static boolean fits(String key, String wanted, String actual) {
    return switch (key) {
      case TopicConfig.MAX_MESSAGE_BYTES_CONFIG -> Long.parseLong(actual) >= Long.parseLong(wanted);
      // what is compacted drops records and refuses those without a key
      case TopicConfig.CLEANUP_POLICY_CONFIG ->
          actual.contains(TopicConfig.CLEANUP_POLICY_COMPACT)
              == wanted.contains(TopicConfig.CLEANUP_POLICY_COMPACT);
      // when a trigger came is told by the broker's clock, not by a stranger's
      case TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG -> actual.equals(wanted);
      default -> true;
    };
  }

  private static String rule(String key, String wanted) {
    return key.equals(TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
        ? " of at least " + wanted
        : "=" + wanted;
  }

  private static String value(Config config, String key) {
    ConfigEntry entry = config.get(key);
    return entry == null ? "" : entry.value();
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }
}
