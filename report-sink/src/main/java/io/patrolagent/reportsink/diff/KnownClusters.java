package io.patrolagent.reportsink.diff;

import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import io.patrolagent.common.report.ClusterFacts;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.ReasonCode;
import io.patrolagent.common.report.Verification;
import io.patrolagent.reportsink.fleet.FleetView;
import io.patrolagent.reportsink.fleet.ReasonCodes;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of clusters at the time of one report: by the fleet's tables, and where they have
 * no row by the snapshot, which lists active clusters with their ratings and nothing else.
 */
final class KnownClusters {

  private final boolean readable;
  private final Instant at;
  private final Map<String, ClusterFacts> tables = new HashMap<>();
  private final Map<String, ClusterFacts> listed = new HashMap<>();
  private final Map<String, String> idByName = new HashMap<>();

  private KnownClusters(
      boolean readable,
      Instant at,
      Collection<ClusterFacts> facts,
      @Nullable FleetSnapshot snapshot) {
    this.readable = readable;
    this.at = at;
    facts.forEach(cluster -> tables.putIfAbsent(cluster.clusterId(), cluster));
    if (snapshot != null) {
      Stream.concat(snapshot.priorityClusters().stream(), snapshot.worstClusters().stream())
          .forEach(cluster -> listed.putIfAbsent(cluster.clusterId(), facts(cluster)));
    }
    Set<String> ambiguous = new HashSet<>();
    Stream.concat(tables.values().stream(), listed.values().stream())
        .filter(cluster -> cluster.clusterName() != null)
        .forEach(
            cluster -> {
              String other = idByName.put(cluster.clusterName(), cluster.clusterId());
              if (other != null && !other.equals(cluster.clusterId())) {
                ambiguous.add(cluster.clusterName());
              }
            });
    idByName.keySet().removeAll(ambiguous);
  }

  static KnownClusters now(FleetView fleet, FleetSnapshot snapshot, Instant finishedAt) {
    Instant at = fleet.at() == null ? finishedAt : fleet.at();
    return new KnownClusters(fleet.isAvailable(), at, fleet.clusters().values(), snapshot);
  }

  static KnownClusters then(PatrolReport report) {
    Verification checks = report.verification();
    boolean readable = checks != null && checks.factsAt() != null;
    List<ClusterFacts> facts = checks == null ? List.of() : checks.clusters();
    return new KnownClusters(readable, report.finishedAt(), facts, report.fleetSnapshot());
  }

  /** Whether the fleet's tables could be read. */
  boolean readable() {
    return readable;
  }

  Instant at() {
    return at;
  }

  /** A cluster's id, whether it was called by it or by a name that only it has. */
  String idOf(String written) {
    return tables.containsKey(written) || listed.containsKey(written)
        ? written
        : idByName.getOrDefault(written, written);
  }

  /** As the fleet's tables have it. */
  @Nullable ClusterFacts inTables(String id) {
    return tables.get(id);
  }

  /** As the fleet's tables or else the snapshot's lists have it. */
  @Nullable ClusterFacts facts(String id) {
    ClusterFacts facts = tables.get(id);
    return facts == null ? listed.get(id) : facts;
  }

  /** Its reason codes, each once. */
  List<ReasonCode> codes(String id) {
    ClusterFacts facts = facts(id);
    return facts == null ? List.of() : facts.reasonCodes().stream().distinct().toList();
  }

  /** Whether a problem of this code would have been seen, had it been there. */
  boolean speaksTo(String id, ReasonCode code) {
    boolean rated = code == ReasonCode.HEALTH_POOR || !Figure.alone(code);
    return tables.containsKey(id) || (rated && listed.containsKey(id));
  }

  private static ClusterFacts facts(ProblemCluster cluster) {
    return new ClusterFacts(
        cluster.clusterId(),
        cluster.clusterName(),
        cluster.customerName(),
        cluster.customerTier(),
        cluster.cloud(),
        cluster.region(),
        cluster.version(),
        "active",
        cluster.healthScore(),
        cluster.scoredAt(),
        cluster.riskLevel(),
        cluster.riskReasons(),
        cluster.riskAt(),
        Map.of(),
        ReasonCodes.of(cluster));
  }
}
