package io.patrolagent.aggregator.admission;

import io.patrolagent.aggregator.history.ReportHistory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The day's budget. Once it is used up the schedule's reports are written offline, and patrols on
 * demand are turned away; these also while what is left is what the schedule will need today. It
 * counts patrols that have ended: one under way is bounded by its own limit. Thread-safe.
 */
final class Budget {

  private static final int DAYS_OF_HISTORY = 7;

  private final Jdbi jdbi;
  private final @Nullable BigDecimal limit;
  private final ZoneId zone;

  Budget(Jdbi jdbi, AdmissionSettings settings) {
    this.jdbi = jdbi;
    this.limit = settings.budgetPerDay();
    this.zone = settings.zone();
  }

  /** Why the schedule's report has to be written without a model, if it has. */
  Optional<String> offlineReason(Instant now) {
    if (limit == null) {
      return Optional.empty();
    }
    Spending spent = spending(now);
    return spent.today().compareTo(limit) < 0
        ? Optional.empty()
        : Optional.of(
            "The day's budget of %s is used up (%s): no model was asked"
                .formatted(dollars(limit), dollars(spent.today())));
  }

  /** Why a patrol on demand is turned away, if it is. */
  Optional<String> rejection(Instant now) {
    if (limit == null) {
      return Optional.empty();
    }
    Spending spent = spending(now);
    BigDecimal reserve = spent.reserve();
    return spent.today().add(reserve).compareTo(limit) < 0
        ? Optional.empty()
        : Optional.of(
            "of the day's budget of %s (PATROL_BUDGET_USD_PER_DAY) %s is spent and %s is reserved for the schedule; try again tomorrow"
                .formatted(dollars(limit), dollars(spent.today()), dollars(reserve)));
  }

  private static String dollars(BigDecimal amount) {
    return "$" + amount.setScale(2, RoundingMode.HALF_UP).toPlainString();
  }

  Spending spending(Instant now) {
    LocalDate today = LocalDate.ofInstant(now, zone);
    return jdbi.withHandle(
        handle -> {
          if (!ReportHistory.exists(handle)) {
            return Spending.NONE;
          }
          return handle
              .createQuery(
                  """
                  with cost as (
                    select cast(finished_at at time zone :zone as date) as day,
                           report_type <> 'on_demand' as scheduled,
                           cost_usd
                      from alerts.patrol_reports
                     where finished_at >= :since and cost_usd > 0),
                  scheduled_day as (
                    select sum(cost_usd) as cost
                      from cost
                     where scheduled and day < cast(:today as date)
                     group by day)
                  select coalesce(sum(cost_usd), 0) as today,
                         coalesce(sum(cost_usd) filter (where scheduled), 0) as scheduled_today,
                         coalesce((select avg(cost) from scheduled_day), 0) as scheduled_per_day
                    from cost
                   where day >= cast(:today as date)
                  """)
              .bind("zone", zone.getId().equals("Z") ? "UTC" : zone.getId())
              .bind("today", today.toString())
              .bind(
                  "since",
                  today
                      .minusDays(DAYS_OF_HISTORY)
                      .atStartOfDay(zone)
                      .toInstant()
                      .atOffset(ZoneOffset.UTC))
              .map(
                  (row, context) ->
                      new Spending(
                          row.getBigDecimal("today"),
                          row.getBigDecimal("scheduled_today"),
                          row.getBigDecimal("scheduled_per_day")))
              .one();
        });
  }
}
