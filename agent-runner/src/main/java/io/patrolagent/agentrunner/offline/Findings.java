package io.patrolagent.agentrunner.offline;

import io.patrolagent.agentrunner.offline.evidence.Evidence;
import io.patrolagent.agentrunner.offline.evidence.FleetSummary;
import io.patrolagent.common.patrol.FleetSnapshot;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The clusters that have a problem, worst first. */
final class Findings {

  private Findings() {}

  /**
   * By rating and score alone, of all clusters that the summary or the snapshot names; the summary
   * is the younger of the two. Does not change with what is looked into afterwards.
   */
  static List<ClusterFinding> rated(FleetSnapshot snapshot, FleetSummary summary) {
    Map<String, ClusterFinding> byId = new LinkedHashMap<>();
    Stream.of(summary.clusters(), snapshot.priorityClusters(), snapshot.worstClusters())
        .flatMap(List::stream)
        .map(ClusterFinding::of)
        .flatMap(Optional::stream)
        .map(finding -> finding.inAccount(summary.accounts().get(finding.cluster().clusterId())))
        .forEach(finding -> byId.putIfAbsent(finding.cluster().clusterId(), finding));
    return byId.values().stream().sorted(ClusterFinding.WORST_FIRST).toList();
  }

  /** The same with all that was seen of each since. */
  static List<ClusterFinding> seen(
      FleetSnapshot snapshot, Evidence evidence, List<ClusterFinding> rated) {
    Instant now = snapshot.takenAt();
    return rated.stream()
        .map(finding -> finding.seen(evidence, now))
        .sorted(ClusterFinding.WORST_FIRST)
        .toList();
  }
}
