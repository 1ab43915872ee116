package io.patrolagent.reportsink.completeness;

import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import io.patrolagent.common.patrol.FleetSnapshot.RiskReason;
import io.patrolagent.common.report.ClusterFacts;
import io.patrolagent.reportsink.fleet.FleetView;
import io.patrolagent.reportsink.fleet.FleetView.PriorityCluster;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A small fleet for tests: what the snapshot says of it, and what its tables say. */
final class Fleet {

  static final Instant AT = Instant.parse("2026-11-25T07:00:00Z");

  private Fleet() {}

  static ClusterFacts facts(String id, String customer, String tier, @Nullable String risk) {
    return new ClusterFacts(
        id,
        "name-of-" + id,
        customer,
        tier,
        "aws",
        "eu-west-1",
        "3.2.1",
        "active",
        41.5,
        AT,
        risk,
        risk == null ? List.of() : List.of(new RiskReason("DISK_FILLING", "91 %")),
        AT,
        Map.of(),
        List.of());
  }

  /** A view of these clusters; those of Tier S and A are in trouble. */
  static FleetView view(ClusterFacts... clusters) {
    Map<String, ClusterFacts> byId = new LinkedHashMap<>();
    Stream.of(clusters).forEach(facts -> byId.put(facts.clusterId(), facts));
    return new FleetView(
        AT,
        byId,
        Stream.of(clusters)
            .filter(ClusterFacts::priority)
            .map(facts -> new PriorityCluster(facts.clusterId(), "critical", "Data at risk"))
            .toList(),
        List.of(),
        null);
  }

  static ProblemCluster problem(String id, String customer, String tier, String risk) {
    return new ProblemCluster(
        id,
        "name-of-" + id,
        customer,
        tier,
        "aws",
        "eu-west-1",
        "3.2.1",
        41.5,
        AT,
        risk,
        List.of(new RiskReason("DISK_FILLING", "91 %")),
        AT);
  }

  static FleetSnapshot snapshot(List<ProblemCluster> worst, List<ProblemCluster> priority) {
    return new FleetSnapshot(
        AT,
        new FleetSnapshot.ClusterCounts(5, 4, 1, 0),
        new FleetSnapshot.RiskDistribution(1, 2, 0, 1),
        new FleetSnapshot.HealthDistribution(2, 1, 1, 0),
        new FleetSnapshot.AlertCounts(7, 2, 3),
        new FleetSnapshot.IssueCounts(1, 0, 0, 0),
        worst,
        priority,
        List.of(),
        List.of());
  }
}
