package io.patrolagent.reportsink.coverage;

import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import io.patrolagent.common.report.Coverage.SkippedCluster;
import io.patrolagent.common.report.FlaggedCluster;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The clusters that called for a look and got none, and why. */
final class Skipped {

  static final int MOST = 500;

  private static final String WITHDRAWN = "tools were withdrawn";

  private Skipped() {}

  /** Tier S first, then by id. */
  static List<SkippedCluster> of(
      FleetSnapshot snapshot,
      List<FlaggedCluster> flagged,
      Set<String> inspected,
      Map<String, String> failed,
      List<String> warnings) {
    Map<String, ProblemCluster> listed = new HashMap<>();
    CoverageCount.listed(snapshot).forEach(c -> listed.putIfAbsent(c.clusterId(), c));
    Set<String> called = new LinkedHashSet<>();
    snapshot.priorityClusters().forEach(cluster -> called.add(cluster.clusterId()));
    flagged.stream()
        .filter(cluster -> "critical".equalsIgnoreCase(cluster.severity()))
        .forEach(cluster -> called.add(cluster.clusterId()));
    String withdrawn = withdrawn(warnings);
    return called.stream()
        .filter(id -> !inspected.contains(id))
        .map(id -> skipped(id, listed.get(id), failed.get(id), withdrawn))
        .sorted(
            Comparator.comparingInt((SkippedCluster c) -> tier(c.customerTier()))
                .thenComparing(SkippedCluster::clusterId))
        .limit(MOST)
        .toList();
  }

  private static SkippedCluster skipped(
      String id,
      @Nullable ProblemCluster cluster,
      @Nullable String failedTool,
      @Nullable String withdrawn) {
    String why = "nobody asked about it";
    if (failedTool != null) {
      why = "the call of " + failedTool + " failed";
    } else if (withdrawn != null) {
      why = withdrawn;
    }
    return new SkippedCluster(
        id,
        cluster == null ? null : cluster.customerName(),
        cluster == null ? null : cluster.customerTier(),
        why);
  }

  /** As the agent-runner warns of it, without its full stop; null where it does not. */
  private static @Nullable String withdrawn(List<String> warnings) {
    return warnings.stream()
        .map(warning -> warning.strip())
        .filter(warning -> warning.toLowerCase(Locale.ROOT).startsWith(WITHDRAWN))
        .map(warning -> WITHDRAWN + warning.substring(WITHDRAWN.length()))
        .map(
            warning -> warning.endsWith(".") ? warning.substring(0, warning.length() - 1) : warning)
        .findFirst()
        .orElse(null);
  }

  private static int tier(@Nullable String tier) {
    int rank = tier == null ? -1 : List.of("S", "A", "B", "C").indexOf(tier);
    return rank < 0 ? Integer.MAX_VALUE : rank;
  }
}
