package io.patrolagent.reportsink.migration;

import java.util.List;

/**
 * The services' database roles, and the statements that give each what its service needs and no
 * more. Names are as PostgreSQL is to know them; they are quoted where they must be.
 */
public record DatabaseRoles(String aggregator, String agentRunner, String reportSink) {

  /** The names that documentation and Compose use. */
  public static final DatabaseRoles DEFAULT =
      new DatabaseRoles("patrol_aggregator", "patrol_agent_runner", "patrol_report_sink");

  public DatabaseRoles {
    for (String role : List.of(aggregator, agentRunner, reportSink)) {
      if (role.isBlank() || role.length() > 63) {
        throw new IllegalArgumentException(
            "a role's name must have 1 to 63 characters, not '" + role + "'");
      }
    }
  }

  /** The roles themselves; passwords are for whoever runs it. */
  public List<String> roles() {
    return List.of(
        "create role %s login".formatted(quoted(aggregator)),
        "create role %s login".formatted(quoted(agentRunner)),
        "create role %s login".formatted(quoted(reportSink)));
  }

  /** Reading the fleet's own tables, as the reference schema calls them. */
  public List<String> onFleet() {
    return List.of(
        "grant usage on schema byoc, alerts to %s".formatted(quoted(aggregator)),
        "grant select on byoc.clusters, byoc.cluster_risk_snapshots, byoc.cluster_health_scores,"
            + " alerts.lark_alerts, alerts.issues to %s".formatted(quoted(aggregator)),
        "grant usage on schema byoc, alerts, knowledge to %s".formatted(quoted(agentRunner)),
        "grant select on all tables in schema byoc, alerts, knowledge to %s"
            .formatted(quoted(agentRunner)),
        "grant usage on schema byoc, alerts to %s".formatted(quoted(reportSink)),
        "grant select on byoc.clusters, byoc.cluster_risk_snapshots, byoc.cluster_health_scores,"
            + " byoc.cluster_nodes, byoc.cluster_metrics, alerts.lark_alerts, alerts.issues to %s"
                .formatted(quoted(reportSink)));
  }

  /** Where the report-sink makes its table itself. */
  public List<String> toMigrate() {
    return List.of(
        "grant usage, create on schema alerts to %s".formatted(quoted(reportSink)),
        "alter default privileges for role %s in schema alerts grant select on tables to %s, %s"
            .formatted(quoted(reportSink), quoted(aggregator), quoted(agentRunner)));
  }

  /** Where somebody else has made it. */
  public List<String> onReports() {
    return List.of(
        "grant usage on schema alerts to %s, %s, %s"
            .formatted(quoted(aggregator), quoted(agentRunner), quoted(reportSink)),
        "grant select, insert, update on alerts.patrol_reports to %s".formatted(quoted(reportSink)),
        "grant select on alerts.%s to %s"
            .formatted(MigrationPreparation.HISTORY, quoted(reportSink)),
        "grant select on alerts.patrol_reports to %s, %s"
            .formatted(quoted(aggregator), quoted(agentRunner)));
  }

  private static String quoted(String role) {
    return role.matches("[a-z_][a-z0-9_]*") ? role : '"' + role.replace("\"", "\"\"") + '"';
  }
}
