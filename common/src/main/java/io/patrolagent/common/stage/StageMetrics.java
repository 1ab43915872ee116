package io.patrolagent.common.stage;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.patrolagent.common.stage.Publication.Ending;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a stage tells of its records. Counters are there before anything happened, since the first
 * dead letter of a process would not show as an increase otherwise. Thread-safe.
 */
final class StageMetrics {

  private final MeterRegistry meters;
  private final String stage;
  private final Clock clock;
  private final Map<RecordJob, Instant> inWork = new ConcurrentHashMap<>();

  StageMetrics(StageOptions options, MeterRegistry meters, Clock clock) {
    this.meters = meters;
    this.stage = options.stage();
    this.clock = clock;
    for (Ending ending : Ending.values()) {
      meters.counter("patrol.stage.records", "stage", stage, "ending", word(ending));
    }
    meters.counter("patrol.stage.retries", "stage", stage);
    Gauge.builder("patrol.stage.oldest.record.age", this, StageMetrics::oldestAgeSeconds)
        .baseUnit("seconds")
        .description("since the oldest record in work was written; 0 where none is")
        .tags(Tags.of("stage", stage, "group", options.group()))
        .register(meters);
  }

  void begun(RecordJob job) {
    inWork.put(job, job.source().timestamp());
  }

  void over(RecordJob job) {
    inWork.remove(job);
  }

  void ended(Ending ending, Duration took) {
    meters.counter("patrol.stage.records", "stage", stage, "ending", word(ending)).increment();
    meters.timer("patrol.stage.duration", "stage", stage, "ending", word(ending)).record(took);
  }

  void commit(CommitResult result) {
    meters
        .counter(
            "patrol.stage.commits", "stage", stage, "result", result.getClass().getSimpleName())
        .increment();
  }

  void journaled(CommitResult result) {
    meters
        .counter(
            "patrol.stage.journal.commits",
            "stage",
            stage,
            "result",
            result.getClass().getSimpleName())
        .increment();
  }

  void retried() {
    meters.counter("patrol.stage.retries", "stage", stage).increment();
  }

  private double oldestAgeSeconds() {
    Instant now = clock.instant();
    return inWork.values().stream()
        .mapToDouble(written -> Duration.between(written, now).toMillis() / 1000.0)
        .map(seconds -> Math.max(0, seconds))
        .max()
        .orElse(0);
  }

  private static String word(Ending ending) {
    return ending.name().toLowerCase(Locale.ROOT);
  }
}
