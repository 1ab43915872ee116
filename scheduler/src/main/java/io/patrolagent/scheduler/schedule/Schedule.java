package io.patrolagent.scheduler.schedule;

import io.patrolagent.common.event.Event;
import io.patrolagent.common.event.PatrolRequested;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.patrol.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which patrol is made when. Its name and a slot's local time give the patrol's id, so that the
 * same slot is the same patrol whoever triggers it and however often.
 */
public final class Schedule {

  static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  private final String name;
  private final ReportType type;
  private final Cron cron;
  private final ZoneClock clock;
  private final Scope scope;
  private final @Nullable String focus;
  private final String triggeredBy;

  private Schedule(
      String name,
      ReportType type,
      Cron cron,
      ZoneId zone,
      Scope scope,
      @Nullable String focus,
      String triggeredBy) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("schedule name must match " + NAME + ", got " + name);
    }
    this.name = name;
    this.type = type;
    this.cron = cron;
    this.clock = new ZoneClock(zone);
    this.scope = scope;
    this.focus = focus;
    this.triggeredBy = triggeredBy;
  }

  /** The whole fleet's, called as its report type. */
  static Schedule of(ReportType type, Cron cron, ZoneId zone) {
    return new Schedule(type.wireName(), type, cron, zone, Scope.FLEET, null, "schedule");
  }

  /** One of a file. */
  static Schedule named(
      String name, ReportType type, Cron cron, ZoneId zone, Scope scope, @Nullable String focus) {
    return new Schedule(name, type, cron, zone, scope, focus, "schedule:" + name);
  }

  public String name() {
    return name;
  }

  public ReportType type() {
    return type;
  }

  public ZoneId zone() {
    return clock.zone();
  }

  /**
   * The first slot after an instant. Slots that a change of the clocks puts on one instant are one,
   * the earliest of them.
   */
  public Slot next(Instant after) {
    LocalDateTime local = clock.at(after).truncatedTo(ChronoUnit.MINUTES);
    Instant at;
    do { // the hour that comes a second time has had its slots
      local = cron.next(local);
      at = clock.first(local);
    } while (!at.isAfter(after));
    return new Slot(local, at);
  }

  public PatrolId patrolId(Slot slot) {
    return PatrolId.ofSlot(name, slot.local());
  }

  /** The slot's trigger, worth acting on until the next slot; due then at the latest. */
  public PatrolRequested trigger(Slot slot, Duration dueAfter) {
    Instant expires = next(slot.at()).at();
    Instant due = slot.at().plus(dueAfter);
    return new PatrolRequested(
        Event.SCHEMA_VERSION,
        patrolId(slot),
        type,
        triggeredBy,
        scope.isFleet() ? null : scope,
        focus,
        slot.at(),
        due.isAfter(expires) ? expires : due,
        expires,
        null);
  }

  /** {@code morning (30 6 * * MON-FRI, Europe/Berlin)}. */
  @Override
  public String toString() {
    return name + " (" + cron + ", " + zone() + ")";
  }
}
