package io.patrolagent.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patrolagent.common.client.PatrolClient;
import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.event.AgentFinished;
import io.patrolagent.common.event.Event;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.event.EventRecord;
import io.patrolagent.common.event.EventType;
import io.patrolagent.common.event.PatrolFailed;
import io.patrolagent.common.event.SnapshotTaken;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.FleetSnapshot.AlertCounts;
import io.patrolagent.common.patrol.FleetSnapshot.ClusterCounts;
import io.patrolagent.common.patrol.FleetSnapshot.HealthDistribution;
import io.patrolagent.common.patrol.FleetSnapshot.IssueCounts;
import io.patrolagent.common.patrol.FleetSnapshot.RiskDistribution;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.patrol.Scope;
import io.patrolagent.embedded.EmbeddedDatabase;
import io.patrolagent.embedded.EmbeddedKafka;
import io.patrolagent.embedded.ReferenceSchema;
import io.patrolagent.systemtests.model.Hold;
import io.patrolagent.systemtests.model.StubModel;
import io.patrolagent.systemtests.process.ServiceProcess;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The agent-runner killed, stopped and doubled at each step of a patrol. What its model was asked
 * is counted where it is paid for: at the model's server.
 */
@Timeout(300)
class AgentRunnerFaultsIT {

  private static final int ROUNDS = StubModel.ROUNDS;

  private static EmbeddedKafka kafka;
  private static EmbeddedDatabase database;

  private final Topics topics = new Topics("t-" + UUID.randomUUID() + ".");
  private final List<ServiceProcess> processes = new ArrayList<>();
  private StubModel model;

  @BeforeAll
  static void startPlatform() throws Exception {
    kafka =
        EmbeddedKafka.start(
            EmbeddedKafka.Options.defaults()
                .withBrokerOverride("group.consumer.session.timeout.ms", "3000")
                .withBrokerOverride("group.consumer.heartbeat.interval.ms", "500"));
    database = EmbeddedDatabase.start();
    try (Connection connection =
        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password())) {
      ReferenceSchema.create(connection);
      connection
          .createStatement()
          .execute(
              """
              create role patrol_reader login;
              grant usage on schema byoc, alerts, knowledge to patrol_reader;
              grant select on all tables in schema byoc, alerts, knowledge to patrol_reader;
              """);
    }
  }

  @AfterAll
  static void stopPlatform() {
    kafka.close();
    database.close();
  }

  @BeforeEach
  void startModel() throws Exception {
    model = StubModel.start();
  }

  @AfterEach
  void stopProcesses() {
    processes.forEach(ServiceProcess::close);
    model.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void killedDuringAModelCallTheNextRunnerRepeatsThatCallAlone(int round) throws Exception {
    Hold hold = model.holdNext(round);
    ServiceProcess first = startRunner();
    snapshot();
    hold.awaitReached();

    first.kill();
    hold.release();
    startRunner();

    awaitReports(1);
    List<Integer> once = new ArrayList<>(List.of(1, 2, 3));
    once.add(round, round); // the one that was under way
    assertThat(model.rounds()).isEqualTo(once);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void killedWhenAnAnswerHasJustComeAtMostThatCallIsRepeated(int round) throws Exception {
    ServiceProcess first = startRunner();
    model.afterAnswer(round, () -> killNow(first));
    snapshot();
    await().atMost(Duration.ofMinutes(1)).until(() -> !first.isAlive());

    startRunner();

    awaitReports(1);
    assertThat(model.rounds()).hasSizeBetween(ROUNDS, ROUNDS + 1);
    assertThat(model.rounds()).containsOnlyOnce(otherRounds(round));
  }

  @Test
  void aFinishedPatrolThatIsDeliveredAgainCostsNothing() throws Exception {
    ServiceProcess first = startRunner();
    snapshot();
    awaitReports(1);
    first.kill();
    setOffsetBack();

    startRunner();

    await().atMost(Duration.ofMinutes(1)).until(() -> committed() == 1);
    assertThat(model.rounds()).hasSize(ROUNDS);
    assertThat(reports()).hasSize(1);
  }

  @Test
  void aRunnerThatWasHeldUpAndBelievesThatThePatrolIsStillItsOwnWritesNothing() throws Exception {
    Hold hold = model.holdNext(2);
    ServiceProcess zombie = startRunner();
    snapshot();
    hold.awaitReached();
    zombie.stop();

    startRunner();
    awaitReports(1);
    hold.release();
    zombie.cont();
    // it has its answer now, and what it does with it shows before it takes part again
    snapshot();

    awaitReports(2);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> zombie.log().stream().anyMatch(line -> line.contains("has lost")));
    assertThat(reports()).hasSize(2);
    assertThat(model.rounds()).containsExactly(1, 2, 2, 3, 1, 2, 3);
  }

  @Test
  void limitsCountWhatARunnerBeforeHasUsed() throws Exception {
    Hold hold = model.holdNext(2);
    Map<String, String> twoRounds = Map.of("PATROL_AGENT_MAX_ROUNDS", "2");
    ServiceProcess first = startRunner(twoRounds);
    snapshot();
    hold.awaitReached();

    first.kill();
    hold.release();
    startRunner(twoRounds);

    AgentFinished finished = awaitReports(1).get(0);
    assertThat(finished.status()).isEqualTo(ReportStatus.COMPLETED);
    // the model calls in its last round too; it is refused and asked once more
    assertThat(model.rounds()).containsExactly(1, 2, 2, 3);
    assertThat(finished.usage().rounds()).isEqualTo(3);
  }

  @Test
  void whenEveryProviderFailsTheOfflineAnalystFinishesFromWhatIsThere() throws Exception {
    model.refuseFrom(2);
    startRunner(Map.of("PATROL_LLM_PROVIDERS", "openai,offline"));

    snapshot();

    AgentFinished finished = awaitReports(1).get(0);
    assertThat(finished.status()).isEqualTo(ReportStatus.DEGRADED);
    assertThat(finished.usage().llmProvider()).isEqualTo("offline");
    assertThat(finished.rawReport()).contains("## FLEET_NARRATIVE", "## RECOMMENDED_ACTIONS");
    assertThat(finished.warnings())
        .anyMatch(warning -> warning.startsWith("openai failed in round 2 (authentication)"))
        .anyMatch(warning -> warning.contains("offline analyst finished"));
    assertThat(finished.evidence()).as("what the model asked for first").isNotEmpty();
    assertThat(model.rounds()).as("a refused key is not tried again").containsExactly(1, 2);
  }

  @Test
  void aModelThatIsNotDoneByThePromisedTimeIsGivenUpAndTheOfflineAnalystFinishes()
      throws Exception {
    Hold hold = model.holdNext(2);
    startRunner(Map.of("PATROL_LLM_PROVIDERS", "openai,offline"));
    Instant dueAt = Instant.now().plusSeconds(20);

    snapshot(dueAt);
    hold.awaitReached();

    AgentFinished finished = awaitReports(1).get(0);
    hold.release();
    assertThat(finished.finishedAt()).isAfterOrEqualTo(dueAt);
    assertThat(finished.status()).isEqualTo(ReportStatus.DEGRADED);
    assertThat(finished.usage().llmProvider()).isEqualTo("offline");
    assertThat(finished.warnings())
        .contains("No report by " + dueAt + ": finished by the offline analyst.");
    assertThat(finished.evidence()).as("what the model asked for first").isNotEmpty();
    assertThat(model.rounds()).as("the call is not tried again").containsExactly(1, 2);
  }

  @Test
  void aCancelledPatrolEndsAtOnceThoughItsModelIsBeingWaitedFor() throws Exception {
    Hold hold = model.holdNext(2);
    startRunner();
    PatrolId patrol = snapshot();
    hold.awaitReached();

    try (PatrolClient client =
        new PatrolClient(KafkaSettings.of(kafka.bootstrapServers()), topics)) {
      client.cancel(patrol, "bob");
    }

    await().atMost(Duration.ofMinutes(1)).until(() -> committed() == 1);
    hold.release();
    PatrolFailed end = read(topics.failed(), EventType.FAILED).get(0);
    assertThat(end.status()).isEqualTo(ReportStatus.CANCELLED);
    assertThat(end.reason()).isEqualTo("cancelled by bob");
    assertThat(end.usage().inputTokens()).as("of the first call").isEqualTo(100);
    assertThat(reports()).isEmpty();
  }

  private static void killNow(ServiceProcess process) {
    try {
      process.kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Integer[] otherRounds(int round) {
    return IntStream.rangeClosed(1, ROUNDS)
        .filter(other -> other != round)
        .boxed()
        .toArray(Integer[]::new);
  }

  private ServiceProcess startRunner() throws Exception {
    return startRunner(Map.of());
  }

  private ServiceProcess startRunner(Map<String, String> more) throws Exception {
    Map<String, String> variables = new HashMap<>();
    variables.put("PATROL_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    variables.put("PATROL_TOPIC_PREFIX", topics.prefix());
    variables.put("PATROL_TOPIC_PARTITIONS", "1");
    variables.put("PATROL_DATABASE_URL", database.jdbcUrl());
    variables.put("PATROL_DATABASE_USER", "patrol_reader");
    variables.put("PATROL_LLM_PROVIDERS", "openai");
    variables.put("OPENAI_API_KEY", "sk-test");
    variables.put("OPENAI_BASE_URL", model.baseUrl());
    variables.putAll(more);
    ServiceProcess runner = ServiceProcess.start("agent-runner", variables);
    processes.add(runner);
    await().atMost(Duration.ofMinutes(1)).until(runner::isReady);
    return runner;
  }

  private PatrolId snapshot() throws Exception {
    return snapshot(null);
  }

  private PatrolId snapshot(Instant dueAt) throws Exception {
    Instant now = Instant.now();
    SnapshotTaken taken =
        new SnapshotTaken(
            new PatrolRequest(
                PatrolId.parse(UUID.randomUUID().toString()),
                ReportType.ON_DEMAND,
                "test",
                Scope.FLEET,
                null,
                now,
                dueAt,
                now.plus(Duration.ofHours(1)),
                null),
            new FleetSnapshot(
                now,
                new ClusterCounts(3, 3, 0, 0),
                new RiskDistribution(0, 0, 3, 0),
                new HealthDistribution(3, 0, 0, 0),
                new AlertCounts(0, 0, 0),
                new IssueCounts(0, 0, 0, 0),
                List.of(),
                List.of(),
                List.of(),
                List.of()));
    try (var producer =
        new KafkaProducer<>(client(), new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(EventRecord.of(topics, taken, "aggregator")).get();
    }
    return taken.patrol();
  }

  /** Waits for that many finished events, and for the patrols' offsets. */
  private List<AgentFinished> awaitReports(int count) throws Exception {
    await().atMost(Duration.ofMinutes(2)).until(() -> committed() == count);
    List<AgentFinished> reports = reports();
    assertThat(reports).hasSize(count);
    return reports;
  }

  private List<AgentFinished> reports() throws Exception {
    return read(topics.agentFinished(), EventType.AGENT_FINISHED);
  }

  private <E extends Event> List<E> read(String topic, EventType<E> type) throws Exception {
    List<E> events = new ArrayList<>();
    TopicPartition partition = new TopicPartition(topic, 0);
    Map<String, Object> config = client();
    config.put("isolation.level", "read_committed");
    try (var consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        for (var record : consumer.poll(Duration.ofMillis(200))) {
          assertThat(new String(record.key(), UTF_8)).isNotBlank();
          events.add(EventCodec.decode(type, record.value()));
        }
      }
    }
    return events;
  }

  private long committed() throws Exception {
    try (Admin admin = Admin.create(client())) {
      OffsetAndMetadata offset =
          admin.listConsumerGroupOffsets(group()).partitionsToOffsetAndMetadata().get().get(lane());
      return offset == null ? -1 : offset.offset();
    }
  }

  private void setOffsetBack() {
    // refused until the group has noticed that its member is gone
    try (Admin admin = Admin.create(client())) {
      await()
          .atMost(Duration.ofMinutes(1))
          .ignoreExceptions()
          .until(
              () -> {
                admin
                    .alterConsumerGroupOffsets(group(), Map.of(lane(), new OffsetAndMetadata(0)))
                    .all()
                    .get();
                return true;
              });
    }
  }

  private TopicPartition lane() {
    return new TopicPartition(topics.snapshotTakenOnDemand(), 0);
  }

  private String group() {
    return topics.group("agent-runner.on-demand");
  }

  private static Map<String, Object> client() {
    return new HashMap<>(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }
}
