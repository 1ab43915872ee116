package io.patrolagent.common.patrol;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fleet, condensed: what six queries saw of the scope in one database snapshot. It is the
 * agent's prompt, the ground that its claims are checked against, and a column of the report.
 *
 * <p>Only active clusters count in the distributions and the cluster lists. A cluster without a row
 * in a source counts as unknown there, so each distribution sums up to the active clusters. A
 * latest row counts however old it is; {@link #sources} says how old.
 */
public record FleetSnapshot(
    Instant takenAt,
    ClusterCounts clusterCounts,
    RiskDistribution riskDistribution,
    HealthDistribution healthDistribution,
    @JsonProperty("alerts_24h") AlertCounts alerts24h,
    IssueCounts openIssues,
    List<ProblemCluster> worstClusters,
    List<ProblemCluster> priorityClusters,
    List<SourceFreshness> sources,
    List<String> warnings) {

  public FleetSnapshot {
    require("taken_at", takenAt);
    require("cluster_counts", clusterCounts);
    require("risk_distribution", riskDistribution);
    require("health_distribution", healthDistribution);
    require("alerts_24h", alerts24h);
    require("open_issues", openIssues);
    worstClusters = copy(worstClusters);
    priorityClusters = copy(priorityClusters);
    sources = copy(sources);
    warnings = copy(warnings);
  }

  /** Clusters of {@code byoc.clusters} in scope: all, and by {@code status}. */
  public record ClusterCounts(int total, int active, int suspended, int terminated) {}

  /** Active clusters by the risk level of their latest {@code byoc.cluster_risk_snapshots} row. */
  public record RiskDistribution(int critical, int warning, int healthy, int unknown) {}

  /**
   * Active clusters by the score of their latest {@code byoc.cluster_health_scores} row: healthy
   * [80,100], moderate [60,80), poor [0,60).
   */
  public record HealthDistribution(int healthy, int moderate, int poor, int unknown) {}

  /**
   * Alerts of {@code alerts.lark_alerts}, of every cluster in scope whatever its status: firing now
   * and fired in the last 24 h, resolved ones that fired or were resolved in them, and firing now
   * since before that. The 24 h end at {@code taken_at} and leave out the instant they begin at.
   */
  public record AlertCounts(int firing, int resolved, int firingFromBefore) {}

  /** Ongoing issues of {@code alerts.issues} by severity, of every cluster in scope. */
  public record IssueCounts(int critical, int high, int medium, int low) {
    public int total() {
      return critical + high + medium + low;
    }
  }

  /**
   * A cluster worth looking at. {@code worst_clusters} holds the ten lowest health scores, lowest
   * first; {@code priority_clusters} every Tier S and A cluster that is Critical or Poor, Tier S
   * first, and where there are more than 500, those 500 and a warning. What no source has a row for
   * is null.
   */
  public record ProblemCluster(
      String clusterId,
      String clusterName,
      String customerName,
      String customerTier,
      String cloud,
      String region,
      String version,
      @Nullable Double healthScore,
      @Nullable Instant scoredAt,
      @Nullable String riskLevel,
      List<RiskReason> riskReasons,
      @Nullable Instant riskAt) {

    public ProblemCluster {
      require("cluster_id", clusterId);
      riskReasons = copy(riskReasons);
    }
  }

  /**
   * Why a collector put a cluster at risk: a reason code such as {@code DISK_FILLING}, and its
   * words.
   */
  public record RiskReason(String code, @Nullable String detail) {}

  /**
   * How fresh a source ({@code health_scores}, {@code risk_snapshots}) is: its newest row among
   * active clusters in scope, how many of them have no row at all, and how many have one whose
   * latest is 24 hours old or older. {@code latest_at} is null where there is no row.
   */
  public record SourceFreshness(
      String source, @Nullable Instant latestAt, int clustersWithoutRow, int clustersStale) {}

  private static void require(String name, @Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException("snapshot." + name + " is missing");
    }
  }

  private static <T> List<T> copy(@Nullable List<T> values) {
    return values == null ? List.of() : List.copyOf(values);
  }
}
