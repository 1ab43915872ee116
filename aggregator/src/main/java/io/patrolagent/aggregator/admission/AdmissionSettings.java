package io.patrolagent.aggregator.admission;

import io.patrolagent.common.config.Env;
import io.patrolagent.common.config.Setting;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * When on-demand triggers share a patrol, and what turns them away.
 *
 * @param shareWindow how long after a request the same one shares its patrol; zero: never
 * @param perHour on-demand patrols that are let in within an hour
 * @param queue on-demand patrols that have not ended
 * @param budgetPerDay US dollars that all patrols of a day may cost together; null: no limit
 * @param zone where a day begins and ends
 */
public record AdmissionSettings(
    Duration shareWindow, int perHour, int queue, @Nullable BigDecimal budgetPerDay, ZoneId zone) {

  /** What a client has to go back at most to find the report that it shares. */
  private static final Duration LONGEST_WINDOW = Duration.ofHours(1);

  private static final int MOST = 1_000_000;

  /**
   * From {@code PATROL_ON_DEMAND_…}, {@code PATROL_BUDGET_…} and {@code PATROL_SCHEDULE_ZONE};
   * notes problems in the env.
   */
  public static AdmissionSettings from(Env env) {
    return new AdmissionSettings(
        env.duration(Setting.ON_DEMAND_SHARE_WINDOW, LONGEST_WINDOW),
        env.integer(Setting.ON_DEMAND_PER_HOUR, 1, MOST),
        env.integer(Setting.ON_DEMAND_QUEUE, 1, MOST),
        env.decimal(Setting.BUDGET_USD_PER_DAY).orElse(null),
        zone(env));
  }

  /** The schedule's, so that the day of the budget is the day of the reports. */
  private static ZoneId zone(Env env) {
    try {
      return ZoneId.of(env.string(Setting.SCHEDULE_ZONE));
    } catch (DateTimeException e) {
      env.problem(Setting.SCHEDULE_ZONE, "must be a time zone");
      return ZoneOffset.UTC;
    }
  }
}
