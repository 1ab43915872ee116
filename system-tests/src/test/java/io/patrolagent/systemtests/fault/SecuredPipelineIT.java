package io.patrolagent.systemtests.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patrolagent.common.client.PatrolClient;
import io.patrolagent.common.event.PatrolRequested;
import io.patrolagent.common.event.ReportFinished;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.stage.Party;
import io.patrolagent.embedded.SecuredBroker;
import io.patrolagent.embedded.ServerCertificate;
import io.patrolagent.systemtests.model.Reply;
import io.patrolagent.systemtests.model.StubModel;
import io.patrolagent.systemtests.process.FleetDatabase;
import io.patrolagent.systemtests.process.ServiceProcess;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The services, configured by their environment alone, on a broker and a database that speak TLS
 * and ask everybody who he is: patrols end, who may not is refused, and no secret is told.
 */
@Tag("faults")
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecuredPipelineIT {

  private static final Topics TOPICS = SecuredPlatform.TOPICS;
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final String API_KEY = "sk-" + UUID.randomUUID();
  private static final String HTTP_TOKEN = "token-" + UUID.randomUUID();

  /** Its lines are what is looked for secrets, those of services that could not start included. */
  private static final List<ServiceProcess> SERVICES = new ArrayList<>();

  @TempDir private static Path directory;
  private static SecuredPlatform platform;
  private static StubModel model;

  @BeforeAll
  static void startAll() throws Exception {
    platform = SecuredPlatform.start(directory);
    model = StubModel.start();
    for (Party party :
        List.of(Party.REPORT_SINK, Party.AGENT_RUNNER, Party.AGGREGATOR, Party.SCHEDULER)) {
      launch(party, Map.of());
    }
    SERVICES.forEach(Pipeline::awaitReady);
  }

  @AfterAll
  static void stopAll() throws Exception {
    SERVICES.forEach(ServiceProcess::close);
    model.close();
    platform.close();
  }

  @Test
  @Order(1)
  void patrolsEndWithALoginForEachServiceAndNoRightThatIsNotPrinted() throws Exception {
    try (PatrolClient requester = new PatrolClient(platform.settings(Party.REQUESTER), TOPICS)) {
      ReportFinished asked = requester.runPatrol(ReportType.ON_DEMAND, "alice");
      assertThat(asked.status()).isEqualTo(ReportStatus.COMPLETED);
    }
  }

  /** A gateway that repeats the key in its refusal; and a trigger that ends in a dead letter. */
  @Test
  @Order(2)
  void whatFailsFailsVisibly() throws Exception {
    try (PatrolClient requester = new PatrolClient(platform.settings(Party.REQUESTER), TOPICS);
        var producer = producer(Party.REQUESTER)) {
      PatrolId refused = PatrolId.random();
      model.replyAlways(
          call -> call.focus().equals(refused.toString()),
          Reply.error(401, "Incorrect API key provided: " + API_KEY));
      PatrolRequested request =
          new PatrolRequested(
              1, refused, ReportType.ON_DEMAND, "a", null, "" + refused, null, null, null, null);
      assertThat(requester.runPatrol(request, BOUND).status()).isEqualTo(ReportStatus.FAILED);

      PatrolId unreadable = PatrolId.random();
      byte[] trigger =
          "{\"patrol_id\":\"%s\",\"report_type\":7}".formatted(unreadable).getBytes(UTF_8);
      producer.send(new ProducerRecord<>(TOPICS.requested(), trigger)).get();
      assertThat(requester.awaitEnd(unreadable, BOUND).status()).isEqualTo(ReportStatus.FAILED);
    }
  }

  @Test
  @Order(3)
  void whoMayAskForPatrolsMayNotWriteTheirReports() throws Exception {
    try (var producer = producer(Party.REQUESTER)) {
      assertThatThrownBy(
              () -> producer.send(new ProducerRecord<>(TOPICS.agentFinished(), new byte[0])).get())
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(TopicAuthorizationException.class)
          .hasMessageContaining(TOPICS.agentFinished());
    }
  }

  @Test
  @Order(3)
  void theAgentsRoleMayNotWriteToTheDatabase() throws Exception {
    String reader = FleetDatabase.READER;
    try (Connection connection = platform.connect(reader, platform.password(reader));
        Statement statement = connection.createStatement()) {
      for (String write :
          List.of(
              "update alerts.patrol_reports set status = 'completed'",
              "delete from byoc.clusters",
              "create table alerts.mine (a integer)")) {
        assertThatThrownBy(() -> statement.execute(write))
            .as(write)
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
      }
    }
  }

  @Test
  @Order(4)
  void aServiceThatIsNotLetInIsNotReadyAndSaysWhy() throws Exception {
    ServerCertificate strange = ServerCertificate.create(directory, "stranger");
    Map<String, ServiceProcess> refused = new LinkedHashMap<>();
    refused.put(
        "Authentication failed: Invalid username or password",
        launch(
            Party.AGGREGATOR,
            Map.of(
                "PATROL_KAFKA_SASL_JAAS_CONFIG_FILE",
                platform.file("wrong.jaas", SecuredBroker.login("patrol-aggregator", "wrong")))));
    refused.put(
        "SSL handshake failed",
        launch(
            Party.AGGREGATOR,
            Map.of("PATROL_KAFKA_SSL_TRUSTSTORE_LOCATION", strange.certificate().toString())));
    refused.put(
        "answers over SASL_PLAINTEXT",
        launch(Party.AGGREGATOR, Map.of("PATROL_KAFKA_SECURITY_PROTOCOL", "SASL_PLAINTEXT")));
    refused.put(
        "password authentication failed for user \\\"patrol_reader\\\"",
        launch(
            Party.AGGREGATOR,
            Map.of("PATROL_DATABASE_PASSWORD_FILE", platform.file("wrong", "wrong"))));
    refused.put(
        "unable to find valid certification path",
        launch(Party.AGGREGATOR, Map.of("PATROL_DATABASE_URL", platform.urlTrusting(strange))));
    refused.put(
        "no encryption",
        launch(
            Party.AGGREGATOR,
            Map.of("PATROL_DATABASE_URL", platform.plainUrl() + "?sslmode=disable")));

    for (Map.Entry<String, ServiceProcess> each : refused.entrySet()) {
      await()
          .atMost(BOUND)
          .ignoreExceptions()
          .untilAsserted(
              () -> {
                var answer = each.getValue().get("/health/ready", HTTP_TOKEN);
                assertThat(answer.body()).contains(each.getKey());
                assertThat(answer.statusCode()).isEqualTo(503);
              });
    }
  }

  @Test
  @Order(5)
  void noSecretIsToldAnywhere() throws Exception {
    Map<String, String> told = new HashMap<>();
    for (ServiceProcess service : SERVICES) {
      String name = service.module() + " " + service.pid();
      for (String path : List.of("/metrics", "/health/live", "/health/ready")) {
        told.put(name + path, service.get(path, HTTP_TOKEN).body());
      }
      told.put(name + " log", String.join("\n", service.log()));
    }
    records().forEach(record -> told.put(coordinates(record), text(record)));
    try (Connection connection = platform.connect("postgres", "postgres");
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery("select r::text from alerts.patrol_reports r")) {
      while (rows.next()) {
        told.put("row " + rows.getRow(), rows.getString(1));
      }
    }
    List<String> secrets =
        Stream.concat(platform.secrets(), Stream.of(API_KEY, HTTP_TOKEN)).toList();

    told.forEach((where, text) -> assertThat(text).as(where).doesNotContain(secrets));
    assertThat(told.keySet())
        .as("what was looked at")
        .anyMatch(where -> where.startsWith(TOPICS.journal(TOPICS.snapshotTakenOnDemand())))
        .anyMatch(where -> where.startsWith(Topics.deadLetter(TOPICS.requested())))
        .contains("row 3");
    assertThat(told.values()).anyMatch(text -> text.contains("Incorrect API key provided"));
  }

  private static ServiceProcess launch(Party party, Map<String, String> changed) throws Exception {
    Map<String, String> variables = new HashMap<>(platform.variables(party));
    variables.put("PATROL_HTTP_TOKEN_FILE", platform.file("http-token", HTTP_TOKEN));
    if (party == Party.AGENT_RUNNER) {
      variables.put("PATROL_LLM_PROVIDERS", "openai");
      variables.put("OPENAI_API_KEY_FILE", platform.file("openai-key", API_KEY));
      variables.put("OPENAI_BASE_URL", model.baseUrl());
    }
    variables.putAll(changed);
    ServiceProcess service = ServiceProcess.start(party.toString(), variables);
    SERVICES.add(service);
    return service;
  }

  private static KafkaProducer<byte[], byte[]> producer(Party party) throws Exception {
    return new KafkaProducer<>(
        platform.settings(party).forProducer(),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  /** Of every topic, aborted ones too. */
  private static List<ConsumerRecord<byte[], byte[]>> records() throws Exception {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(
            platform.settings(SecuredBroker.ADMIN).forConsumer(),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> all =
          TOPICS.specifications().stream()
              .map(topic -> new TopicPartition(topic.name(), 0))
              .toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      while (all.stream().anyMatch(at -> consumer.position(at) < ends.get(at))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  private static String coordinates(ConsumerRecord<byte[], byte[]> record) {
    return record.topic() + "@" + record.offset();
  }

  private static String text(ConsumerRecord<byte[], byte[]> record) {
    StringBuilder text = new StringBuilder();
    record
        .headers()
        .forEach(header -> text.append(header.key()).append(new String(header.value(), UTF_8)));
    return text.append(record.value() == null ? "" : new String(record.value(), UTF_8)).toString();
  }
}
