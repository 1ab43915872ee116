package io.patrolagent.standalone.topics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patrolagent.agentrunner.AgentRunnerService;
import io.patrolagent.aggregator.AggregatorService;
import io.patrolagent.common.client.PatrolClient;
import io.patrolagent.common.client.Subscription;
import io.patrolagent.common.config.DatabaseSettings;
import io.patrolagent.common.config.Env;
import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.config.TopicSettings;
import io.patrolagent.common.event.PatrolRequested;
import io.patrolagent.common.event.ReportFinished;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.ops.Health;
import io.patrolagent.common.ops.Service;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.stage.KafkaRight;
import io.patrolagent.common.stage.KafkaRights;
import io.patrolagent.common.stage.Party;
import io.patrolagent.common.stage.TopicProvisioner;
import io.patrolagent.embedded.EmbeddedDatabase;
import io.patrolagent.embedded.ReferenceSchema;
import io.patrolagent.embedded.SecuredBroker;
import io.patrolagent.embedded.fleet.DemoFleet;
import io.patrolagent.embedded.fleet.FleetOptions;
import io.patrolagent.reportsink.ReportSinkService;
import io.patrolagent.standalone.command.PatrolCommand;
import io.patrolagent.standalone.pipeline.ReaderRole;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The pipeline on a broker that allows what the printed lists allow and nothing else, over TLS,
 * with a login for each service and topics that somebody else made.
 */
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AccessControlIT {

  private static final Map<String, String> HOUSE =
      Map.of(
          "PATROL_TOPIC_PREFIX", "house.",
          "PATROL_TOPICS", "verify",
          "PATROL_TOPIC_PARTITIONS", "1");
  private static final Topics TOPICS = new Topics("house.");

  @TempDir private static Path directory;
  private static SecuredKafka kafka;
  private static EmbeddedDatabase database;
  private static Map<String, String> owner;
  private static DatabaseSettings reader;
  private static Admin admin;

  private final List<Service> services = new ArrayList<>();

  @BeforeAll
  static void startPlatform() throws Exception {
    kafka = SecuredKafka.start(directory);
    database = EmbeddedDatabase.start();
    try (Connection connection =
        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password())) {
      ReferenceSchema.create(connection);
      new DemoFleet(FleetOptions.defaults(Instant.now()).withClusters(40)).load(connection);
    }
    owner =
        Map.of("PATROL_DATABASE_URL", database.jdbcUrl(), "PATROL_DATABASE_USER", database.user());
    Env env = Env.of(owner);
    reader = ReaderRole.ensure(env, DatabaseSettings.from(env));

    KafkaSettings all = kafka.settings(SecuredBroker.ADMIN);
    admin = Admin.create(all.forAdmin());
    Map<String, String> creating = new HashMap<>(HOUSE);
    creating.put("PATROL_TOPICS", "create");
    new TopicProvisioner(all, TopicSettings.from(Env.of(creating))).run();
    admin.createAcls(rights().flatMap(AccessControlIT::bindings).toList()).all().get();
  }

  @AfterAll
  static void stopPlatform() {
    admin.close();
    kafka.close();
    database.close();
  }

  @AfterEach
  void stopServices() throws Exception {
    for (Service service : services) {
      service.close();
    }
  }

  @Test
  @Order(1)
  void whatIsPrintedIsEnoughForAPatrolFromTriggerToReport() throws Exception {
    startAll();
    Set<PatrolId> mailed = ConcurrentHashMap.newKeySet();
    try (PatrolClient requester = client(Party.REQUESTER);
        PatrolClient scheduler = client(Party.SCHEDULER);
        PatrolClient mailer = client(Party.SUBSCRIBER);
        Subscription mails =
            mailer.subscribe("house.subscriber.mail", r -> mailed.add(r.patrolId()))) {
      ReportFinished asked = requester.runPatrol(ReportType.ON_DEMAND, "alice");
      assertThat(asked.status()).isEqualTo(ReportStatus.COMPLETED);

      requester.cancel(asked.patrolId(), "alice"); // too late for it, and allowed

      PatrolId slot = scheduler.trigger(PatrolRequested.of(ReportType.MORNING, "schedule"));
      await().atMost(Duration.ofMinutes(1)).until(() -> mailed.contains(slot));
    }
  }

  @Test
  @Order(2)
  void whatIsPrintedIsEnoughForBadInputAndForWhoeverTakesOver() throws Exception {
    startAll(); // with patrols in the journals
    List<PatrolId> broken = new ArrayList<>();
    try (var producer =
        new KafkaProducer<>(
            kafka.settings(SecuredBroker.ADMIN).forProducer(),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (String input :
          List.of(
              TOPICS.requested(),
              TOPICS.snapshotTaken(),
              TOPICS.snapshotTakenOnDemand(),
              TOPICS.agentFinished(),
              TOPICS.failed())) {
        PatrolId patrol = PatrolId.random();
        broken.add(patrol);
        byte[] value = "{\"patrol_id\":\"%s\",\"report_type\":7}".formatted(patrol).getBytes(UTF_8);
        producer.send(new ProducerRecord<>(input, value)).get();
      }
    }
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(deadLetters()).isEqualTo(broken.size()));

    Map<String, String> operator = new HashMap<>(kafka.variables("patrol-operator"));
    operator.putAll(HOUSE);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream printed = new PrintStream(out, true, UTF_8);
    assertThat(PatrolCommand.run(operator, printed, System.err, "dlt", "list")).isZero();
    assertThat(out.toString(UTF_8)).contains(broken.stream().map(PatrolId::toString).toList());
    assertThat(
            PatrolCommand.run(
                operator,
                printed,
                System.err,
                "dlt",
                "replay",
                "--force",
                "house.patrol.requested.dlt-0@0"))
        .isZero();
    assertThat(out.toString(UTF_8))
        .contains("house.patrol.requested.dlt-0@0 → house.patrol.requested-0@");
  }

  /** A right that nobody uses is one that nobody should have. */
  @Test
  @Order(3)
  void nothingIsPrintedForAServiceThatItDoesNotUse() {
    List<String> unused = new ArrayList<>();
    rights()
        .filter(right -> right.party() != Party.OPERATOR)
        .filter(right -> !isForWhatIsNotRunHere(right))
        .forEach(
            right ->
                right.operations().stream()
                    .filter(operation -> !used(right, operation))
                    .forEach(operation -> unused.add(describe(right, operation))));

    assertThat(unused).isEmpty();
    assertThat(RecordingAuthorizer.DENIED).as("denied, and nobody missed it").isEmpty();
  }

  static Stream<Removal> removals() {
    return Stream.of(
        new Removal(
            ResourceType.TOPIC, TOPICS.requested(), AclOperation.READ, "house.patrol.requested"),
        new Removal(
            ResourceType.TOPIC,
            TOPICS.snapshotTaken(),
            AclOperation.DESCRIBE_CONFIGS,
            "the configuration of topic house.patrol.snapshot-taken may not be seen by this"
                + " principal"),
        new Removal(
            ResourceType.TOPIC,
            TOPICS.failed(),
            AclOperation.WRITE,
            "topic house.patrol.failed may not be seen by this principal"),
        new Removal(
            ResourceType.GROUP,
            TOPICS.group("aggregator"),
            AclOperation.READ,
            "house.patrol.aggregator"),
        new Removal(
            ResourceType.TRANSACTIONAL_ID,
            TOPICS.group("aggregator") + "-",
            AclOperation.WRITE,
            "Transactional Id authorization failed"));
  }

  /** A right of the aggregator, and what its health says where it is missing. */
  record Removal(ResourceType type, String name, AclOperation operation, String complaint) {
    KafkaRight right() {
      return rights()
          .filter(right -> right.party() == Party.AGGREGATOR)
          .filter(right -> right.resource().resourceType() == type)
          .filter(right -> right.resource().name().equals(name))
          .findFirst()
          .orElseThrow();
    }
  }

  @ParameterizedTest
  @MethodSource("removals")
  @Order(4)
  void aRightThatIsMissingIsNamed(Removal removal) throws Exception {
    List<AclBinding> taken =
        bindings(removal.right())
            .filter(binding -> binding.entry().operation() == removal.operation())
            .toList();
    List<AclBindingFilter> filters = taken.stream().map(AclBinding::toFilter).toList();
    admin.deleteAcls(filters).all().get();
    try (Health health = new Health()) {
      Service service = start(Party.AGGREGATOR);
      service.contribute(health);

      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(health.ready().causes()).contains(removal.complaint()));
    } finally {
      admin.createAcls(taken).all().get();
    }
  }

  private static Stream<KafkaRight> rights() {
    return KafkaRights.of(TopicSettings.from(Env.of(HOUSE))).stream();
  }

  private static Stream<AclBinding> bindings(KafkaRight right) {
    return right.bindings("User:patrol-" + right.party());
  }

  private static boolean used(KafkaRight right, AclOperation operation) {
    return RecordingAuthorizer.ALLOWED.stream()
        .filter(use -> use.principal().equals("User:patrol-" + right.party()))
        .filter(use -> use.type() == right.resource().resourceType())
        .filter(use -> use.operation() == operation)
        .anyMatch(
            use ->
                right.resource().patternType() == PatternType.PREFIXED
                    ? use.name().startsWith(right.resource().name())
                    : use.name().equals(right.resource().name()));
  }

  /** No scheduler and no patrol status is run here. */
  private static boolean isForWhatIsNotRunHere(KafkaRight right) {
    return right.party() == Party.SCHEDULER
        || (right.party() == Party.REQUESTER && right.resource().name().equals(TOPICS.status()));
  }

  private static String describe(KafkaRight right, AclOperation operation) {
    return right.party() + " " + operation + " " + right.resource();
  }

  private void startAll() throws Exception {
    try (Health health = new Health()) {
      for (Party party : List.of(Party.REPORT_SINK, Party.AGENT_RUNNER, Party.AGGREGATOR)) {
        start(party).contribute(health);
      }
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () -> assertThat(health.ready().up()).as(health.ready().causes()).isTrue());
    }
  }

  private Service start(Party party) throws Exception {
    Map<String, String> variables = new HashMap<>(kafka.variables("patrol-" + party));
    variables.putAll(HOUSE);
    variables.putAll(owner);
    if (party == Party.AGENT_RUNNER) {
      variables.put("PATROL_DATABASE_USER", reader.user());
    }
    Env env = Env.of(variables);
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    Service service =
        switch (party) {
          case AGGREGATOR -> AggregatorService.create(env, meters);
          case AGENT_RUNNER -> AgentRunnerService.create(env, meters);
          case REPORT_SINK -> ReportSinkService.create(env, meters);
          default -> throw new IllegalArgumentException(party + " is no stage");
        };
    services.add(service);
    service.start();
    return service;
  }

  private static PatrolClient client(Party party) throws Exception {
    return new PatrolClient(kafka.settings("patrol-" + party), TOPICS);
  }

  private static long deadLetters() throws Exception {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    TOPICS.specifications().stream()
        .filter(topic -> Topics.isDeadLetter(topic.name()))
        .forEach(topic -> latest.put(new TopicPartition(topic.name(), 0), OffsetSpec.latest()));
    return admin.listOffsets(latest).all().get().values().stream()
        .filter(e -> e.offset() > 0)
        .count();
  }
}
