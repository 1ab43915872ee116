package io.patrolagent.scheduler.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;

/**
 * What the clocks on a zone's walls show, and when they show a local time for the first time.
 *
 * <p>A local time that is skipped counts as shown right after the gap, one that comes twice as
 * shown at the first. So a later local time is never shown before an earlier one, which {@code
 * ZonedDateTime.ofLocal} does not promise: it moves a skipped time by the gap's length, past those
 * that follow the gap.
 */
record ZoneClock(ZoneId zone) {

  LocalDateTime at(Instant instant) {
    return LocalDateTime.ofInstant(instant, zone);
  }

  /** The first instant at which the clocks show this time or, where it is skipped, a later one. */
  Instant first(LocalDateTime local) {
    ZoneOffsetTransition change = zone.getRules().getTransition(local);
    return change != null && change.isGap()
        ? change.getInstant()
        : local.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
  }
}
