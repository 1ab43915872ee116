package io.patrolagent.common.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.config.TopicSettings;
import io.patrolagent.common.event.Topics;
import io.patrolagent.embedded.EmbeddedKafka;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TopicProvisionerIT {

  private static EmbeddedKafka broker;
  private static KafkaSettings kafka;
  private static Admin admin;

  private final Topics topics = new Topics("topics-" + UUID.randomUUID() + ".");

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedKafka.start();
    kafka = KafkaSettings.of(broker.bootstrapServers());
    admin = Admin.create(kafka.forAdmin());
  }

  @AfterAll
  static void stopBroker() {
    admin.close();
    broker.close();
  }

  @Test
  void everyTopicIsMadeAsItIsSpecified() throws Exception {
    create(3, OptionalInt.of(1));

    assertThat(descriptions())
        .hasSameSizeAs(topics.specifications())
        .allSatisfy((name, t) -> hasPartitions(t, 3));
    for (Topics.Specification topic : topics.specifications()) {
      Config config = configuration(topic.name());
      assertThat(topic.configuration())
          .allSatisfy((key, value) -> assertThat(config.get(key).value()).isEqualTo(value));
      assertThat(config.get("min.insync.replicas").value()).isEqualTo("1");
    }
  }

  @Test
  void makingThemAgainChangesNothing() throws Exception {
    create(3, OptionalInt.empty());
    var before = ids();

    create(5, OptionalInt.empty());

    assertThat(ids()).isEqualTo(before);
    assertThat(descriptions()).allSatisfy((name, t) -> hasPartitions(t, 3));
  }

  @Test
  void aTopicThatIsThereIsLeftAsItIsAndTheOthersAreMade() throws Exception {
    make(topics.requested(), 7, Map.of("retention.ms", "1000"));

    create(3, OptionalInt.empty());

    assertThat(descriptions()).hasSameSizeAs(topics.specifications());
    hasPartitions(descriptions().get(topics.requested()), 7);
    assertThat(configuration(topics.requested()).get("retention.ms").value()).isEqualTo("1000");
  }

  @Test
  void topicsThatAreAsTheyShouldBePassVerification() throws Exception {
    create(2, OptionalInt.empty());

    assertThatCode(this::verify).doesNotThrowAnyException();
  }

  @Test
  void verificationNamesEveryTopicThatIsMissingAndMakesNone() throws Exception {
    make(topics.requested(), 1, Map.of("max.message.bytes", "4194304"));

    assertThatThrownBy(this::verify)
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageStartingWith("PATROL_TOPICS=verify, and: ")
        .hasMessageNotContaining("topic " + topics.requested() + " does not exist")
        .satisfies(
            e -> {
              for (Topics.Specification topic : topics.specifications()) {
                if (!topic.name().equals(topics.requested())) {
                  assertThat(e).hasMessageContaining("topic " + topic.name() + " does not exist");
                }
              }
            });
    assertThat(admin.listTopics().names().get().stream().filter(n -> n.startsWith(topics.prefix())))
        .containsExactly(topics.requested());
  }

  @Test
  void verificationOfAnEmptyClusterNamesThemAll() {
    assertThatThrownBy(this::verify)
        .isInstanceOf(PermanentFailureException.class)
        .satisfies(
            e ->
                assertThat(e.getMessage().split("does not exist", -1))
                    .hasSize(topics.specifications().size() + 1));
  }

  @Test
  void verificationRefusesLanesOfUnequalWidth() throws Exception {
    create(2, OptionalInt.empty());
    admin
        .createPartitions(Map.of(topics.snapshotTakenOnDemand(), NewPartitions.increaseTo(3)))
        .all()
        .get();
    await().until(() -> partitions(topics.snapshotTakenOnDemand()) == 3);

    assertThatThrownBy(this::verify)
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageStartingWith(
            "PATROL_TOPICS=verify, and: topics %s and %s must have equally many partitions,"
                    .formatted(topics.snapshotTaken(), topics.snapshotTakenOnDemand())
                + " not 2 and 3");
  }

  @Test
  void verificationRefusesAJournalThatIsNotAsWideAsItsLane() throws Exception {
    create(2, OptionalInt.empty());
    String journal = topics.journal(topics.snapshotTaken());
    admin.createPartitions(Map.of(journal, NewPartitions.increaseTo(3))).all().get();
    await().until(() -> partitions(journal) == 3);

    assertThatThrownBy(this::verify)
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageStartingWith(
            "PATROL_TOPICS=verify, and: topics %s and %s must have equally many partitions,"
                    .formatted(topics.snapshotTaken(), journal)
                + " not 2 and 3");
  }

  @Test
  void verificationRefusesWhatTheStatusViewCannotReadTogether() throws Exception {
    create(2, OptionalInt.empty());
    String finished = topics.reportFinished();
    admin.createPartitions(Map.of(finished, NewPartitions.increaseTo(3))).all().get();
    await().until(() -> partitions(finished) == 3);

    assertThatThrownBy(this::verify)
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageStartingWith(
            "PATROL_TOPICS=verify, and: topics %s and %s must have equally many partitions,"
                    .formatted(topics.snapshotTaken(), finished)
                + " not 2 and 3");
  }

  @Test
  void verificationRefusesTopicsThatCannotTakeTheirEventsAllAtOnce() throws Exception {
    make(
        topics.requested(),
        2,
        Map.of("max.message.bytes", "1048576", "message.timestamp.type", "LogAppendTime"));
    make(
        topics.reportFinished(),
        2,
        Map.of("max.message.bytes", "1048575", "message.timestamp.type", "LogAppendTime"));
    create(2, OptionalInt.empty());

    assertThatThrownBy(this::verify)
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageStartingWith(
            "PATROL_TOPICS=verify, and:"
                + " topic %s needs max.message.bytes of at least 4194304, not 1048576;"
                    .formatted(topics.requested())
                + " topic %s needs max.message.bytes of at least 1048576, not 1048575"
                    .formatted(topics.reportFinished()));
  }

  @Test
  void verificationRefusesACompactionThatLosesRecordsAndOneThatIsMissing() throws Exception {
    make(topics.requested(), 2, Map.of("cleanup.policy", "compact"));
    make(topics.status(), 2, Map.of("cleanup.policy", "delete"));
    create(2, OptionalInt.empty());

    assertThatThrownBy(this::verify)
        .hasMessageContaining(
            "topic %s needs cleanup.policy=delete, not compact".formatted(topics.requested()))
        .hasMessageContaining(
            "topic %s needs cleanup.policy=compact, not delete".formatted(topics.status()))
        .hasMessageContaining("'./patrol topics' prints how they have to be");
  }

  @Test
  void verificationRefusesTimesOfProducersClocksAndWritesThatNoReplicaCouldTake() throws Exception {
    make(
        topics.requested(),
        2,
        Map.of("message.timestamp.type", "CreateTime", "max.message.bytes", "4194304"));
    make(topics.failed(), 2, Map.of("min.insync.replicas", "2", "max.message.bytes", "4194304"));
    create(2, OptionalInt.empty());

    assertThatThrownBy(this::verify)
        .hasMessageContaining(
            "topic %s needs message.timestamp.type=LogAppendTime, not CreateTime"
                .formatted(topics.requested()))
        .hasMessageContaining(
            "topic %s needs min.insync.replicas of at most its 1 replicas, not 2"
                .formatted(topics.failed()));
  }

  @Test
  void aServiceMakesAndVerifiesItsOwnTopicsAlone() throws Exception {
    TopicSettings settings =
        new TopicSettings(
            topics.prefix(),
            TopicSettings.Topics.CREATE,
            2,
            TopicSettings.BROKER_DEFAULT,
            OptionalInt.empty());

    new TopicProvisioner(kafka, settings, Party.SCHEDULER).run();

    awaitTopic(topics.requested());
    assertThat(admin.listTopics().names().get().stream().filter(n -> n.startsWith(topics.prefix())))
        .containsExactly(topics.requested());
  }

  @Test
  void howLongAndHowCompressedIsNotVerified() throws Exception {
    make(
        topics.agentFinished(),
        2,
        Map.of(
            "max.message.bytes", "8388608",
            "retention.ms", "1000",
            "compression.type", "gzip",
            "message.timestamp.type", "LogAppendTime"));
    create(2, OptionalInt.empty());

    assertThatCode(this::verify).doesNotThrowAnyException();
  }

  private void create(int partitions, OptionalInt minIsr) throws Exception {
    provision(TopicSettings.Topics.CREATE, partitions, minIsr);
    for (Topics.Specification topic : topics.specifications()) {
      awaitTopic(topic.name());
    }
  }

  private void verify() throws Exception {
    provision(TopicSettings.Topics.VERIFY, 2, OptionalInt.empty());
  }

  private void provision(TopicSettings.Topics mode, int partitions, OptionalInt minIsr)
      throws Exception {
    new TopicProvisioner(
            kafka,
            new TopicSettings(
                topics.prefix(), mode, partitions, TopicSettings.BROKER_DEFAULT, minIsr))
        .run();
  }

  private static void make(String name, int partitions, Map<String, String> configuration)
      throws Exception {
    NewTopic topic = new NewTopic(name, partitions, (short) 1).configs(configuration);
    admin.createTopics(List.of(topic)).all().get();
    awaitTopic(name);
  }

  /** A broker learns of a topic a moment after the controller has made it. */
  private static void awaitTopic(String name) {
    await()
        .ignoreException(UnknownTopicOrPartitionException.class)
        .until(() -> partitions(name) > 0);
  }

  private static int partitions(String topic) throws Exception {
    try {
      return admin
          .describeTopics(List.of(topic))
          .allTopicNames()
          .get()
          .get(topic)
          .partitions()
          .size();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof UnknownTopicOrPartitionException unknown ? unknown : e;
    }
  }

  private Map<String, TopicDescription> descriptions() throws Exception {
    List<String> names = topics.specifications().stream().map(t -> t.name()).toList();
    return admin.describeTopics(names).allTopicNames().get();
  }

  private List<String> ids() throws Exception {
    return descriptions().values().stream().map(t -> t.topicId().toString()).sorted().toList();
  }

  private static Config configuration(String topic) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return admin.describeConfigs(List.of(resource)).all().get().get(resource);
  }

  private static void hasPartitions(TopicDescription topic, int partitions) {
    assertThat(topic.partitions()).as(topic.name()).hasSize(partitions);
  }
}
