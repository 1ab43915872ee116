package io.patrolagent.aggregator.admission;

import java.math.BigDecimal;

/**
 * What patrols have cost, in US dollars: all of them today, those of the schedule today, and those
 * of the schedule on an average day of the last seven that had any.
 */
record Spending(BigDecimal today, BigDecimal scheduledToday, BigDecimal scheduledPerDay) {

  static final Spending NONE = new Spending(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

  /** What the schedule will still need today. */
  BigDecimal reserve() {
    return scheduledPerDay.subtract(scheduledToday).max(BigDecimal.ZERO);
  }
}
