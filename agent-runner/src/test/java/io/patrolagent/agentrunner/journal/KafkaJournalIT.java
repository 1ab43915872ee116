package io.patrolagent.agentrunner.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patrolagent.common.config.KafkaSettings;
import io.patrolagent.common.config.TopicSettings;
import io.patrolagent.common.event.PatrolFailed;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.ops.Telemetry;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.stage.Job;
import io.patrolagent.common.stage.Outcome;
import io.patrolagent.common.stage.SourceRecord;
import io.patrolagent.common.stage.StageHandler;
import io.patrolagent.common.stage.StageJournal;
import io.patrolagent.common.stage.StageOptions;
import io.patrolagent.common.stage.StageRuntime;
import io.patrolagent.common.stage.TopicProvisioner;
import io.patrolagent.embedded.EmbeddedKafka;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KafkaJournalIT extends JournalContract {

  private static EmbeddedKafka broker;

  private final Topics topics = new Topics("t-" + UUID.randomUUID() + ".");
  private final BlockingQueue<StageJournal> journals = new LinkedBlockingQueue<>();
  private @Nullable StageRuntime<?> owner;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedKafka.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @AfterEach
  void closeOwner() {
    if (owner != null) {
      owner.close();
    }
  }

  @Override
  Journal open(PatrolId patrol) throws Exception {
    new TopicProvisioner(
            KafkaSettings.of(broker.bootstrapServers()),
            new TopicSettings(
                topics.prefix(), TopicSettings.Topics.CREATE, 1, 1, OptionalInt.empty()))
        .run();
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topics.snapshotTaken(), new byte[] {1})).get();
    }
    return reopen(patrol);
  }

  /** The next owner is given the same record again, since the former never finished it. */
  @Override
  Journal reopen(PatrolId patrol) throws Exception {
    closeOwner();
    owner =
        new StageRuntime<>(
            StageOptions.of("stage", topics.group("stage"), List.of(topics.snapshotTaken()), 1)
                .withJournal(topics.journal(topics.snapshotTaken())),
            new HandingOut(),
            KafkaSettings.of(broker.bootstrapServers()),
            topics,
            List.of(),
            List.of(),
            Telemetry.of(new SimpleMeterRegistry()));
    owner.start();
    StageJournal journal = journals.poll(60, TimeUnit.SECONDS);
    assertThat(journal).as("the record was delivered").isNotNull();
    return new KafkaJournal(journal, patrol);
  }

  @Test
  void anEntryThatNobodyCanReadCountsAsNotWritten() throws Exception {
    PatrolId patrol = PatrolId.parse(UUID.randomUUID().toString());
    Journal journal = open(patrol);
    JournalEntry readable = new JournalEntry.RunDone(Instant.parse("2026-11-25T06:00:00Z"));
    StageJournal raw = lastHandedOut;
    raw.append(patrol.toString(), List.of("{\"type\":\"from_the_future\"}", "not json"));

    journal.append(List.of(readable));

    assertThat(journal.entries()).containsExactly(readable);
  }

  /** The journal's topic, and a producer beside the stage's own, for the benchmark's floor. */
  String journalTopic() {
    return topics.journal(topics.snapshotTaken());
  }

  KafkaProducer<byte[], byte[]> transactionalProducer() {
    var producer =
        new KafkaProducer<>(
            Map.<String, Object>of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "transactional.id",
                topics.prefix() + "bare",
                "linger.ms",
                0,
                "compression.type",
                "zstd"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
    return producer;
  }

  private volatile StageJournal lastHandedOut;

  /** Gives its journal to the test and works on until it is stopped. */
  private final class HandingOut implements StageHandler<byte[]> {

    @Override
    public byte[] decode(SourceRecord record) {
      return new byte[0];
    }

    @Override
    public Outcome handle(byte[] input, Job job) throws Exception {
      lastHandedOut = job.journal();
      journals.add(job.journal());
      CountDownLatch never = new CountDownLatch(1);
      while (!never.await(20, TimeUnit.MILLISECONDS)) {
        job.checkpoint();
      }
      return Outcome.acknowledge();
    }

    @Override
    public @Nullable Instant expiresAt(byte[] input) {
      return null;
    }

    @Override
    public Optional<PatrolFailed> failure(byte[] input, ReportStatus status, String reason) {
      return Optional.empty();
    }
  }
}
