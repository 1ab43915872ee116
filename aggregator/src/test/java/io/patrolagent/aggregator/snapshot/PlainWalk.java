package io.patrolagent.aggregator.snapshot;

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
import io.patrolagent.common.patrol.Scope;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/** The snapshot once more, from every row and without SQL: slow, plain, and not of one mind. */
record PlainWalk(
    List<Map<String, Object>> clusters,
    List<Map<String, Object>> scores,
    List<Map<String, Object>> risks,
    List<Map<String, Object>> alerts,
    List<Map<String, Object>> issues) {

  static PlainWalk read(Jdbi jdbi) {
    return new PlainWalk(
        all(jdbi, "byoc.clusters"),
        all(jdbi, "byoc.cluster_health_scores"),
        all(jdbi, "byoc.cluster_risk_snapshots"),
        all(jdbi, "alerts.lark_alerts"),
        all(jdbi, "alerts.issues"));
  }

  FleetSnapshot snapshot(Scope scope, Instant now) {
    List<Map<String, Object>> inScope = clusters.stream().filter(c -> in(scope, c)).toList();
    List<String> ids = inScope.stream().map(c -> text(c, "cluster_id")).toList();
    List<ProblemCluster> active =
        inScope.stream().filter(c -> is(c, "status", "active")).map(this::cluster).toList();
    Instant dayAgo = now.minus(Duration.ofDays(1));
    List<Map<String, Object>> alertsInScope = of(ids, alerts);
    List<Map<String, Object>> ongoing =
        of(ids, issues).stream().filter(i -> is(i, "status", "ongoing")).toList();
    return new FleetSnapshot(
        now,
        new ClusterCounts(
            inScope.size(),
            active.size(),
            number(inScope, c -> is(c, "status", "suspended")),
            number(inScope, c -> is(c, "status", "terminated"))),
        new RiskDistribution(
            number(active, c -> "Critical".equals(c.riskLevel())),
            number(active, c -> "Warning".equals(c.riskLevel())),
            number(active, c -> "Healthy".equals(c.riskLevel())),
            number(active, c -> c.riskLevel() == null)),
        new HealthDistribution(
            number(active, c -> c.healthScore() != null && c.healthScore() >= 80),
            number(
                active,
                c -> c.healthScore() != null && c.healthScore() >= 60 && c.healthScore() < 80),
            number(active, c -> c.healthScore() != null && c.healthScore() < 60),
            number(active, c -> c.healthScore() == null)),
        new AlertCounts(
            number(alertsInScope, a -> is(a, "status", "firing") && after(a, "fired_at", dayAgo)),
            number(
                alertsInScope,
                a ->
                    is(a, "status", "resolved")
                        && (after(a, "fired_at", dayAgo) || after(a, "resolved_at", dayAgo))),
            number(alertsInScope, a -> is(a, "status", "firing") && !after(a, "fired_at", dayAgo))),
        new IssueCounts(
            number(ongoing, i -> is(i, "severity", "critical")),
            number(ongoing, i -> is(i, "severity", "high")),
            number(ongoing, i -> is(i, "severity", "medium")),
            number(ongoing, i -> is(i, "severity", "low"))),
        worst(active),
        priority(active),
        List.of(
            freshness("health_scores", active.stream().map(ProblemCluster::scoredAt), dayAgo),
            freshness("risk_snapshots", active.stream().map(ProblemCluster::riskAt), dayAgo)),
        List.of());
  }

  private static List<ProblemCluster> worst(List<ProblemCluster> active) {
    List<ProblemCluster> scored = new ArrayList<>(active);
    scored.removeIf(c -> c.healthScore() == null);
    scored.sort(
        Comparator.comparing(ProblemCluster::healthScore).thenComparing(ProblemCluster::clusterId));
    return scored.subList(0, Math.min(10, scored.size()));
  }

  private static List<ProblemCluster> priority(List<ProblemCluster> active) {
    List<ProblemCluster> priority = new ArrayList<>();
    for (String tier : List.of("S", "A")) {
      for (boolean critical : new boolean[] {true, false}) {
        List<ProblemCluster> some = new ArrayList<>(active);
        some.removeIf(
            c ->
                !c.customerTier().equals(tier)
                    || "Critical".equals(c.riskLevel()) != critical
                    || (!critical && (c.healthScore() == null || c.healthScore() >= 60)));
        some.sort(
            Comparator.comparing(
                    (ProblemCluster c) -> c.healthScore() == null ? 1000 : c.healthScore())
                .thenComparing(ProblemCluster::clusterId));
        priority.addAll(some);
      }
    }
    return priority;
  }

  private static SourceFreshness freshness(String source, Stream<Instant> latest, Instant dayAgo) {
    List<Instant> times = new ArrayList<>(latest.toList());
    int all = times.size();
    times.removeIf(Objects::isNull);
    return new SourceFreshness(
        source,
        times.stream().max(Comparator.naturalOrder()).orElse(null),
        all - times.size(),
        number(times, t -> !t.isAfter(dayAgo)));
  }

  private ProblemCluster cluster(Map<String, Object> c) {
    Map<String, Object> score = latest(c, scores, "scored_at", "score_id");
    Map<String, Object> risk = latest(c, risks, "snapshot_at", "snapshot_id");
    return new ProblemCluster(
        text(c, "cluster_id"),
        text(c, "cluster_name"),
        text(c, "customer_name"),
        text(c, "customer_tier"),
        text(c, "cloud"),
        text(c, "region"),
        text(c, "version"),
        score == null ? null : ((BigDecimal) score.get("score")).doubleValue(),
        score == null ? null : time(score, "scored_at"),
        risk == null ? null : text(risk, "risk_level"),
        risk == null ? List.of() : reasons(risk.get("reasons").toString()),
        risk == null ? null : time(risk, "snapshot_at"));
  }

  private static Map<String, Object> latest(
      Map<String, Object> cluster, List<Map<String, Object>> rows, String time, String id) {
    Map<String, Object> latest = null;
    for (Map<String, Object> row : rows) {
      if (row.get("cluster_id").equals(cluster.get("cluster_id"))
          && (latest == null
              || time(row, time).isAfter(time(latest, time))
              || (time(row, time).equals(time(latest, time))
                  && (Long) row.get(id) > (Long) latest.get(id)))) {
        latest = row;
      }
    }
    return latest;
  }

  private static List<RiskReason> reasons(String json) {
    try {
      List<RiskReason> reasons = new ArrayList<>();
      for (var reason : EventCodec.mapper().readTree(json)) {
        reasons.add(
            reason.isTextual()
                ? new RiskReason(reason.asText(), null)
                : new RiskReason(reason.get("code").asText(), reason.get("detail").asText()));
      }
      return reasons;
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean in(Scope scope, Map<String, Object> cluster) {
    return in(scope.accounts(), cluster, "account_id")
        && in(scope.customers(), cluster, "customer_name")
        && in(scope.tiers(), cluster, "customer_tier")
        && in(scope.regions(), cluster, "region")
        && in(scope.clusters(), cluster, "cluster_id");
  }

  private static boolean in(List<String> values, Map<String, Object> cluster, String column) {
    return values.isEmpty() || values.contains(text(cluster, column));
  }

  private static List<Map<String, Object>> of(List<String> ids, List<Map<String, Object>> rows) {
    return rows.stream().filter(row -> ids.contains(text(row, "cluster_id"))).toList();
  }

  private static <T> int number(List<T> all, Predicate<T> which) {
    return (int) all.stream().filter(which).count();
  }

  private static boolean is(Map<String, Object> row, String column, String value) {
    return value.equals(row.get(column));
  }

  private static boolean after(Map<String, Object> row, String column, Instant instant) {
    return row.get(column) != null && time(row, column).isAfter(instant);
  }

  private static Instant time(Map<String, Object> row, String column) {
    return ((java.sql.Timestamp) row.get(column)).toInstant();
  }

  private static String text(Map<String, Object> row, String column) {
    return (String) row.get(column);
  }

  private static List<Map<String, Object>> all(Jdbi jdbi, String table) {
    return jdbi.withHandle(h -> h.createQuery("select * from " + table).mapToMap().list());
  }
}
