package io.patrolagent.reportsink.status;

import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.stage.EqualPartitions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics that the view reads and writes, looked up before it starts. */
final class ViewTopics {

  private static final int TIMEOUT_SECONDS = 15;

  private final KafkaSettings kafka;
  private final Topics topics;

  ViewTopics(KafkaSettings kafka, Topics topics) {
    this.kafka = kafka;
    this.topics = topics;
  }

  /**
   * Kafka's id of {@code patrol.requested}, once all topics are there and fit each other.
   *
   * @throws IllegalStateException saying which topics are missing or have another number of
   *     partitions
   */
  String requestedTopicId() throws Exception {
    Map<String, TopicDescription> found = existing();
    Map<String, Integer> partitions = new HashMap<>();
    found.forEach((name, topic) -> partitions.put(name, topic.partitions().size()));
    List<String> complaints = new ArrayList<>();
    names().stream()
        .filter(name -> !found.containsKey(name))
        .forEach(name -> complaints.add("topic " + name + " does not exist"));
    complaints.addAll(EqualPartitions.complaints(topics, partitions));
    TopicDescription requested = found.get(topics.requested());
    if (requested == null || !complaints.isEmpty()) {
      throw new IllegalStateException(String.join("; ", complaints));
    }
    return requested.topicId().toString();
  }

  private Set<String> names() {
    Set<String> names = new TreeSet<>(topics.keyedByPatrol());
    names.add(topics.requested());
    names.add(topics.status());
    return names;
  }

  private Map<String, TopicDescription> existing() throws Exception {
    Map<String, TopicDescription> found = new HashMap<>();
    try (Admin admin = Admin.create(kafka.forAdmin())) {
      for (var topic : admin.describeTopics(names()).topicNameValues().entrySet()) {
        try {
          found.put(topic.getKey(), await(topic.getValue()));
        } catch (ExecutionException e) {
          if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
            throw e.getCause() instanceof Exception cause ? cause : e;
          }
        }
      }
    }
    return found;
  }

  private static TopicDescription await(KafkaFuture<TopicDescription> topic) throws Exception {
    return topic.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }
}
