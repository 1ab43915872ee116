package io.patrolagent.reportsink.coverage;

import io.patrolagent.common.event.AgentFinished.Evidence;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import io.patrolagent.common.patrol.FleetSnapshot.SourceFreshness;
import io.patrolagent.common.report.Coverage;
import io.patrolagent.common.report.FlaggedCluster;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Counts what the writer of a report looked at. A cluster is inspected when a tool that was called
 * with its {@code cluster_id} answered, whichever tool that is. A pure function of its arguments,
 * linear in them.
 */
public final class CoverageCount {

  /** What an earlier report says of a cluster is no look at it. */
  private static final String EARLIER_REPORT = "get_previous_patrol";

  private CoverageCount() {}

  /**
   * The coverage of a report that flags these clusters, out of the answers that it rests on; {@code
   * warnings} are the writer's, which say where its tools were withdrawn.
   */
  public static Coverage of(
      FleetSnapshot snapshot,
      List<Evidence> evidence,
      List<FlaggedCluster> flagged,
      List<String> warnings) {
    Set<String> inspected = new LinkedHashSet<>();
    Set<String> named = new HashSet<>();
    Map<String, String> failed = new LinkedHashMap<>();
    for (Evidence answer : evidence) {
      String asked = ClusterIds.asked(answer.arguments());
      if (asked == null && !EARLIER_REPORT.equals(answer.tool())) {
        named.addAll(ClusterIds.in(answer.result()));
      } else if (asked != null && ClusterIds.isError(answer.result())) {
        failed.putIfAbsent(asked, answer.tool());
      } else if (asked != null) {
        inspected.add(asked);
      }
    }
    listed(snapshot).forEach(cluster -> named.add(cluster.clusterId()));
    named.removeAll(inspected);
    // what a cluster in no distribution, or one that does not exist, must not do is add up wrongly
    int counted = Math.max(0, snapshot.clusterCounts().active());
    int first = Math.min(counted, inspected.size());
    int second = Math.min(counted - first, named.size());
    return new Coverage(
        counted,
        first,
        second,
        counted - first - second,
        List.copyOf(inspected),
        Skipped.of(snapshot, flagged, inspected, failed, warnings),
        snapshot.sources().stream().filter(CoverageCount::isStale).toList());
  }

  /** The clusters that the snapshot lists one by one. */
  static Stream<ProblemCluster> listed(FleetSnapshot snapshot) {
    return Stream.concat(snapshot.priorityClusters().stream(), snapshot.worstClusters().stream());
  }

  private static boolean isStale(SourceFreshness source) {
    return source.latestAt() == null
        || source.clustersStale() > 0
        || source.clustersWithoutRow() > 0;
  }
}
