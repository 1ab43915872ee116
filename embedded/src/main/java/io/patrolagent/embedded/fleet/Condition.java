package io.patrolagent.embedded.fleet;

import java.util.List;

/**
 * What is the matter with a cluster: where it differs from an ordinary one. Everything has the
 * ordinary answer by default. Times are hours before the fleet's {@code now}.
 */
interface Condition {

  Condition ORDINARY = new Condition() {};

  /** The reading of a metric at that time, given what it would be without this condition. */
  default double reading(Metric metric, double ordinary, double hoursAgo) {
    return ordinary;
  }

  /** The node as it is now, given what it would be without this condition. */
  default Node node(Node ordinary) {
    return ordinary;
  }

  /** The health component for nodes at that time, 100 when all are up. */
  default double nodesComponent(double hoursAgo) {
    return 100;
  }

  /** Reasons for risk at that time that do not follow from the metrics. */
  default List<RiskReason> reasons(double hoursAgo) {
    return List.of();
  }

  /** The latest reading, score and assessment are this old; 0 where collecting goes on. */
  default double collectedUntilHoursAgo() {
    return 0;
  }

  /** No backup has finished since then; 0 where they run every night. */
  default double backupsUntilHoursAgo() {
    return 0;
  }

  default boolean hasHealthScores() {
    return true;
  }

  default boolean hasRiskSnapshots() {
    return true;
  }

  /** Lines in the log besides the everyday ones. */
  default List<LogLine> logs() {
    return List.of();
  }

  /** Alerts besides the everyday ones. */
  default List<Alert> alerts() {
    return List.of();
  }

  /** Issues besides the everyday ones. */
  default List<Issue> issues() {
    return List.of();
  }
}
