package io.patrolagent.common.stage;

import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.config.TopicSettings;
import io.patrolagent.common.event.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the topics exist. With {@code PATROL_TOPICS=create} missing ones are made and
 * existing ones left as they are; with {@code verify} nothing is made, and what is missing or would
 * break the pipeline is said, all of it at once.
 */
public final class TopicProvisioner implements Preparation {

  private static final Logger LOG = LoggerFactory.getLogger(TopicProvisioner.class);
  private static final int TIMEOUT_SECONDS = 15;

  private final KafkaSettings kafka;
  private final Topics topics;
  private final TopicSettings settings;

  public TopicProvisioner(KafkaSettings kafka, TopicSettings settings) {
    this.kafka = kafka;
    this.topics = new Topics(settings.prefix());
    this.settings = settings;
  }

  @Override
  public String name() {
    return "topics";
  }

  @Override
  public void run() throws Exception {
    try (Admin admin = Admin.create(kafka.forAdmin())) {
      Map<String, TopicDescription> existing = existing(admin);
      List<Topics.Specification> missing =
          topics.specifications().stream().filter(t -> !existing.containsKey(t.name())).toList();
      if (settings.topics() == TopicSettings.Topics.VERIFY) {
        verify(admin, existing, missing);
      } else {
        create(admin, missing);
      }
    }
  }

  private Map<String, TopicDescription> existing(Admin admin) throws Exception {
    List<String> names = topics.specifications().stream().map(t -> t.name()).toList();
    Map<String, TopicDescription> found = new HashMap<>();
    for (var entry : admin.describeTopics(names).topicNameValues().entrySet()) {
      describe(entry.getValue()).ifPresent(topic -> found.put(entry.getKey(), topic));
    }
    return found;
  }

  private static Optional<TopicDescription> describe(KafkaFuture<TopicDescription> topic)
      throws Exception {
    try {
      return Optional.of(await(topic));
    } catch (UnknownTopicOrPartitionException e) {
      return Optional.empty();
    }
  }

  private void create(Admin admin, List<Topics.Specification> missing) throws Exception {
    List<NewTopic> created = missing.stream().map(this::newTopic).toList();
    var results =
        admin.createTopics(created, new CreateTopicsOptions().retryOnQuotaViolation(true)).values();
    for (var entry : results.entrySet()) {
      try {
        await(entry.getValue());
        LOG.info("created topic {}", entry.getKey());
      } catch (TopicExistsException e) {
        LOG.debug("another instance created {} meanwhile", entry.getKey());
      }
    }
  }

  private NewTopic newTopic(Topics.Specification topic) {
    Map<String, String> configuration = new HashMap<>(topic.configuration());
    settings
        .minIsr()
        .ifPresent(isr -> configuration.put("min.insync.replicas", Integer.toString(isr)));
    Optional<Short> replicas =
        settings.replicationFactor() == TopicSettings.BROKER_DEFAULT
            ? Optional.empty()
            : Optional.of((short) settings.replicationFactor());
    return new NewTopic(topic.name(), Optional.of(settings.partitions()), replicas)
        .configs(configuration);
  }

  private void verify(
      Admin admin, Map<String, TopicDescription> existing, List<Topics.Specification> missing)
      throws Exception {
    List<String> complaints = new ArrayList<>();
    missing.forEach(topic -> complaints.add("topic " + topic.name() + " does not exist"));
    complaints.addAll(unequalLanes(existing));
    complaints.addAll(unfitConfigurations(admin, existing));
    if (!complaints.isEmpty()) {
      throw new PermanentFailureException(
          "PATROL_TOPICS=verify, and: " + String.join("; ", complaints));
    }
  }

  /** A lane's journal has the partition numbers of the lane, and each lane those of the other. */
  private List<String> unequalLanes(Map<String, TopicDescription> existing) {
    String first = topics.snapshotTaken();
    String other = topics.snapshotTakenOnDemand();
    return Stream.of(other, topics.journal(first), topics.journal(other))
        .filter(name -> existing.containsKey(first) && existing.containsKey(name))
        .filter(name -> partitions(existing, name) != partitions(existing, first))
        .map(
            name ->
                "topics %s and %s must have equally many partitions, not %d and %d"
                    .formatted(
                        first, name, partitions(existing, first), partitions(existing, name)))
        .toList();
  }

  private static int partitions(Map<String, TopicDescription> existing, String topic) {
    return Objects.requireNonNull(existing.get(topic)).partitions().size();
  }

  /**
   * Only what breaks the pipeline: how long and how compressed is the platform team's to decide.
   */
  private List<String> unfitConfigurations(Admin admin, Map<String, TopicDescription> existing)
      throws Exception {
    List<ConfigResource> resources =
        existing.keySet().stream()
            .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
            .toList();
    Map<String, Config> configs = new TreeMap<>();
    await(admin.describeConfigs(resources).all())
        .forEach((resource, config) -> configs.put(resource.name(), config));
    List<String> complaints = new ArrayList<>();
    for (Topics.Specification topic : topics.specifications()) {
      Config config = configs.get(topic.name());
      if (config != null) {
        long needed = Long.parseLong(topic.configuration().getOrDefault("max.message.bytes", "0"));
        long actual = Long.parseLong(config.get("max.message.bytes").value());
        if (actual < needed) {
          complaints.add(
              "topic %s needs max.message.bytes of at least %d, not %d"
                  .formatted(topic.name(), needed, actual));
        }
      }
    }
    return complaints;
  }

  /** The result, or the cause itself instead of its wrapping. */
  private static <T> T await(KafkaFuture<T> future) throws Exception {
    try {
      return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } catch (TimeoutException e) {
      throw new TimeoutException("the broker did not answer within " + TIMEOUT_SECONDS + " s");
    }
  }
}
