package io.patrolagent.common.stage;

import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.config.TopicSettings;
import io.patrolagent.common.event.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
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
  private final TopicSettings settings;
  private final List<Topics.Specification> wanted;

  /** For all topics of an installation. */
  public TopicProvisioner(KafkaSettings kafka, TopicSettings settings) {
    this(kafka, settings, new Topics(settings.prefix()).specifications());
  }

  /** For the topics that the party reads or writes; it need not be allowed to see the others. */
  public TopicProvisioner(KafkaSettings kafka, TopicSettings settings, Party party) {
    this(kafka, settings, specifications(settings, KafkaRights.topicsOf(settings, party)));
  }

  private TopicProvisioner(
      KafkaSettings kafka, TopicSettings settings, List<Topics.Specification> wanted) {
    this.kafka = kafka;
    this.settings = settings;
    this.wanted = wanted;
  }

  private static List<Topics.Specification> specifications(
      TopicSettings settings, Set<String> names) {
    return new Topics(settings.prefix())
        .specifications().stream().filter(topic -> names.contains(topic.name())).toList();
  }

  @Override
  public String name() {
    return "topics";
  }

  @Override
  public void run() throws Exception {
    try (Admin admin = Admin.create(kafka.forAdmin())) {
      if (settings.topics() == TopicSettings.Topics.VERIFY) {
        verify(admin);
      } else {
        create(admin);
      }
    }
  }

  private void verify(Admin admin) throws Exception {
    List<String> complaints =
        new TopicVerification(admin, new Topics(settings.prefix()), wanted).complaints();
    if (!complaints.isEmpty()) {
      throw new PermanentFailureException(
          "PATROL_TOPICS=verify, and: "
              + String.join("; ", complaints)
              + ". './patrol topics' prints how they have to be, --format commands what to run");
    }
  }

  private void create(Admin admin) throws Exception {
    ExistingTopics existing = ExistingTopics.among(admin, wanted);
    if (!existing.hidden().isEmpty()) {
      throw new PermanentFailureException(
          existing.hiddenComplaints().stream().collect(Collectors.joining("; "))
              + ". './patrol topics' prints the access control lists");
    }
    List<NewTopic> created =
        wanted.stream().filter(t -> !existing.has(t.name())).map(this::newTopic).toList();
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

  /** The result, or the cause itself instead of its wrapping. */
  static <T> T await(KafkaFuture<T> future) throws Exception {
    try {
      return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } catch (TimeoutException e) {
      throw new TimeoutException("the broker did not answer within " + TIMEOUT_SECONDS + " s");
    }
  }
}
