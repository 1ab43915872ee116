package io.patrolagent.common.stage;

import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.config.TopicSettings;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.ops.InstallationCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * What can be asked of a broker without doing anything there: topics as they have to be, and the
 * rights of whoever asks, held against those that some parties need.
 */
public final class KafkaChecks {

  private static final String PRINTED = "./patrol topics --format commands prints what to run";

  private final KafkaSettings kafka;
  private final TopicSettings settings;
  private final Topics topics;

  public KafkaChecks(KafkaSettings kafka, TopicSettings settings) {
    this.kafka = kafka;
    this.settings = settings;
    this.topics = new Topics(settings.prefix());
  }

  /** The broker first, then each topic of these parties, then each party's rights. */
  public List<InstallationCheck> of(Set<Party> parties) {
    List<InstallationCheck> checks = new ArrayList<>();
    checks.add(
        InstallationCheck.of(
            "kafka",
            "start it, or set PATROL_KAFKA_BOOTSTRAP_SERVERS and its security properties",
            this::brokers));
    Set<String> used = new TreeSet<>();
    parties.forEach(party -> used.addAll(KafkaRights.topicsOf(settings, party)));
    List<Topics.Specification> wanted =
        topics.specifications().stream().filter(topic -> used.contains(topic.name())).toList();
    for (Topics.Specification topic : wanted) {
      checks.add(
          InstallationCheck.of(
              "topic " + topic.name(), PRINTED, () -> verified(List.of(topic), "as it should be")));
    }
    checks.add(
        InstallationCheck.of(
            "topics of equal width",
            "give them equally many partitions",
            () -> verified(wanted, "lanes, journals and the status view fit together")));
    for (Party party : parties) {
      checks.add(InstallationCheck.of("rights of " + party, PRINTED, () -> rights(party)));
    }
    return checks;
  }

  private String brokers() throws Exception {
    try (Admin admin = Admin.create(kafka.forAdmin())) {
      return TopicProvisioner.await(admin.describeCluster().nodes()).size()
          + " brokers at "
          + kafka.bootstrapServers();
    }
  }

  private String verified(List<Topics.Specification> wanted, String fine) throws Exception {
    try (Admin admin = Admin.create(kafka.forAdmin())) {
      List<String> complaints = new TopicVerification(admin, topics, wanted).complaints();
      if (!complaints.isEmpty()) {
        throw new PermanentFailureException(String.join("; ", complaints));
      }
      return fine;
    }
  }

  private String rights(Party party) throws Exception {
    List<KafkaRight> needed = KafkaRights.of(settings, party);
    List<String> missing = new ArrayList<>();
    try (Admin admin = Admin.create(kafka.forAdmin())) {
      for (KafkaRight right : needed) {
        Set<AclOperation> lacking = lacking(admin, right);
        if (!lacking.isEmpty()) {
          missing.add(
              lacking + " on " + right.resource().resourceType() + " " + right.resource().name());
        }
      }
    }
    if (!missing.isEmpty()) {
      throw new PermanentFailureException("this principal lacks " + String.join("; ", missing));
    }
    return needed.size() + " of " + needed.size();
  }

  private static Set<AclOperation> lacking(Admin admin, KafkaRight right) throws Exception {
    String name = right.resource().name();
    return switch (right.resource().resourceType()) {
      case TOPIC -> lackingOnTopic(admin, right);
      case GROUP -> visible(admin.describeConsumerGroups(List.of(name)).all(), right);
      case TRANSACTIONAL_ID ->
          visible(
              admin.describeTransactions(List.of(name + "check")).description(name + "check"),
              right);
      default -> Set.of();
    };
  }

  private static Set<AclOperation> lackingOnTopic(Admin admin, KafkaRight right) throws Exception {
    String name = right.resource().name();
    try {
      Set<AclOperation> allowed =
          TopicProvisioner.await(
                  admin
                      .describeTopics(
                          List.of(name),
                          new DescribeTopicsOptions().includeAuthorizedOperations(true))
                      .allTopicNames())
              .values()
              .iterator()
              .next()
              .authorizedOperations();
      Set<AclOperation> lacking = new TreeSet<>(right.operations());
      lacking.remove(AclOperation.CREATE); // it is there
      lacking.removeAll(allowed);
      return lacking;
    } catch (UnknownTopicOrPartitionException e) {
      return Set.of(); // its own check says so
    } catch (AuthorizationException e) {
      return right.operations();
    }
  }

  /** Who may read a group or write in a transaction may see it, were it there or not. */
  private static Set<AclOperation> visible(KafkaFuture<?> description, KafkaRight right)
      throws Exception {
    try {
      TopicProvisioner.await(description);
      return Set.of();
    } catch (GroupIdNotFoundException | TransactionalIdNotFoundException e) {
      return Set.of();
    } catch (AuthorizationException e) {
      return right.operations();
    }
  }
}
