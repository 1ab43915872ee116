package io.patrolagent.scheduler.schedule;

import java.time.Instant;
import java.time.LocalDateTime;

/**
 * One time that a schedule is made for: as its cron expression says it, which identifies the
 * patrol, and when that is.
 */
public record Slot(LocalDateTime local, Instant at) {}
