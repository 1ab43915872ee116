package io.patrolagent.common.report;

/**
 * What flagged clusters have in common, with the sizes that it rests on: of the {@code cohort}
 * active clusters in scope whose {@code dimension} ({@code version}, {@code region} or {@code
 * cloud}) has this {@code value}, so many are flagged for this reason, of so many customers; and of
 * all others ({@code rest}) so many are.
 */
public record FleetPattern(
    ReasonCode reasonCode,
    String dimension,
    String value,
    int flagged,
    int customers,
    int cohort,
    int flaggedInRest,
    int rest) {

  public FleetPattern {
    if (reasonCode == null || dimension == null || value == null) {
      throw new IllegalArgumentException(
          "a pattern needs reason_code, dimension and value; value is " + value);
    }
  }
}
