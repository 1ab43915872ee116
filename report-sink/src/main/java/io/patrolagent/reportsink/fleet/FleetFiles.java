package io.patrolagent.reportsink.fleet;

import static io.patrolagent.common.sql.ResultColumn.count;
import static io.patrolagent.common.sql.ResultColumn.instant;
import static io.patrolagent.common.sql.ResultColumn.json;
import static io.patrolagent.common.sql.ResultColumn.number;
import static io.patrolagent.common.sql.ResultColumn.text;

import io.patrolagent.common.sql.FleetFile;
import java.util.List;

/** The statements on the operator's tables by which a report is checked. */
final class FleetFiles {

  static final FleetFile CLUSTERS =
      new FleetFile(
          "report_clusters.sql",
          List.of("ids"),
          List.of(
              text("cluster_id", "the cluster"),
              text("cluster_name", "its name"),
              text("customer_name", "whose it is"),
              text("customer_tier", "S, A, B or C"),
              text("cloud", "aws, azure, gcp"),
              text("region", "where it is"),
              text("version", "of the database engine"),
              text("status", "active, suspended or terminated"),
              number("health_score", "its latest health score"),
              instant("scored_at", "when that was taken"),
              text("risk_level", "its latest risk level"),
              json("risk_reasons", "why"),
              instant("risk_at", "when that was found"),
              count("nodes", "nodes observed in the last 24 hours"),
              count("nodes_not_running", "those of them that do not run"),
              count("restarts_24h", "the most restarts that one of them had"),
              count("firing_alerts", "alerts that fire now"),
              count("firing_critical_alerts", "those of severity critical"),
              count("open_issues", "ongoing issues"),
              count("open_issues_critical", "… of severity critical"),
              count("open_issues_high", "… of severity high")));

  static final FleetFile METRICS =
      new FleetFile(
          "report_metrics.sql",
          List.of("ids"),
          List.of(
              text("cluster_id", "the cluster"),
              text("metric", "its name"),
              number("value", "the sample")));

  static final FleetFile PRIORITY =
      new FleetFile(
          "report_priority.sql",
          List.of("limit"),
          List.of(
              text("cluster_id", "the cluster"),
              text("issue_severity", "critical or high"),
              text("issue_title", "what that issue is about")));

  static final FleetFile COHORTS =
      new FleetFile(
          "report_cohorts.sql",
          List.of(),
          List.of(
              text("dimension", "version, region or cloud"),
              text("value", "what they share"),
              count("active", "how many they are")));

  private FleetFiles() {}
}
