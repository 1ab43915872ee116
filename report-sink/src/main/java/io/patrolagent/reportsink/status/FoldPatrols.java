package io.patrolagent.reportsink.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patrolagent.common.event.UndecodableEventException;
import io.patrolagent.common.patrol.PatrolId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds what each record tells to what is known of its patrol, and hands the status on when that
 * changed it. Once a second it looks for patrols that became overdue, once an hour for those to
 * forget.
 */
@SuppressWarnings("NullAway.Init") // the store is there from init on
final class FoldPatrols extends ContextualProcessor<byte[], byte[], byte[], byte[]> {

  static final String STORE = "patrols";

  private static final Logger LOG = LoggerFactory.getLogger(FoldPatrols.class);
  private static final Duration LOOK_FOR_OVERDUE = Duration.ofSeconds(1);
  private static final Duration LOOK_FOR_OLD = Duration.ofHours(1);

  /** As long as the pipeline's topics keep the end of a patrol. */
  private static final Duration KEPT = Duration.ofDays(30);

  private final Observations observations;
  private final StatusRecords records;
  private final SkippedRecords skipped;
  private final OverdueCount overdueCount;

  /** Of the patrols that may yet become overdue: when. So that looking reads no store. */
  private final Map<PatrolId, Instant> deadlines = new HashMap<>();

  private final Set<PatrolId> overdue = new HashSet<>();
  private KeyValueStore<String, PatrolFacts> store;

  FoldPatrols(
      Observations observations,
      StatusRecords records,
      SkippedRecords skipped,
      OverdueCount overdueCount) {
    this.observations = observations;
    this.records = records;
    this.skipped = skipped;
    this.overdueCount = overdueCount;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    super.init(context);
    store = context.getStateStore(STORE);
    try (KeyValueIterator<String, PatrolFacts> known = store.all()) {
      known.forEachRemaining(
          patrol -> {
            if (patrol.value != null) { // unless another version wrote it
              watch(patrol.value);
            }
          });
    }
    countOverdue();
    context.schedule(LOOK_FOR_OVERDUE, PunctuationType.WALL_CLOCK_TIME, this::markOverdue);
    context.schedule(LOOK_FOR_OLD, PunctuationType.WALL_CLOCK_TIME, this::forgetOld);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata at = context().recordMetadata().orElseThrow();
    Optional<PatrolFacts> observed;
    try {
      observed =
          observations.read(
              at.topic(), record.key(), record.value(), Instant.ofEpochMilli(record.timestamp()));
    } catch (UndecodableEventException | IOException | IllegalArgumentException e) {
      skipped.add(at, e);
      return;
    }
    observed.ifPresent(facts -> add(facts, record.timestamp()));
  }

  private void add(PatrolFacts observed, long timestamp) {
    PatrolFacts before = store.get(observed.patrolId().toString());
    PatrolFacts now = before == null ? observed : before.and(observed);
    Instant forgotten = Instant.ofEpochMilli(context().currentSystemTimeMs()).minus(KEPT);
    if (now.equals(before) || (before == null && now.lastAt().isBefore(forgotten))) {
      return; // nothing new, or told once more of a patrol that was forgotten
    }
    put(now);
    if (before == null || !StatusRecords.of(now).equals(StatusRecords.of(before))) {
      context().forward(records.status(now, timestamp));
    }
  }

  private void put(PatrolFacts patrol) {
    store.put(patrol.patrolId().toString(), patrol);
    watch(patrol);
    countOverdue();
  }

  private void watch(PatrolFacts patrol) {
    PatrolId id = patrol.patrolId();
    Instant deadline = patrol.deadline();
    if (deadline == null) {
      deadlines.remove(id);
    } else {
      deadlines.put(id, deadline);
    }
    if (patrol.isOverdue()) {
      overdue.add(id);
    } else {
      overdue.remove(id);
    }
  }

  private void markOverdue(long nowMs) {
    Instant now = Instant.ofEpochMilli(nowMs);
    List<PatrolId> passed =
        deadlines.entrySet().stream()
            .filter(patrol -> !now.isBefore(patrol.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    for (PatrolId id : passed) {
      PatrolFacts patrol = store.get(id.toString());
      Instant deadline = patrol == null ? null : patrol.deadline();
      if (deadline == null) {
        deadlines.remove(id);
        continue;
      }
      PatrolFacts late = patrol.and(PatrolFacts.overdue(id, deadline));
      LOG.warn("patrol {} is overdue since {}: {}", id, deadline, StatusRecords.whereItIs(late));
      put(late);
      context().forward(records.status(late, nowMs));
    }
  }

  private void forgetOld(long nowMs) {
    Instant forgotten = Instant.ofEpochMilli(nowMs).minus(KEPT);
    List<String> old = new ArrayList<>();
    try (KeyValueIterator<String, PatrolFacts> known = store.all()) {
      while (known.hasNext()) {
        KeyValue<String, PatrolFacts> patrol = known.next();
        if (patrol.value == null || patrol.value.lastAt().isBefore(forgotten)) {
          old.add(patrol.key);
        }
      }
    }
    for (String id : old) {
      store.delete(id);
      PatrolId patrol = PatrolId.parse(id);
      deadlines.remove(patrol);
      overdue.remove(patrol);
      context().forward(new Record<>(id.getBytes(UTF_8), null, nowMs));
    }
    countOverdue();
  }

  private void countOverdue() {
    overdueCount.set(context().taskId(), overdue.size());
  }

  @Override
  public void close() {
    overdueCount.forget(context().taskId());
  }
}
