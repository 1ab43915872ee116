package io.patrolagent.reportsink.fleet;

import io.patrolagent.common.report.ClusterFacts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fleet's tables at one instant, as far as a report needs them; or why they could not be read,
 * and then nothing can be told from what is not in it.
 *
 * <p>{@code clusters} are the facts on every cluster that was asked for and exists, by id; {@code
 * priority} are the Tier S and A clusters in scope with an open critical or high issue, rated
 * Critical or with a poor score, in the order in which they are to be read; their facts are among
 * {@code clusters}. {@code cohorts} count the active clusters in scope. Immutable.
 */
public record FleetView(
    @Nullable Instant at,
    Map<String, ClusterFacts> clusters,
    List<PriorityCluster> priority,
    List<Cohort> cohorts,
    @Nullable String unavailable) {

  public FleetView {
    clusters = Map.copyOf(clusters);
    priority = List.copyOf(priority);
    cohorts = List.copyOf(cohorts);
  }

  /** Nothing could be read, for this reason, which is a sentence for the report's reader. */
  public static FleetView unavailable(String reason) {
    return new FleetView(null, Map.of(), List.of(), List.of(), reason);
  }

  /** Whether a cluster that is not in it does not exist. */
  public boolean isAvailable() {
    return unavailable == null;
  }

  public Optional<ClusterFacts> cluster(@Nullable String id) {
    return id == null ? Optional.empty() : Optional.ofNullable(clusters.get(id));
  }

  /** The cluster of that id or, where there is none, the only one of that name. */
  public Optional<ClusterFacts> called(String written) {
    Optional<ClusterFacts> byId = cluster(written.strip());
    if (byId.isPresent()) {
      return byId;
    }
    List<ClusterFacts> named =
        clusters.values().stream()
            .filter(facts -> facts.clusterName().equalsIgnoreCase(written.strip()))
            .limit(2)
            .toList();
    return named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty();
  }

  /** A priority cluster that is in trouble, and its gravest open issue, if it has one. */
  public record PriorityCluster(
      String clusterId, @Nullable String issueSeverity, @Nullable String issueTitle) {}

  /**
   * So many active clusters in scope have this value of {@code version}, {@code region} or cloud.
   */
  public record Cohort(String dimension, String value, int active) {}
}
