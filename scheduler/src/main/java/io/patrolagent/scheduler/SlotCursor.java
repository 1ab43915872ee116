package io.patrolagent.scheduler;

import io.patrolagent.scheduler.schedule.Schedule;
import io.patrolagent.scheduler.schedule.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far one schedule has come. Of the slots that came since it was asked last only the latest is
 * worth a patrol, and that one only within the grace: each supersedes those before it.
 *
 * <p>A new cursor stands one grace before its first question, and so finds what was missed while
 * nobody ran. After a clock that went back it stands at the present again: slots that come a second
 * time are triggered a second time, which is the same patrol. For one thread.
 */
final class SlotCursor {

  /** How far back slots that nobody triggers any more are still counted. */
  private static final Duration COUNTED = Duration.ofDays(1);

  private final Schedule schedule;
  private final Duration grace;
  private @Nullable Instant settled;
  private @Nullable Slot triggered;

  SlotCursor(Schedule schedule, Duration grace) {
    this.schedule = schedule;
    this.grace = grace;
  }

  Schedule schedule() {
    return schedule;
  }

  /** The slot to trigger, and those that were missed for good since the last question. */
  record Arrivals(Optional<Slot> due, List<Slot> missed) {}

  /** What has come until now; the due slot comes again until it is {@link #settle}d or missed. */
  Arrivals until(Instant now) {
    Instant before = settled;
    List<Slot> missed = new ArrayList<>();
    @Nullable Slot latest = null;
    Instant from = start(now);
    for (Slot slot = schedule.next(from);
        !slot.at().isAfter(now);
        slot = schedule.next(slot.at())) {
      if (latest != null) {
        missed.add(latest);
      }
      latest = slot;
    }
    if (latest != null && !latest.at().isAfter(now.minus(grace))) {
      missed.add(latest);
      latest = null;
    }
    if (latest != null && latest.equals(triggered)) {
      latest = null; // the clock went back by less than a slot
    }
    settled = latest == null ? now : justBefore(latest);
    // what was before the first question may have been triggered by somebody else
    return new Arrivals(Optional.ofNullable(latest), before == null ? List.of() : missed);
  }

  /** The slot was triggered. */
  void settle(Slot slot) {
    settled = slot.at();
    triggered = slot;
  }

  private Instant start(Instant now) {
    Instant first = now.minus(grace);
    Instant last = settled;
    if (last == null) {
      return first;
    }
    if (last.isAfter(now)) {
      return now;
    }
    Instant counted = first.minus(COUNTED);
    return last.isBefore(counted) ? counted : last;
  }

  /** So that the slot comes again. */
  private static Instant justBefore(Slot slot) {
    return slot.at().minusNanos(1);
  }
}
