package io.patrolagent.standalone.topics;

import io.patrolagent.common.config.TopicSettings;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.stage.KafkaRight;
import io.patrolagent.common.stage.KafkaRights;
import io.patrolagent.common.stage.Party;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;

/** The topics of an installation, how each is made, and who may do what; nothing is asked. */
public final class TopicSheet {

  private final TopicSettings settings;
  private final Map<Party, String> principals;
  private final List<KafkaRight> rights;

  /**
   * @param principals of the parties that have one other than {@code User:patrol-PARTY}
   */
  public TopicSheet(TopicSettings settings, Map<Party, String> principals) {
    this.settings = settings;
    this.principals = Map.copyOf(principals);
    this.rights = KafkaRights.of(settings);
  }

  /** A topic as it has to be made. */
  public record Topic(
      String name,
      int partitions,
      OptionalInt replicationFactor,
      SortedMap<String, String> configuration,
      List<Party> writtenBy,
      List<Party> readBy) {}

  public List<Topic> topics() {
    return new Topics(settings.prefix()).specifications().stream().map(this::topic).toList();
  }

  public List<KafkaRight> rights() {
    return rights;
  }

  public String principal(Party party) {
    return principals.getOrDefault(party, "User:patrol-" + party);
  }

  private Topic topic(Topics.Specification topic) {
    SortedMap<String, String> configuration = new TreeMap<>(topic.configuration());
    settings
        .minIsr()
        .ifPresent(isr -> configuration.put("min.insync.replicas", Integer.toString(isr)));
    return new Topic(
        topic.name(),
        settings.partitions(),
        settings.replicationFactor() == TopicSettings.BROKER_DEFAULT
            ? OptionalInt.empty()
            : OptionalInt.of(settings.replicationFactor()),
        configuration,
        allowed(topic.name(), AclOperation.WRITE),
        allowed(topic.name(), AclOperation.READ));
  }

  private List<Party> allowed(String topic, AclOperation operation) {
    return rights.stream()
        .filter(right -> right.resource().resourceType() == ResourceType.TOPIC)
        .filter(right -> right.resource().name().equals(topic))
        .filter(right -> right.operations().contains(operation))
        .map(KafkaRight::party)
        .toList();
  }

  static String names(List<Party> parties) {
    return parties.stream().map(Party::toString).collect(Collectors.joining(", "));
  }

  static Stream<String> operations(KafkaRight right) {
    return right.operations().stream().map(TopicSheet::name);
  }

  /** As Kafka's tools write it: {@code DescribeConfigs}. */
  private static String name(AclOperation operation) {
    return Stream.of(operation.name().split("_", -1))
        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }
}
