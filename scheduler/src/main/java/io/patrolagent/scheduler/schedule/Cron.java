package io.patrolagent.scheduler.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * A cron expression of the five fields that crontab(5) knows, evaluated on a clock without a time
 * zone: what daylight saving makes of it is {@link ZoneClock}'s, not cron-utils'.
 *
 * <p>Where day of month and day of week are both restricted a day matches when either does, as in
 * every cron. Sunday is 0 and 7; names of months and days count in either case. Thread-safe.
 */
final class Cron {

  static final String FIELDS = "minute, hour, day of month, month, day of week";

  private static final CronParser PARSER =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  /** A day from which on a whole cycle of the calendar lies ahead, of leap years too. */
  private static final LocalDateTime ANY_DAY = LocalDateTime.of(2000, 1, 1, 0, 0);

  private final String expression;
  private final ExecutionTime times;

  private Cron(String expression, ExecutionTime times) {
    this.expression = expression;
    this.times = times;
  }

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException with a rule that it breaks, to be put behind its name
   */
  static Cron parse(String expression) {
    String text = expression.strip();
    Cron cron;
    try {
      cron = new Cron(text, ExecutionTime.forCron(PARSER.parse(text).validate()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "must be a cron expression of five fields (" + FIELDS + "): " + reason(e), e);
    }
    if (cron.find(ANY_DAY).isEmpty()) {
      throw new IllegalArgumentException("must be a cron expression that matches some day");
    }
    return cron;
  }

  /** The next match after a local time, which need not be on the clocks of every zone. */
  LocalDateTime next(LocalDateTime after) {
    return find(after)
        .orElseThrow(
            () -> new IllegalStateException("'" + expression + "' matches nothing after " + after));
  }

  /** In UTC, where cron-utils meets no change of the clocks; it promises nothing about threads. */
  private synchronized Optional<LocalDateTime> find(LocalDateTime after) {
    return times.nextExecution(after.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime);
  }

  private static String reason(IllegalArgumentException e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cron cron && cron.expression.equals(expression);
  }

  @Override
  public int hashCode() {
    return expression.hashCode();
  }

  @Override
  public String toString() {
    return expression;
  }
}
