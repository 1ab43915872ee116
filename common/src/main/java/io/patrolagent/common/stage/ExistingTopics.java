package io.patrolagent.common.stage;

import io.patrolagent.common.event.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which of some topics are there, and which the principal may not even look at. */
record ExistingTopics(Map<String, TopicDescription> found, List<String> hidden) {

  private static final Logger LOG = LoggerFactory.getLogger(ExistingTopics.class);

  static ExistingTopics among(Admin admin, List<Topics.Specification> wanted) throws Exception {
    Map<String, TopicDescription> found = new HashMap<>();
    List<String> hidden = new ArrayList<>();
    Map<String, KafkaFuture<TopicDescription>> answers =
        admin
            .describeTopics(wanted.stream().map(Topics.Specification::name).toList())
            .topicNameValues();
    for (Topics.Specification topic : wanted) {
      String name = topic.name();
      try {
        found.put(name, TopicProvisioner.await(Objects.requireNonNull(answers.get(name))));
      } catch (UnknownTopicOrPartitionException e) {
        LOG.debug("{} is not there", name);
      } catch (TopicAuthorizationException e) {
        hidden.add(name);
      }
    }
    return new ExistingTopics(found, hidden);
  }

  boolean has(String topic) {
    return found.containsKey(topic);
  }

  /** Of a topic that is there. */
  int partitions(String topic) {
    return Objects.requireNonNull(found.get(topic)).partitions().size();
  }

  /** Of a topic that is there: the fewest that one of its partitions has. */
  int replicas(String topic) {
    return Objects.requireNonNull(found.get(topic)).partitions().stream()
        .mapToInt(partition -> partition.replicas().size())
        .min()
        .orElse(0);
  }

  /** A broker does not tell a topic that is not there from one that may not be seen. */
  List<String> hiddenComplaints() {
    return hidden.stream()
        .map(
            name ->
                "topic "
                    + name
                    + " may not be seen by this principal, or does not exist: allow it what it does"
                    + " there (Read or Write include Describe)")
        .toList();
  }
}
