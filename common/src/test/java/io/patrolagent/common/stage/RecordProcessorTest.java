package io.patrolagent.common.stage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.event.EventType;
import io.patrolagent.common.event.PatrolFailed;
import io.patrolagent.common.event.SnapshotTaken;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.event.UndecodableEventException;
import io.patrolagent.common.ops.HealthCheck;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.stage.Publication.Ending;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class RecordProcessorTest {

  private static final Instant WRITTEN = Instant.parse("2026-11-25T07:00:00Z");
  private static final Instant EXPIRY = Instant.parse("2026-11-25T19:00:00Z");
  private static final PatrolId ID = PatrolId.parse("0192f0c1-2b7e-7c55-8d7e-3f2a9c1b5e44");
  private static final String TRIGGER =
      "{\"report_type\":\"morning\",\"patrol_id\":\"" + ID + "\",\"focus\":\"disks\"}";
  private static final RetryPolicy THREE_TIMES =
      new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(2));

  private final SettableClock clock = new SettableClock(WRITTEN);
  private final MeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void whatTheHandlerMakesIsPublishedAndWhatFollowsIsKept() throws Exception {
    AtomicInteger followed = new AtomicInteger();
    StageHandler<PatrolRequest> handler =
        new Handler() {
          @Override
          public Outcome handle(PatrolRequest request, Job job) {
            return Outcome.publish(taken(request, List.of())).andThen(followed::incrementAndGet);
          }
        };

    Publication publication = process(handler, TRIGGER);

    assertThat(publication.ending()).isEqualTo(Ending.PUBLISHED);
    assertThat(publication.records()).hasSize(1);
    assertThat(publication.records().get(0).topic()).isEqualTo("patrol.snapshot-taken");
    publication.afterCommit().run();
    assertThat(followed).hasValue(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED", "EXPIRED", "REJECTED", "CANCELLED"})
  void aHandlerThatEndsThePatrolItselfIsCountedByHowAndEndsItsJournal(ReportStatus status)
      throws Exception {
    JournalEnd end = new JournalEnd("key", "done");
    StageHandler<PatrolRequest> handler =
        new Handler() {
          @Override
          public Outcome handle(PatrolRequest request, Job job) {
            return Outcome.publish(PatrolFailed.of(request, "test", status, "so", EXPIRY));
          }

          @Override
          public Optional<JournalEnd> journalEnd(PatrolRequest request) {
            return Optional.of(end);
          }
        };

    Publication publication = process(handler, TRIGGER);

    assertThat(publication.ending().name()).isEqualTo(status.name());
    assertThat(publication.journalEnd()).contains(end);
    assertThat(failed(publication).status()).isEqualTo(status);
  }

  @Test
  void anOutcomeWithoutEventsIsAnAcknowledgement() throws Exception {
    StageHandler<PatrolRequest> handler =
        new Handler() {
          @Override
          public Outcome handle(PatrolRequest request, Job job) {
            return Outcome.acknowledge();
          }
        };

    Publication publication = process(handler, TRIGGER);

    assertThat(publication.ending()).isEqualTo(Ending.ACKNOWLEDGED);
    assertThat(publication.records()).isEmpty();
  }

  @Test
  void aPatrolThatIsNotWorthDoingAnyMoreIsNotBegun() throws Exception {
    TestHandler handler = TestHandler.doingNothing();
    clock.set(EXPIRY);

    Publication publication = process(handler, TRIGGER);

    assertThat(handler.begun).isEmpty();
    assertThat(publication.ending()).isEqualTo(Ending.EXPIRED);
    assertThat(failed(publication).status()).isEqualTo(ReportStatus.EXPIRED);
    assertThat(failed(publication).reason()).isEqualTo("expired at " + EXPIRY);
  }

  @Test
  void aPatrolThatExpiresWhileItIsRetriedSaysWhatHeldItUp() throws Exception {
    TestHandler handler =
        new TestHandler(
            (request, job) -> {
              clock.set(EXPIRY);
              throw new IOException("no route to the database");
            });

    Publication publication = process(handler, TRIGGER);

    assertThat(handler.begun).hasSize(1);
    assertThat(publication.ending()).isEqualTo(Ending.EXPIRED);
    assertThat(failed(publication).reason())
        .isEqualTo("expired at " + EXPIRY + "; until then: no route to the database");
  }

  /** With a longest wait of a day, this ends in time only if the wait is cut to what is left. */
  @Test
  void aWaitEndsWhenThePatrolExpires() throws Exception {
    RetryPolicy patient = new RetryPolicy(3, Duration.ofDays(1), Duration.ofDays(1));
    TestHandler handler =
        new TestHandler(
            (request, job) -> {
              clock.set(EXPIRY.minusMillis(20));
              clock.expireAfterNextReading();
              throw new IOException("busy");
            });

    Publication publication =
        processor(handler, patient, List.of()).process(TestJobs.job(record(TRIGGER)));

    assertThat(publication.ending()).isEqualTo(Ending.EXPIRED);
  }

  @Test
  void aFailureThatRepeatsIsGivenUpWhenItsAttemptsAreUsedUp() throws Exception {
    TestHandler handler =
        new TestHandler(
            (request, job) -> {
              throw new IOException("the table is gone");
            });

    Publication publication = process(handler, TRIGGER);

    assertThat(handler.begun).hasSize(3);
    assertThat(publication.ending()).isEqualTo(Ending.FAILED);
    assertThat(failed(publication).reason()).isEqualTo("the table is gone (after 3 attempts)");
    assertThat(meters.counter("patrol.stage.retries", "stage", "stage").count()).isEqualTo(2);
  }

  @Test
  void anAttemptDoesNotCountWhileADependencyIsDown() throws Exception {
    Dependency database = new Dependency(20);
    TestHandler handler =
        new TestHandler(
            (request, job) -> {
              throw new IOException("connection refused");
            });

    Publication publication =
        processor(handler, THREE_TIMES, List.of(new Dependency(0), database))
            .process(TestJobs.job(record(TRIGGER)));

    assertThat(handler.begun).hasSize(20 + 3);
    assertThat(failed(publication).reason()).isEqualTo("connection refused (after 3 attempts)");
  }

  /** The probe only reads, so that it takes a database that cannot be written to for well. */
  @Test
  void anAttemptDoesNotCountWhileTheDatabaseSaysThatItCannotWorkNow() throws Exception {
    AtomicInteger refusals = new AtomicInteger();
    List<String> waitedFor = new CopyOnWriteArrayList<>();
    RecordJob job = TestJobs.job(record(TRIGGER));
    TestHandler handler =
        new TestHandler(
            (request, running) -> {
              waitedFor.add(String.valueOf(job.waitsFor()));
              if (refusals.incrementAndGet() <= 20) {
                throw new IllegalStateException(
                    "the insert failed", new SQLException("read-only transaction", "25006"));
              }
              running.checkpoint();
              waitedFor.add(String.valueOf(job.waitsFor()));
            });

    Publication publication = processor(handler, THREE_TIMES, List.of()).process(job);

    assertThat(publication.ending()).isEqualTo(Ending.PUBLISHED);
    assertThat(handler.begun).hasSize(21);
    String refused = "the database cannot work now: read-only transaction (SQLSTATE 25006)";
    assertThat(waitedFor).startsWith("null", refused, refused).endsWith(refused, "null");
  }

  @Test
  void whatFollowsACommitWaitsForTheDatabaseAndIsOtherwiseTriedAFewTimes() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    Outcome.AfterCommit afterCommit =
        () -> {
          if (runs.incrementAndGet() <= 20) {
            throw new SQLException("the server starts", "57P03");
          }
          throw new SQLException("there is no such column", "42703");
        };
    Publication publication =
        new Publication(List.of(), Optional.empty(), afterCommit, Ending.PUBLISHED);

    processor(TestHandler.doingNothing(), THREE_TIMES, List.of())
        .follow(TestJobs.job(record(TRIGGER)), publication, () -> true);

    assertThat(runs).hasValue(20 + 3);
  }

  @Test
  void aPermanentFailureIsNotTriedAgain() throws Exception {
    TestHandler handler =
        new TestHandler(
            (request, job) -> {
              throw new PermanentFailureException("no cluster is in scope");
            });

    Publication publication = process(handler, TRIGGER);

    assertThat(handler.begun).hasSize(1);
    assertThat(publication.ending()).isEqualTo(Ending.FAILED);
    assertThat(failed(publication).status()).isEqualTo(ReportStatus.FAILED);
    assertThat(failed(publication).reason()).isEqualTo("no cluster is in scope");
  }

  @Test
  void anEventThatIsTooLargeIsNotTriedAgain() throws Exception {
    AtomicInteger begun = new AtomicInteger();
    StageHandler<PatrolRequest> handler =
        new Handler() {
          @Override
          public Outcome handle(PatrolRequest request, Job job) {
            begun.incrementAndGet();
            String warning = "x".repeat(EventType.SNAPSHOT_TAKEN.maxBytes());
            return Outcome.publish(taken(request, List.of(warning)));
          }
        };

    Publication publication = process(handler, TRIGGER);

    assertThat(begun).hasValue(1);
    assertThat(publication.ending()).isEqualTo(Ending.FAILED);
    assertThat(failed(publication).reason())
        .startsWith("patrol.snapshot-taken may have at most 4194304 bytes");
  }

  @Test
  void aLongReasonIsCut() throws Exception {
    TestHandler handler =
        new TestHandler(
            (request, job) -> {
              throw new PermanentFailureException("x".repeat(501));
            });

    assertThat(failed(process(handler, TRIGGER)).reason()).isEqualTo("x".repeat(500) + "…");
  }

  @Test
  void aFailureWithoutAMessageIsNamedByItsCause() throws Exception {
    TestHandler handler =
        new TestHandler(
            (request, job) -> {
              throw new PermanentFailureException(null, new IOException("disk full"));
            });

    assertThat(failed(process(handler, TRIGGER)).reason()).isEqualTo("disk full");
  }

  @Test
  void aRecordThatIsNoEventIsADeadLetterAsItCame() throws Exception {
    SourceRecord source = record("not json");

    Publication publication =
        processor(TestHandler.doingNothing(), THREE_TIMES, List.of()).process(TestJobs.job(source));

    assertThat(publication.ending()).isEqualTo(Ending.DEAD_LETTER);
    assertThat(publication.records()).hasSize(1);
    ProducerRecord<byte[], byte[]> letter = publication.records().get(0);
    assertThat(letter.topic()).isEqualTo("patrol.requested.dlt");
    assertThat(letter.value()).isEqualTo(source.value());
    assertThat(letter.key()).isEqualTo(source.key());
    assertThat(header(letter, "kafka_dlt-exception-message"))
        .startsWith("patrol.requested is not JSON");
    assertThat(header(letter, "kafka_dlt-original-consumer-group")).isEqualTo("patrol.stage");
    assertThat(header(letter, "traceparent")).isEqualTo("00-trace-01");
  }

  @Test
  void aDeadLetterWhosePatrolCanBeReadAlsoEndsThatPatrol() throws Exception {
    Publication publication = process(TestHandler.doingNothing(), "{\"patrol_id\":\"" + ID + "\"}");

    assertThat(publication.ending()).isEqualTo(Ending.DEAD_LETTER);
    assertThat(publication.records())
        .extracting(ProducerRecord::topic)
        .containsExactly("patrol.requested.dlt", "patrol.failed");
    PatrolFailed failed = read(publication.records().get(1));
    assertThat(failed.patrolId()).isEqualTo(ID);
    assertThat(failed.request()).isNull();
    assertThat(failed.failedAt()).isEqualTo(WRITTEN);
    assertThat(failed.reason()).startsWith("patrol.requested: report_type is missing");
  }

  @Test
  void aDecoderThatBreaksMakesADeadLetter() throws Exception {
    StageHandler<PatrolRequest> handler =
        new Handler() {
          @Override
          public PatrolRequest decode(SourceRecord record) {
            throw new IllegalStateException("a bug");
          }
        };

    Publication publication = process(handler, TRIGGER);

    assertThat(publication.ending()).isEqualTo(Ending.DEAD_LETTER);
    assertThat(publication.records()).hasSize(1);
    ProducerRecord<byte[], byte[]> letter = publication.records().get(0);
    assertThat(header(letter, "kafka_dlt-exception-fqcn"))
        .isEqualTo("java.lang.IllegalStateException");
    assertThat(header(letter, "kafka_dlt-exception-message")).isEqualTo("a bug");
  }

  @Test
  void aFailureThatCannotBeSaidMakesADeadLetter() throws Exception {
    StageHandler<PatrolRequest> handler =
        new Handler() {
          @Override
          public Outcome handle(PatrolRequest request, Job job) throws Exception {
            throw new PermanentFailureException("the row cannot be written");
          }

          @Override
          public Optional<PatrolFailed> failure(
              PatrolRequest request, ReportStatus status, String reason) {
            return Optional.empty();
          }
        };

    Publication publication = process(handler, TRIGGER);

    assertThat(publication.ending()).isEqualTo(Ending.DEAD_LETTER);
    assertThat(publication.records()).hasSize(1);
    assertThat(header(publication.records().get(0), "kafka_dlt-exception-message"))
        .isEqualTo("the row cannot be written");
  }

  @Test
  void whatTheBrokerRefusesEndsThePatrol() {
    RecordJob job = TestJobs.job(record(TRIGGER));

    Publication publication =
        processor(TestHandler.doingNothing(), THREE_TIMES, List.of())
            .rejected(job, new IOException("1048588 bytes"));

    assertThat(publication.ending()).isEqualTo(Ending.FAILED);
    assertThat(failed(publication).reason()).isEqualTo("too large: 1048588 bytes");
  }

  @Test
  void aDeadLetterThatTheBrokerRefusesLeavesItsValueBehind() {
    RecordJob job = TestJobs.job(record("not json"));

    Publication publication =
        processor(TestHandler.doingNothing(), THREE_TIMES, List.of())
            .rejected(job, new IOException("too large"));

    assertThat(publication.ending()).isEqualTo(Ending.DEAD_LETTER);
    assertThat(publication.records()).hasSize(1);
    assertThat(publication.records().get(0).value()).isNull();
    assertThat(header(publication.records().get(0), "kafka_dlt-original-topic"))
        .isEqualTo("patrol.requested");
  }

  @Test
  void aStopEndsTheWaitForTheNextAttempt() {
    RetryPolicy patient = new RetryPolicy(3, Duration.ofHours(2), Duration.ofHours(2));
    TestHandler handler =
        new TestHandler(
            (request, job) -> {
              throw new IOException("busy");
            });
    RecordJob job = TestJobs.job(record(TRIGGER));
    CompletableFuture<Throwable> ended = new CompletableFuture<>();
    Thread worker =
        new Thread(
            () -> {
              try {
                ended.completeExceptionally(
                    new AssertionError(
                        processor(handler, patient, List.of()).process(job).ending().name()));
              } catch (InterruptedException | JournalNotWrittenException e) {
                ended.complete(e);
              }
            });
    worker.setDaemon(true);
    worker.start();
    await().until(() -> worker.getState() == Thread.State.TIMED_WAITING);

    job.stop();

    assertThat(ended.join()).isInstanceOf(InterruptedException.class);
    assertThat(handler.begun).hasSize(1);
  }

  @Test
  void aFailureOfAJobThatIsBeingStoppedIsTheStopsAndNoEnd() {
    RecordJob job = TestJobs.job(record(TRIGGER));
    TestHandler handler =
        new TestHandler(
            (request, running) -> {
              job.stop();
              throw new IOException("connection closed");
            });
    RetryPolicy once = new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1));

    assertThatThrownBy(() -> processor(handler, once, List.of()).process(job))
        .isInstanceOf(InterruptedException.class);
  }

  private Publication process(StageHandler<PatrolRequest> handler, String value) throws Exception {
    return processor(handler, THREE_TIMES, List.of()).process(TestJobs.job(record(value)));
  }

  private RecordProcessor<PatrolRequest> processor(
      StageHandler<PatrolRequest> handler, RetryPolicy retries, List<HealthCheck> dependencies) {
    StageOptions options =
        StageOptions.of("stage", "patrol.stage", List.of("patrol.requested"), 1)
            .withRetries(retries);
    return new RecordProcessor<>(
        options,
        handler,
        Topics.DEFAULT,
        dependencies,
        clock,
        new StageMetrics(options, meters, clock));
  }

  private static SourceRecord record(String value) {
    Headers headers = new RecordHeaders();
    headers.add("traceparent", "00-trace-01".getBytes(UTF_8));
    headers.add("tracestate", "vendor=1".getBytes(UTF_8));
    headers.add("x-other", "y".getBytes(UTF_8));
    return new SourceRecord(
        "patrol.requested",
        "topic-id",
        0,
        7,
        WRITTEN,
        "key".getBytes(UTF_8),
        value.getBytes(UTF_8),
        headers);
  }

  private static SnapshotTaken taken(PatrolRequest request, List<String> warnings) {
    FleetSnapshot empty = TestHandler.snapshot(WRITTEN);
    return new SnapshotTaken(
        request,
        new FleetSnapshot(
            empty.takenAt(),
            empty.clusterCounts(),
            empty.riskDistribution(),
            empty.healthDistribution(),
            empty.alerts24h(),
            empty.openIssues(),
            List.of(),
            List.of(),
            List.of(),
            warnings));
  }

  /** The one event of a patrol that was given up. */
  private static PatrolFailed failed(Publication publication) {
    assertThat(publication.records())
        .extracting(ProducerRecord::topic)
        .containsExactly("patrol.failed");
    return read(publication.records().get(0));
  }

  private static PatrolFailed read(ProducerRecord<byte[], byte[]> record) {
    try {
      return EventCodec.decode(EventType.FAILED, record.value());
    } catch (UndecodableEventException e) {
      throw new AssertionError(e);
    }
  }

  private static @Nullable String header(ProducerRecord<?, ?> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), UTF_8);
  }

  /** The test stage's handler, of which a test replaces a method. */
  private static class Handler implements StageHandler<PatrolRequest> {
    private final TestHandler standard = TestHandler.doingNothing();

    @Override
    public PatrolRequest decode(SourceRecord record) throws UndecodableEventException {
      return standard.decode(record);
    }

    @Override
    public Outcome handle(PatrolRequest request, Job job) throws Exception {
      return standard.handle(request, job);
    }

    @Override
    public @Nullable Instant expiresAt(PatrolRequest request) {
      return standard.expiresAt(request);
    }

    @Override
    public Optional<PatrolFailed> failure(
        PatrolRequest request, ReportStatus status, String reason) {
      return standard.failure(request, status, reason);
    }
  }

  /** Down for the first so many probes. */
  private static final class Dependency implements HealthCheck {
    private int left;

    Dependency(int probesDown) {
      left = probesDown;
    }

    @Override
    public String name() {
      return "database";
    }

    @Override
    public void check() throws IOException {
      if (left > 0) {
        left--;
        throw new IOException("it does not answer");
      }
    }
  }

  /** Stands still until it is set. */
  private static final class SettableClock extends Clock {
    private Instant now;
    private boolean expiring;

    SettableClock(Instant now) {
      this.now = now;
    }

    void set(Instant instant) {
      now = instant;
    }

    /** The reading after the next is the expiry. */
    void expireAfterNextReading() {
      expiring = true;
    }

    @Override
    public Instant instant() {
      Instant reading = now;
      if (expiring) {
        now = EXPIRY;
      }
      return reading;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
