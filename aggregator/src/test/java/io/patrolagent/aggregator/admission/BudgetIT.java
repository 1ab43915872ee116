package io.patrolagent.aggregator.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.patrolagent.aggregator.TestDatabase;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BudgetIT {

  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");

  private final Jdbi jdbi = TestDatabase.jdbi(TestDatabase.empty());

  @BeforeEach
  void makeTable() {
    jdbi.useHandle(
        h -> {
          h.execute("create schema alerts");
          h.execute(
              """
              create table alerts.patrol_reports (
                report_id uuid primary key, report_type text, status text not null,
                cost_usd numeric, finished_at timestamptz not null)
              """);
        });
  }

  @Test
  void aDayCountsWhateverItsPatrolsCostHoweverTheyEnded() {
    spent("on_demand", "completed", "1.50", "2026-11-25T00:00:00Z");
    spent("morning", "failed", "0.25", "2026-11-25T07:10:00Z");
    spent("on_demand", "cancelled", "0.25", "2026-11-25T09:59:00Z");
    spent("morning", "completed", "99", "2026-11-24T23:59:59Z");

    Spending spending = budget("3", ZoneOffset.UTC).spending(NOW);

    assertThat(spending.today()).isEqualByComparingTo("2.00");
    assertThat(spending.scheduledToday()).isEqualByComparingTo("0.25");
  }

  @Test
  void theScheduleKeepsWhatItCostsOnADayThatHadAny() {
    spent("morning", "completed", "2", "2026-11-24T07:10:00Z");
    spent("evening", "completed", "2", "2026-11-24T19:10:00Z");
    spent("morning", "completed", "2", "2026-11-20T07:10:00Z");
    spent("on_demand", "completed", "50", "2026-11-20T07:10:00Z");
    spent("morning", "completed", "70", "2026-11-17T23:59:59Z");
    spent("morning", "completed", "1", "2026-11-25T07:10:00Z");

    Spending spending = budget("3", ZoneOffset.UTC).spending(NOW);

    assertThat(spending.scheduledPerDay()).as("4 and 2 on two days").isEqualByComparingTo("3");
    assertThat(spending.reserve()).isEqualByComparingTo("2");
  }

  @Test
  void onDemandIsRejectedWhenTheRestIsTheSchedulesAndTheScheduleGoesOnUntilAllIsSpent() {
    spent("morning", "completed", "4", "2026-11-24T07:10:00Z");
    spent("on_demand", "completed", "6", "2026-11-25T08:00:00Z");

    Budget budget = budget("10", ZoneOffset.UTC);

    assertThat(budget.rejection(NOW))
        .contains(
            "of the day's budget of $10.00 (PATROL_BUDGET_USD_PER_DAY) $6.00 is spent and $4.00 is"
                + " reserved for the schedule; try again tomorrow");
    assertThat(budget.offlineReason(NOW)).isEmpty();
    assertThat(budget("10.01", ZoneOffset.UTC).rejection(NOW)).isEmpty();
    assertThat(budget("6", ZoneOffset.UTC).offlineReason(NOW))
        .contains("The day's budget of $6.00 is used up ($6.00): no model was asked");
  }

  @Test
  void theDayIsTheZones() {
    spent("on_demand", "completed", "5", "2026-11-24T16:00:00Z");

    assertThat(budget("5", ZoneId.of("Asia/Tokyo")).offlineReason(NOW)).isPresent();
    assertThat(budget("5", ZoneOffset.UTC).offlineReason(NOW)).isEmpty();
  }

  @Test
  void withoutABudgetOrATableThereIsNoLimit() {
    spent("on_demand", "completed", "5000", "2026-11-25T08:00:00Z");
    AdmissionSettings none = new AdmissionSettings(Duration.ZERO, 1, 1, null, ZoneOffset.UTC);

    assertThat(new Budget(jdbi, none).rejection(NOW)).isEmpty();
    jdbi.useHandle(h -> h.execute("drop table alerts.patrol_reports"));
    assertThat(budget("1", ZoneOffset.UTC).rejection(NOW)).isEmpty();
  }

  private Budget budget(String limit, ZoneId zone) {
    return new Budget(
        jdbi, new AdmissionSettings(Duration.ZERO, 1, 1, new BigDecimal(limit), zone));
  }

  private void spent(String type, String status, String cost, String finished) {
    jdbi.useHandle(
        h ->
            h.execute(
                "insert into alerts.patrol_reports values (?, ?, ?, ?, ?)",
                UUID.randomUUID(),
                type,
                status,
                new BigDecimal(cost),
                Instant.parse(finished).atOffset(ZoneOffset.UTC)));
  }
}
