package io.patrolagent.common.report;

import io.patrolagent.common.patrol.FleetSnapshot.SourceFreshness;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the writer looked at, counted by code from the calls that were answered.
 *
 * <p>Of the {@code counted} active clusters in scope, {@code inspected} were asked about one by
 * one, {@code queried} were named in the snapshot or in the answer to a question about several, and
 * {@code counted_only} were in the distributions alone: they add up. {@code inspected_clusters} are
 * the first; {@code skipped} are clusters that called for a look and got none, with the reason.
 * {@code stale_sources} lack rows or have old ones.
 */
public record Coverage(
    int counted,
    int inspected,
    int queried,
    int countedOnly,
    List<String> inspectedClusters,
    List<SkippedCluster> skipped,
    List<SourceFreshness> staleSources) {

  public Coverage {
    inspectedClusters = inspectedClusters == null ? List.of() : List.copyOf(inspectedClusters);
    skipped = skipped == null ? List.of() : List.copyOf(skipped);
    staleSources = staleSources == null ? List.of() : List.copyOf(staleSources);
  }

  /** A cluster that nobody looked into, whose it is, and why not. */
  public record SkippedCluster(
      String clusterId, @Nullable String customerName, @Nullable String customerTier, String why) {}
}
