package io.patrolagent.reportsink.completeness;

import io.patrolagent.common.event.AgentFinished.Evidence;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.report.ClusterFacts;
import io.patrolagent.common.report.FlaggedCluster;
import io.patrolagent.reportsink.fleet.FleetView;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which clusters there are, or were when the writer looked. */
final class KnownClusters {

  private final FleetView fleet;
  private final List<Evidence> evidence;
  private final Set<String> snapshot = new HashSet<>();

  KnownClusters(FleetSnapshot snapshot, List<Evidence> evidence, FleetView fleet) {
    this.fleet = fleet;
    this.evidence = evidence;
    Stream.of(snapshot.worstClusters(), snapshot.priorityClusters())
        .flatMap(List::stream)
        .forEach(cluster -> this.snapshot.add(cluster.clusterId()));
  }

  /**
   * The finding under its cluster's id; empty where there is no such cluster. Where the fleet's
   * tables could not be read, nothing proves that there is none.
   */
  Optional<FlaggedCluster> resolve(FlaggedCluster flagged, List<String> warnings) {
    Optional<ClusterFacts> facts = fleet.called(flagged.clusterId());
    if (facts.isPresent()) {
      String id = facts.get().clusterId();
      return Optional.of(id.equals(flagged.clusterId()) ? flagged : renamed(flagged, id));
    }
    if (!fleet.isAvailable()) {
      return Optional.of(flagged);
    }
    if (wasThere(flagged.clusterId())) {
      warnings.add(
          flagged.clusterId()
              + ": the cluster was there when the writer looked and is gone since.");
      return Optional.of(flagged);
    }
    return Optional.empty();
  }

  /** Values within JSON: what a log line quotes has its quotation marks escaped. */
  private boolean wasThere(String id) {
    String value = '"' + id + '"';
    return snapshot.contains(id)
        || evidence.stream().anyMatch(answer -> answer.result().contains(value));
  }

  private static FlaggedCluster renamed(FlaggedCluster flagged, String id) {
    return new FlaggedCluster(
        id, flagged.severity(), flagged.reason(), flagged.keyMetrics(), flagged.addedFrom());
  }
}
