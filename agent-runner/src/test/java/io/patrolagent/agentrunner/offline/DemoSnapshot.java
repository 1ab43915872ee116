package io.patrolagent.agentrunner.offline;

import com.fasterxml.jackson.core.type.TypeReference;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.FleetSnapshot.AlertCounts;
import io.patrolagent.common.patrol.FleetSnapshot.ClusterCounts;
import io.patrolagent.common.patrol.FleetSnapshot.HealthDistribution;
import io.patrolagent.common.patrol.FleetSnapshot.IssueCounts;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import io.patrolagent.common.patrol.FleetSnapshot.RiskDistribution;
import io.patrolagent.common.patrol.FleetSnapshot.RiskReason;
import io.patrolagent.common.patrol.FleetSnapshot.SourceFreshness;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A snapshot of a demo fleet, counted here: the aggregator is another service. */
final class DemoSnapshot {

  private static final String LATEST =
      """
      select c.cluster_id, c.cluster_name, c.customer_name, c.customer_tier, c.cloud, c.region,
        c.version, h.score, h.scored_at, r.risk_level, r.reasons, r.snapshot_at
      from byoc.clusters c
      left join lateral (select * from byoc.cluster_health_scores s
        where s.cluster_id = c.cluster_id order by s.scored_at desc limit 1) h on true
      left join lateral (select * from byoc.cluster_risk_snapshots s
        where s.cluster_id = c.cluster_id order by s.snapshot_at desc limit 1) r on true
      where c.status = 'active' order by c.cluster_id""";

  private DemoSnapshot() {}

  static FleetSnapshot take(Connection connection) throws Exception {
    Instant now = Instant.now();
    List<ProblemCluster> active = active(connection);
    return new FleetSnapshot(
        now,
        new ClusterCounts(
            count(connection, "byoc.clusters"),
            active.size(),
            count(connection, "byoc.clusters where status = 'suspended'"),
            count(connection, "byoc.clusters where status = 'terminated'")),
        new RiskDistribution(
            rated(active, "Critical"),
            rated(active, "Warning"),
            rated(active, "Healthy"),
            rated(active, null)),
        new HealthDistribution(
            scored(active, 80, 101),
            scored(active, 60, 80),
            scored(active, 0, 60),
            number(active, cluster -> cluster.healthScore() == null)),
        new AlertCounts(
            count(
                connection,
                "alerts.lark_alerts where status = 'firing' and fired_at > now() - interval '1 day'"),
            count(connection, "alerts.lark_alerts where resolved_at > now() - interval '1 day'"),
            count(
                connection,
                "alerts.lark_alerts where status = 'firing' and fired_at <= now() - interval '1"
                    + " day'")),
        new IssueCounts(
            issues(connection, "critical"),
            issues(connection, "high"),
            issues(connection, "medium"),
            issues(connection, "low")),
        active.stream()
            .filter(cluster -> cluster.healthScore() != null)
            .sorted(Comparator.comparing(ProblemCluster::healthScore))
            .limit(10)
            .toList(),
        active.stream().filter(DemoSnapshot::isPriorityProblem).toList(),
        List.of(
            source("risk_snapshots", active, active.stream().map(ProblemCluster::riskAt).toList()),
            source(
                "health_scores", active, active.stream().map(ProblemCluster::scoredAt).toList())),
        List.of());
  }

  private static boolean isPriorityProblem(ProblemCluster cluster) {
    return List.of("S", "A").contains(cluster.customerTier())
        && ("Critical".equals(cluster.riskLevel())
            || (cluster.healthScore() != null && cluster.healthScore() < 60));
  }

  private static SourceFreshness source(
      String name, List<ProblemCluster> active, List<@Nullable Instant> times) {
    List<Instant> known = times.stream().filter(Objects::nonNull).toList();
    Instant old = Instant.now().minusSeconds(86_400);
    return new SourceFreshness(
        name,
        known.stream().max(Comparator.naturalOrder()).orElse(null),
        active.size() - known.size(),
        (int) known.stream().filter(at -> at.isBefore(old)).count());
  }

  private static List<ProblemCluster> active(Connection connection) throws Exception {
    List<ProblemCluster> clusters = new ArrayList<>();
    try (ResultSet row = connection.createStatement().executeQuery(LATEST)) {
      while (row.next()) {
        String reasons = row.getString("reasons");
        clusters.add(
            new ProblemCluster(
                row.getString("cluster_id"),
                row.getString("cluster_name"),
                row.getString("customer_name"),
                row.getString("customer_tier"),
                row.getString("cloud"),
                row.getString("region"),
                row.getString("version"),
                row.getObject("score") == null ? null : row.getDouble("score"),
                time(row.getTimestamp("scored_at")),
                row.getString("risk_level"),
                reasons == null
                    ? List.of()
                    : EventCodec.mapper()
                        .readValue(reasons, new TypeReference<List<RiskReason>>() {}),
                time(row.getTimestamp("snapshot_at"))));
      }
    }
    return clusters;
  }

  private static @Nullable Instant time(@Nullable Timestamp timestamp) {
    return timestamp == null ? null : timestamp.toInstant();
  }

  private static int rated(List<ProblemCluster> active, @Nullable String level) {
    return number(active, cluster -> Objects.equals(level, cluster.riskLevel()));
  }

  private static int scored(List<ProblemCluster> active, double from, double below) {
    return number(
        active,
        cluster ->
            cluster.healthScore() != null
                && cluster.healthScore() >= from
                && cluster.healthScore() < below);
  }

  private static int number(List<ProblemCluster> active, Predicate<ProblemCluster> which) {
    return (int) active.stream().filter(which).count();
  }

  private static int issues(Connection connection, String severity) throws SQLException {
    return count(
        connection, "alerts.issues where status = 'ongoing' and severity = '" + severity + "'");
  }

  private static int count(Connection connection, String from) throws SQLException {
    try (ResultSet row =
        connection.createStatement().executeQuery("select count(*) from " + from)) {
      row.next();
      return row.getInt(1);
    }
  }
}
