package io.patrolagent.common.stage;

import io.patrolagent.common.event.Event;
import io.patrolagent.common.event.EventRecord;
import io.patrolagent.common.event.EventTooLargeException;
import io.patrolagent.common.event.PatrolFailed;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.event.UndecodableEventException;
import io.patrolagent.common.ops.DatabaseFailure;
import io.patrolagent.common.ops.HealthCheck;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.stage.Publication.Ending;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a record to one of its three ends: handled, retried in place until it is, or given up
 * visibly. Knows no consumer and no transaction.
 *
 * <p>A failure counts as an attempt only where nothing says that it will pass: while a dependency
 * does not answer an independent probe, or the failure itself is that of a database that cannot
 * work now, the record waits, at most until it expires.
 */
final class RecordProcessor<I> {

  private static final Logger LOG = LoggerFactory.getLogger(RecordProcessor.class);
  private static final int MAX_REASON = 500;

  private final StageOptions options;
  private final StageHandler<I> handler;
  private final Topics topics;
  private final List<HealthCheck> dependencies;
  private final Clock clock;
  private final StageMetrics metrics;

  RecordProcessor(
      StageOptions options,
      StageHandler<I> handler,
      Topics topics,
      List<HealthCheck> dependencies,
      Clock clock,
      StageMetrics metrics) {
    this.options = options;
    this.handler = handler;
    this.topics = topics;
    this.dependencies = List.copyOf(dependencies);
    this.clock = clock;
    this.metrics = metrics;
  }

  /**
   * Works on the record until it ends.
   *
   * @throws InterruptedException if the job was stopped first; nothing has happened then
   * @throws JournalNotWrittenException if the work ended in doubt about its journal
   */
  Publication process(RecordJob job) throws InterruptedException, JournalNotWrittenException {
    I input;
    try {
      input = handler.decode(job.source());
    } catch (UndecodableEventException e) {
      return deadLetter(job.source(), e, e.patrolId().orElse(null));
    } catch (RuntimeException e) {
      LOG.error("{} broke the decoder", job.source().coordinates(), e);
      return deadLetter(job.source(), e, null);
    }
    return work(input, job);
  }

  private Publication work(I input, RecordJob job)
      throws InterruptedException, JournalNotWrittenException {
    Instant expiry = handler.expiresAt(input);
    String lastFailure = null;
    int attempts = 0;
    for (int failures = 0; ; ) {
      job.awaitOwned();
      if (expiry != null && !clock.instant().isBefore(expiry)) {
        String waited = lastFailure == null ? "" : "; until then: " + lastFailure;
        return giveUp(input, job, ReportStatus.EXPIRED, "expired at " + expiry + waited);
      }
      try {
        Outcome outcome = handler.handle(input, job);
        Ending ending = Ending.of(outcome.events());
        Optional<JournalEnd> journalEnd =
            ending == Ending.ACKNOWLEDGED ? Optional.empty() : handler.journalEnd(input);
        return publication(outcome.events(), journalEnd, outcome.afterCommit(), ending);
      } catch (InterruptedException | JournalNotWrittenException e) {
        throw e;
      } catch (PermanentFailureException | EventTooLargeException e) {
        return giveUp(input, job, ReportStatus.FAILED, describe(e));
      } catch (Exception e) {
        job.awaitOwned(); // a failure while being stopped is the stop's
        failures++;
        lastFailure = describe(e);
        Optional<String> down = databaseDown(e).or(this::firstDependencyDown);
        job.waitsFor(down.orElse(null));
        attempts += down.isPresent() ? 0 : 1;
        if (attempts >= options.retries().attempts()) {
          LOG.error("{} failed for good", job.source().coordinates(), e);
          return giveUp(
              input, job, ReportStatus.FAILED, lastFailure + " (after " + attempts + " attempts)");
        }
        waitToRetry(job, failures, down, lastFailure, expiry);
      }
    }
  }

  private void waitToRetry(
      RecordJob job, int failures, Optional<String> down, String failure, @Nullable Instant expiry)
      throws InterruptedException {
    Duration wait = options.retries().waitAfter(failures);
    if (expiry != null) {
      Duration left = Duration.between(clock.instant(), expiry);
      wait = left.compareTo(wait) < 0 ? left : wait;
    }
    LOG.warn(
        "{} is tried again in {} ms: {}{}",
        job.source().coordinates(),
        wait.toMillis(),
        failure,
        down.map(cause -> " (while " + cause + ")").orElse(""));
    metrics.retried();
    job.waitUnlessStopped(wait);
  }

  /**
   * Does what follows the record's commit. It waits for a dependency that is down, as the next
   * record would have to; what fails otherwise is tried a bounded number of times, logged, and left
   * at that.
   *
   * @param wanted asked between tries; when it says no, what follows is left
   * @throws InterruptedException if the job was stopped first
   */
  void follow(RecordJob job, Publication publication, BooleanSupplier wanted)
      throws InterruptedException {
    int attempts = 0;
    for (int failures = 0; wanted.getAsBoolean(); ) {
      try {
        publication.afterCommit().run();
        job.waitsFor(null);
        return;
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        Optional<String> down = databaseDown(e).or(this::firstDependencyDown);
        attempts += down.isPresent() ? 0 : 1;
        if (attempts >= options.retries().attempts()) {
          LOG.warn("{} is committed, but what follows failed", job.source().coordinates(), e);
          return;
        }
        job.waitsFor(down.orElse(null));
        waitToRetry(job, ++failures, down, describe(e), null);
      }
    }
  }

  private static Optional<String> databaseDown(Exception failure) {
    return DatabaseFailure.passing(failure).map(said -> "the database cannot work now: " + said);
  }

  private Optional<String> firstDependencyDown() {
    for (HealthCheck dependency : dependencies) {
      try {
        dependency.check();
      } catch (Exception e) {
        return Optional.of(dependency.name() + " is down: " + describe(e));
      }
    }
    return Optional.empty();
  }

  /** What to publish instead of a record that the broker refuses to take. */
  Publication rejected(RecordJob job, Exception cause) {
    try {
      return giveUp(
          handler.decode(job.source()), job, ReportStatus.FAILED, "too large: " + describe(cause));
    } catch (UndecodableEventException | RuntimeException e) {
      // the dead letter itself is too large: its value stays where it is, and the headers say where
      SourceRecord source = job.source();
      return new Publication(
          List.of(DeadLetter.of(source.withoutValue(), options.group(), e)),
          Optional.empty(),
          () -> {},
          Ending.DEAD_LETTER);
    }
  }

  private Publication giveUp(I input, RecordJob job, ReportStatus status, String reason) {
    Optional<PatrolFailed> failure = handler.failure(input, status, reason, job);
    if (failure.isEmpty()) {
      return deadLetter(job.source(), new PermanentFailureException(reason), null);
    }
    LOG.warn("patrol {} ends {}: {}", failure.get().patrolId(), status.wireName(), reason);
    return publication(
        List.of(failure.get()), handler.journalEnd(input), () -> {}, Ending.of(status));
  }

  /** The bytes as they came; and where a patrol can be named, its visible end. */
  private Publication deadLetter(
      SourceRecord source, Exception reason, @Nullable PatrolId patrolId) {
    LOG.warn("{} goes to the dead letters: {}", source.coordinates(), reason.getMessage());
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    records.add(DeadLetter.of(source, options.group(), reason));
    if (patrolId != null) {
      PatrolFailed failed =
          new PatrolFailed(
              Event.SCHEMA_VERSION,
              patrolId,
              null,
              options.stage(),
              ReportStatus.FAILED,
              describe(reason),
              null,
              null,
              clock.instant());
      records.add(EventRecord.of(topics, failed, options.stage()));
    }
    return new Publication(records, Optional.empty(), () -> {}, Ending.DEAD_LETTER);
  }

  private Publication publication(
      List<Event> events,
      Optional<JournalEnd> journalEnd,
      Outcome.AfterCommit afterCommit,
      Ending ending) {
    List<ProducerRecord<byte[], byte[]>> records =
        events.stream().map(event -> EventRecord.of(topics, event, options.stage())).toList();
    return new Publication(records, journalEnd, afterCommit, ending);
  }

  private static String describe(Throwable e) {
    Throwable root = e;
    while (root.getMessage() == null && root.getCause() != null) {
      root = root.getCause();
    }
    String message =
        root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    return message.length() <= MAX_REASON ? message : message.substring(0, MAX_REASON) + "…";
  }
}
