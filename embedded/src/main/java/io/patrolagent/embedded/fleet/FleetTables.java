package io.patrolagent.embedded.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a planned fleet, table by table and cluster by cluster. Nothing is kept from one
 * cluster to the next, so that a fleet of any size needs no more memory than its plan.
 */
final class FleetTables {

  private final FleetPlan plan;
  private final Instant now;

  FleetTables(FleetPlan plan) {
    this.plan = plan;
    this.now = plan.options().now();
  }

  /** In an order that foreign keys allow. */
  List<TableLoad> loads() {
    return List.of(
        new TableLoad(
            "byoc.clusters",
            List.of(
                "cluster_id",
                "cluster_name",
                "account_id",
                "customer_name",
                "customer_tier",
                "cloud",
                "region",
                "version",
                "status",
                "created_at"),
            this::clusters),
        new TableLoad(
            "byoc.cluster_risk_snapshots",
            List.of("cluster_id", "risk_level", "reasons", "snapshot_at"),
            this::riskSnapshots),
        new TableLoad(
            "byoc.cluster_health_scores",
            List.of("cluster_id", "score", "components", "scored_at"),
            this::healthScores),
        new TableLoad(
            "byoc.cluster_metrics",
            List.of("cluster_id", "metric", "sampled_at", "value"),
            this::metrics),
        new TableLoad(
            "byoc.cluster_nodes",
            List.of(
                "cluster_id",
                "node_id",
                "role",
                "instance_type",
                "zone",
                "state",
                "restarts_24h",
                "disk_total_gb",
                "disk_used_gb",
                "observed_at"),
            this::nodes),
        new TableLoad(
            "byoc.cluster_logs",
            List.of("cluster_id", "node_id", "level", "component", "message", "logged_at"),
            this::logs),
        new TableLoad(
            "alerts.lark_alerts",
            List.of(
                "cluster_id",
                "alert_name",
                "severity",
                "status",
                "message",
                "fired_at",
                "resolved_at"),
            this::alerts),
        new TableLoad(
            "alerts.issues",
            List.of("cluster_id", "title", "severity", "status", "opened_at", "resolved_at"),
            this::issues),
        new TableLoad(
            "knowledge.documents",
            List.of("kind", "title", "body", "tags", "affected_versions", "published_at"),
            this::documents));
  }

  private void clusters(CopyWriter out) throws SQLException {
    for (Cluster cluster : plan.clusters()) {
      out.row();
      out.text(cluster.id());
      out.text(cluster.name());
      out.text(cluster.account().id());
      out.text(cluster.customer().name());
      out.text(cluster.customer().tier().name());
      out.text(cluster.account().cloud().label());
      out.text(cluster.region().name());
      out.text(cluster.version());
      out.text(cluster.status().label());
      out.time(at(cluster.ageHours()));
    }
  }

  private void riskSnapshots(CopyWriter out) throws SQLException {
    for (Cluster cluster : plan.clusters()) {
      Condition condition = plan.condition(cluster);
      if (condition.hasRiskSnapshots()) {
        Readings readings = readings(cluster);
        byte[] id = cluster.id().getBytes(UTF_8);
        for (double hoursAgo : Schedule.RISK.times(cluster, condition)) {
          Risk risk = Risk.of(readings, condition, hoursAgo);
          out.row();
          out.text(id);
          out.text(risk.level().label());
          out.json(risk.reasonsJson());
          out.time(at(hoursAgo));
        }
      }
    }
  }

  private void healthScores(CopyWriter out) throws SQLException {
    for (Cluster cluster : plan.clusters()) {
      Condition condition = plan.condition(cluster);
      if (condition.hasHealthScores()) {
        Readings readings = readings(cluster);
        byte[] id = cluster.id().getBytes(UTF_8);
        for (double hoursAgo : Schedule.HEALTH.times(cluster, condition)) {
          Health health = Health.of(readings, condition, hoursAgo);
          out.row();
          out.text(id);
          out.hundredths(health.score());
          out.json(health.json());
          out.time(at(hoursAgo));
        }
      }
    }
  }

  private void metrics(CopyWriter out) throws SQLException {
    for (Cluster cluster : plan.clusters()) {
      Condition condition = plan.condition(cluster);
      double[] often = Schedule.METRICS.times(cluster, condition);
      double[] daily = Schedule.SLOW_METRICS.times(cluster, condition);
      Readings readings = readings(cluster);
      byte[] id = cluster.id().getBytes(UTF_8);
      for (Metric metric : Metric.all()) {
        for (double hoursAgo : metric.isSlow() ? daily : often) {
          out.row();
          out.text(id);
          out.text(metric.column());
          out.time(at(hoursAgo));
          out.real(readings.at(metric, hoursAgo));
        }
      }
    }
  }

  private void nodes(CopyWriter out) throws SQLException {
    for (Cluster cluster : plan.clusters()) {
      if (cluster.status() == ClusterStatus.TERMINATED) {
        continue;
      }
      Condition condition = plan.condition(cluster);
      double seen = Schedule.newest(cluster, condition);
      double used = readings(cluster).at(Metric.DISK_USED_PERCENT, seen);
      for (Node node : Nodes.of(cluster, condition, used)) {
        out.row();
        out.text(cluster.id());
        out.text(node.id());
        out.text(node.role().label());
        out.text(node.instanceType());
        out.text(node.zone());
        out.text(node.state());
        out.integer(node.restarts24h());
        out.hundredths(node.diskTotalGb() * 100L);
        out.hundredths(Math.round(node.diskUsedGb() * 100));
        out.time(at(seen));
      }
    }
  }

  private void logs(CopyWriter out) throws SQLException {
    for (Cluster cluster : plan.clusters()) {
      Condition condition = plan.condition(cluster);
      for (LogLine line : EverydayLogs.of(cluster, condition, readings(cluster), now)) {
        out.row();
        out.text(cluster.id());
        out.text(line.nodeId());
        out.text(line.level());
        out.text(line.component());
        out.text(line.message());
        out.time(at(line.hoursAgo()));
      }
    }
  }

  private void alerts(CopyWriter out) throws SQLException {
    for (Cluster cluster : plan.clusters()) {
      for (Alert alert : EverydayAlerts.alerts(cluster, plan.condition(cluster))) {
        out.row();
        out.text(cluster.id());
        out.text(alert.name());
        out.text(alert.severity());
        out.text(alert.status());
        out.text(alert.message());
        out.time(at(alert.firedHoursAgo()));
        timeOrNothing(out, alert.resolvedHoursAgo());
      }
    }
  }

  private void issues(CopyWriter out) throws SQLException {
    for (Cluster cluster : plan.clusters()) {
      for (Issue issue : EverydayAlerts.issues(cluster, plan.condition(cluster))) {
        out.row();
        out.text(cluster.id());
        out.text(issue.title());
        out.text(issue.severity());
        out.text(issue.status());
        out.time(at(issue.openedHoursAgo()));
        timeOrNothing(out, issue.resolvedHoursAgo());
      }
    }
  }

  private void documents(CopyWriter out) throws SQLException {
    for (KnowledgeDocument document : KnowledgeDocument.all()) {
      out.row();
      out.text(document.kind());
      out.text(document.title());
      out.text(document.body());
      out.texts(document.tags());
      out.texts(document.affectedVersions());
      out.time(at(document.publishedDaysAgo() * 24.0));
    }
  }

  private void timeOrNothing(CopyWriter out, @Nullable Double hoursAgo) {
    if (hoursAgo == null) {
      out.nothing();
    } else {
      out.time(at(hoursAgo));
    }
  }

  private Readings readings(Cluster cluster) {
    return new Readings(cluster, Traits.of(cluster), plan.condition(cluster), now);
  }

  private long at(double hoursAgo) {
    return now.getEpochSecond() - (long) (hoursAgo * 3600);
  }
}
