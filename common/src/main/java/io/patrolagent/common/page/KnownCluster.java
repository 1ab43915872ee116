package io.patrolagent.common.page;

import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import io.patrolagent.common.report.ClusterFacts;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.Verification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whose cluster it is, where it runs, and how it is rated, as data has it and no writer. */
record KnownCluster(
    @Nullable String name,
    @Nullable String customer,
    @Nullable String tier,
    @Nullable String region,
    @Nullable String version,
    @Nullable String riskLevel,
    @Nullable Double healthScore) {

  /** What the report carries of each cluster; the tables at the time of the check go first. */
  static Map<String, KnownCluster> of(PatrolReport report) {
    Map<String, KnownCluster> known = new HashMap<>();
    FleetSnapshot snapshot = report.fleetSnapshot();
    if (snapshot != null) {
      snapshot.worstClusters().forEach(c -> known.put(c.clusterId(), of(c)));
      snapshot.priorityClusters().forEach(c -> known.put(c.clusterId(), of(c)));
    }
    Verification verification = report.verification();
    if (verification != null) {
      verification.clusters().forEach(c -> known.put(c.clusterId(), of(c)));
    }
    return known;
  }

  private static KnownCluster of(ProblemCluster c) {
    return new KnownCluster(
        c.clusterName(),
        c.customerName(),
        c.customerTier(),
        c.region(),
        c.version(),
        c.riskLevel(),
        c.healthScore());
  }

  private static KnownCluster of(ClusterFacts c) {
    return new KnownCluster(
        c.clusterName(),
        c.customerName(),
        c.customerTier(),
        c.region(),
        c.version(),
        c.riskLevel(),
        c.healthScore());
  }

  /** {@code ACME, tier S, eu-west-1}, as far as it is known. */
  String whose() {
    List<String> parts = new ArrayList<>();
    add(parts, "", customer);
    add(parts, "tier ", tier);
    add(parts, "", region);
    return String.join(", ", parts);
  }

  /** How data rates it: {@code rated Critical, health score 41.5}. */
  String rated() {
    List<String> parts = new ArrayList<>();
    add(parts, "rated ", riskLevel);
    if (healthScore != null) {
      parts.add("health score " + Figures.number(healthScore));
    }
    add(parts, "version ", version);
    return String.join(", ", parts);
  }

  private static void add(List<String> parts, String label, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      parts.add(label + value);
    }
  }
}
