package io.patrolagent.systemtests.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.systemtests.model.Hold;
import io.patrolagent.systemtests.process.BrokerProcess;
import io.patrolagent.systemtests.process.DatabaseOnDisk;
import io.patrolagent.systemtests.process.ServiceProcess;
import io.patrolagent.systemtests.process.SmallDisk;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No room left at the broker or the database: work waits, says why, and nothing is lost. */
class DiskFullIT extends FaultKit {

  /** From when there is room: the broker's or the database's start, and the longest wait, 10 s. */
  private static final Duration BOUND = Duration.ofSeconds(60);

  private static final int BROKERS_MEGABYTES = 128;
  private static final int DATABASES_MEGABYTES = 320;

  private SmallDisk brokersDisk;

  @Override
  Platform platform(Path directory) throws Exception {
    if (!SmallDisk.isPossible()) {
      Assumptions.abort("no process may mount a file system for itself here (unshare -rm)");
    }
    brokersDisk = SmallDisk.mount(directory.resolve("small-kafka"), BROKERS_MEGABYTES);
    return Platform.start(
        directory,
        brokerOverrides(),
        (port, overrides) ->
            BrokerProcess.start(port, brokersDisk, SecurityProtocol.PLAINTEXT, overrides));
  }

  @AfterAll
  @Override
  void stopPlatform() throws Exception {
    super.stopPlatform();
    if (brokersDisk != null) {
      brokersDisk.close();
    }
  }

  @Test
  void aBrokerWithoutRoomHoldsPatrolsUpUntilItHasRoom() throws Exception {
    pipeline.startAll();
    Hold report = pipeline.model().holdNext(3);
    PatrolId patrol = pipeline.trigger();
    report.awaitReached();

    writeMuch();
    report.release(); // what it says is to be journaled
    await().atMost(BOUND).until(() -> !platform.broker().isAlive());
    ServiceProcess runner = pipeline.service("agent-runner");
    await().atMost(BOUND).until(() -> runner.get("/health/ready").statusCode() == 503);
    assertThat(runner.get("/health/ready").body()).contains("kafka").contains("no broker of");
    assertThat(pipeline.ledger().row(patrol)).isNull();

    brokersDisk.empty();
    platform.broker().restart();
    pipeline.interrupted(patrol);
    pipeline.recovers("disk full at the broker", BOUND);
    assertThat(pipeline.ledger().row(patrol).status()).isEqualTo("completed");
  }

  /** More than fits into what files have left of their last pages. */
  private void writeMuch() throws Exception {
    String topic = pipeline.topics().prefix() + "noise";
    byte[] noise = new byte[900_000];
    new Random(1).nextBytes(noise);
    pipeline.ledger().admin().createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    brokersDisk.fill();
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            platform.bootstrapServers(),
            "request.timeout.ms",
            5_000,
            "delivery.timeout.ms",
            10_000);
    try (var producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      var sent = producer.send(new ProducerRecord<>(topic, noise));
      assertThatThrownBy(sent::get).isInstanceOf(ExecutionException.class);
    }
  }

  @Test
  void aDatabaseWithoutRoomHoldsReportsUpUntilItHasRoom(@TempDir Path directory) throws Exception {
    try (SmallDisk disk = SmallDisk.mount(directory.resolve("small"), DATABASES_MEGABYTES);
        DatabaseOnDisk database = DatabaseOnDisk.start(disk)) {
      try (Connection connection = platform.database().connect(database.jdbcUrl());
          Statement statement = connection.createStatement()) {
        statement.execute("create database fleet");
      }
      pipeline.close();
      pipeline =
          new Pipeline(platform.withFleetIn(database.jdbcUrl().replace("/postgres", "/fleet")));
      pipeline.startAll();
      pipeline.progresses();
      Hold report = pipeline.model().holdNext(3);
      PatrolId patrol = pipeline.trigger();
      report.awaitReached();

      disk.fill();
      report.release();
      ServiceProcess sink = pipeline.service("report-sink");
      await()
          .atMost(BOUND)
          .until(() -> sink.get("/health/ready").body().contains("No space left on device"));
      assertThat(sink.isReady()).isFalse();
      assertThat(sink.hasLogged("No space left on device")).isTrue();
      assertThat(pipeline.ledger().row(patrol)).isNull();

      disk.empty();
      pipeline.recovers("disk full at the database", BOUND);
      assertThat(pipeline.ledger().row(patrol).status()).isEqualTo("completed");
      assertThat(pipeline.calls(patrol)).containsExactly(1, 2, 3);
      pipeline.close();
    }
  }
}
