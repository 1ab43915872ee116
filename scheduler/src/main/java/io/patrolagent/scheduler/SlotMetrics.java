package io.patrolagent.scheduler;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.patrolagent.scheduler.schedule.Schedule;
import java.time.Clock;
import java.time.Duration;

/** One schedule's figures; every result is there from the start, so that a first one is a rise. */
final class SlotMetrics {

  private final Counter sent;
  private final Counter failed;
  private final Counter missed;
  private volatile double latenessSeconds = Double.NaN;

  SlotMetrics(Schedule schedule, Clock clock, MeterRegistry meters) {
    this.sent = triggers(schedule, "sent", meters);
    this.failed = triggers(schedule, "failed", meters);
    this.missed = triggers(schedule, "missed", meters);
    Gauge.builder(
            "patrol.schedule.next.slot",
            schedule,
            next -> next.next(clock.instant()).at().getEpochSecond())
        .description("When the schedule's next slot is, in seconds since 1970")
        .baseUnit("seconds")
        .tag("schedule", schedule.name())
        .strongReference(true)
        .register(meters);
    Gauge.builder("patrol.schedule.last.lateness", this, metrics -> metrics.latenessSeconds)
        .description("How long after its slot the last trigger was stored")
        .baseUnit("seconds")
        .tag("schedule", schedule.name())
        .strongReference(true)
        .register(meters);
  }

  private static Counter triggers(Schedule schedule, String result, MeterRegistry meters) {
    return Counter.builder("patrol.schedule.triggers")
        .description(
            "Triggers stored, attempts that failed and were repeated, and slots given up for good")
        .tag("schedule", schedule.name())
        .tag("result", result)
        .register(meters);
  }

  void sent(Duration lateness) {
    sent.increment();
    latenessSeconds = lateness.toMillis() / 1000.0;
  }

  void failed() {
    failed.increment();
  }

  void missed() {
    missed.increment();
  }
}
