package io.patrolagent.scheduler;

import io.micrometer.core.instrument.MeterRegistry;
import io.patrolagent.common.event.PatrolRequested;
import io.patrolagent.scheduler.SlotCursor.Arrivals;
import io.patrolagent.scheduler.schedule.Schedule;
import io.patrolagent.scheduler.schedule.ScheduleSettings;
import io.patrolagent.scheduler.schedule.Slot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Triggers slots as they come. It stores nothing: what it does again after a restart, or beside
 * another scheduler, has the same patrol ids.
 *
 * <p>{@link #turn} is for one thread, {@link #requireReady} for any.
 */
final class Scheduler {

  /** No wait is longer, so that a clock that is set, or a machine that slept, is soon noticed. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  /** Until what failed is tried again. */
  static final Duration RETRY = Duration.ofSeconds(5);

  private static final String STOPPING = "stopping";
  private static final Duration SHORTEST_WAIT = Duration.ofMillis(10);
  private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

  private final ScheduleSettings settings;
  private final TriggerSender sender;
  private final Clock clock;
  private final List<Entry> entries;
  private boolean prepared;
  private volatile @Nullable String waitingFor = "the scheduler has not started";

  private record Entry(SlotCursor cursor, SlotMetrics metrics) {}

  private record Due(Entry entry, Slot slot) {
    Schedule schedule() {
      return entry.cursor().schedule();
    }

    @Override
    public String toString() {
      return "patrol %s (schedule %s, slot %s %s)"
          .formatted(schedule().patrolId(slot), schedule().name(), slot.local(), schedule().zone());
    }
  }

  Scheduler(ScheduleSettings settings, TriggerSender sender, Clock clock, MeterRegistry meters) {
    this.settings = settings;
    this.sender = sender;
    this.clock = clock;
    this.entries =
        settings.schedules().stream()
            .map(
                schedule ->
                    new Entry(
                        new SlotCursor(schedule, settings.grace()),
                        new SlotMetrics(schedule, clock, meters)))
            .toList();
  }

  /** Triggers what is due, and returns how long there is nothing to do. */
  Duration turn() throws InterruptedException {
    Instant now = clock.instant();
    List<Due> due = due(now);
    String problem = prepare(due).or(() -> send(due)).orElse(null);
    if (Thread.interrupted()) {
      throw new InterruptedException("stopped while triggering");
    }
    say(problem);
    return problem == null ? untilNextSlot() : RETRY;
  }

  /** Throws what keeps triggers from being sent, if anything did so last time. */
  void requireReady() {
    String problem = waitingFor;
    if (problem != null) {
      throw new IllegalStateException(problem);
    }
  }

  private List<Due> due(Instant now) {
    List<Due> due = new ArrayList<>();
    for (Entry entry : entries) {
      Arrivals arrivals = entry.cursor().until(now);
      for (Slot slot : arrivals.missed()) {
        entry.metrics().missed();
        LOG.error(
            "missed {}: it is superseded, or {} and more have passed",
            new Due(entry, slot),
            settings.grace());
      }
      arrivals.due().ifPresent(slot -> due.add(new Due(entry, slot)));
    }
    return due;
  }

  private Optional<String> prepare(List<Due> waiting) {
    if (prepared) {
      return Optional.empty();
    }
    try {
      sender.prepare();
      prepared = true;
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(STOPPING);
    } catch (Exception e) {
      waiting.forEach(due -> due.entry().metrics().failed());
      return Optional.of("waits for its topic: " + e.getMessage());
    }
  }

  /** Ends at the first failure: what the broker does not take now it takes of none. */
  private Optional<String> send(List<Due> all) {
    for (Due due : all) {
      Schedule schedule = due.schedule();
      PatrolRequested trigger = schedule.trigger(due.slot(), settings.dueAfter());
      try {
        sender.send(trigger);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.of(STOPPING);
      } catch (Exception e) {
        due.entry().metrics().failed();
        return Optional.of(
            "cannot trigger %s, and tries until %s: %s"
                .formatted(due, lastChance(trigger, due.slot()), e.getMessage()));
      }
      due.entry().cursor().settle(due.slot());
      Duration lateness = Duration.between(due.slot().at(), clock.instant());
      due.entry().metrics().sent(lateness);
      LOG.info("triggered {}, {} ms after its slot", due, lateness.toMillis());
    }
    return Optional.empty();
  }

  private Instant lastChance(PatrolRequested trigger, Slot slot) {
    Instant grace = slot.at().plus(settings.grace());
    Instant expires = trigger.expiresAt();
    return expires != null && expires.isBefore(grace) ? expires : grace;
  }

  private void say(@Nullable String problem) {
    if (problem != null && !problem.equals(waitingFor)) {
      LOG.warn("the scheduler {} (again every {} s)", problem, RETRY.toSeconds());
    } else if (problem == null && waitingFor != null) {
      LOG.info("the scheduler is ready");
    }
    waitingFor = problem;
  }

  private Duration untilNextSlot() {
    Instant now = clock.instant();
    return entries.stream()
        .map(entry -> Duration.between(now, entry.cursor().schedule().next(now).at()))
        .filter(wait -> wait.compareTo(LONGEST_WAIT) < 0)
        .min(Duration::compareTo)
        .map(wait -> wait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : wait)
        .orElse(LONGEST_WAIT);
  }
}
