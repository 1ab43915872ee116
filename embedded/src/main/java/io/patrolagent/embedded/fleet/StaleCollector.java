package io.patrolagent.embedded.fleet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A cluster whose region's collector died: readings, scores, assessments and node states end hours
 * ago, while the logs, which come another way, go on.
 */
final class StaleCollector implements Condition {

  private static final double SHARE_WANTED = 0.03;

  private final double sinceHours;

  private StaleCollector(double sinceHours) {
    this.sinceHours = sinceHours;
  }

  /** One region, the one whose size is nearest to a few per cent of the fleet; once only. */
  static void plant(FleetDraft draft, int instance) {
    if (instance > 0) {
      return;
    }
    double wanted = Math.max(1, SHARE_WANTED * draft.activeClusters());
    double most = draft.activeClusters() / 5.0;
    activeByRegion(draft).values().stream()
        .filter(clusters -> clusters.size() <= most)
        .min((a, b) -> Double.compare(distance(a, wanted), distance(b, wanted)))
        .ifPresent(clusters -> plantOn(clusters, draft));
  }

  private static double distance(List<Cluster> clusters, double wanted) {
    return Math.abs(clusters.size() - wanted);
  }

  private static Map<Region, List<Cluster>> activeByRegion(FleetDraft draft) {
    Map<Region, List<Cluster>> regions = new LinkedHashMap<>();
    for (Cluster cluster : draft.clusters()) {
      if (cluster.isActive()) {
        regions.computeIfAbsent(cluster.region(), region -> new ArrayList<>()).add(cluster);
      }
    }
    return regions;
  }

  private static void plantOn(List<Cluster> clusters, FleetDraft draft) {
    double since = 5 + 0.9 * draft.random().nextDouble();
    clusters.forEach(cluster -> draft.afflict(cluster, new StaleCollector(since)));
    String region = clusters.get(0).region().name();
    String there =
        "cluster_id in (select cluster_id from byoc.clusters where status = 'active' and region = '"
            + region
            + "') and ";
    draft.plant(
        PlantedIncident.on(
            clusters,
            IncidentKind.STALE_COLLECTOR,
            RiskLevel.WARNING,
            String.format(
                Locale.ROOT,
                "All %d active clusters of %s have sent nothing for %.1f hours: their health is"
                    + " unknown, not good.",
                clusters.size(),
                region,
                since),
            List.of(
                new Evidence(
                    "byoc.cluster_health_scores",
                    there + "scored_at >= " + draft.sqlTime(since + 0.5),
                    "the latest scores, none of them younger"),
                new Evidence(
                    "byoc.cluster_metrics",
                    there + "sampled_at >= " + draft.sqlTime(since + 0.5),
                    "the latest readings, none of them younger"))));
  }

  @Override
  public double collectedUntilHoursAgo() {
    return sinceHours;
  }
}
