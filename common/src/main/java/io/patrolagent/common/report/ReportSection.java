package io.patrolagent.common.report;

/**
 * The sections of a report, in the order they are asked for, each under a {@code ## NAME} heading.
 */
public enum ReportSection {
  /** Two to four paragraphs on the state of the fleet. */
  FLEET_NARRATIVE,
  /** A JSON array of objects with {@code cluster_id, severity, reason, key_metrics}. */
  FLAGGED_CLUSTERS,
  /** Bullets that start with {@code [High]}, {@code [Medium]} or {@code [Low]} confidence. */
  PREDICTIONS,
  /** Two or three sentences for each Tier S or A customer with issues. */
  CUSTOMER_SUMMARIES,
  /**
   * Bullets in order of priority that start with {@code [Immediate]}, {@code [Today]} or {@code
   * [This Week]}.
   */
  RECOMMENDED_ACTIONS
}
