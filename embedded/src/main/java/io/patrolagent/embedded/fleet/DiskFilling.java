package io.patrolagent.embedded.fleet;

import static java.util.Locale.ROOT;

import java.util.List;

/** A disk that began to fill days ago, in a straight line, and is full within 36 hours. */
final class DiskFilling implements Condition {

  private static final double USED_NOW = 90.4;

  private final Cluster cluster;
  private final double perHour;
  private final double sinceHours;

  private DiskFilling(Cluster cluster, double perHour) {
    this.cluster = cluster;
    this.perHour = perHour;
    this.sinceHours = 40 / perHour;
  }

  static void plant(FleetDraft draft, int instance) {
    draft
        .pick(Wishes.firstHits(Tier.S, instance))
        .ifPresent(
            cluster -> {
              double perHour = 0.34 + 0.12 * draft.random().nextDouble();
              draft.afflict(cluster, new DiskFilling(cluster, perHour));
              draft.plant(incident(cluster, perHour, draft));
            });
  }

  private static PlantedIncident incident(Cluster cluster, double perHour, FleetDraft draft) {
    String here = "cluster_id = '" + cluster.id() + "' and ";
    return PlantedIncident.on(
        List.of(cluster),
        IncidentKind.DISK_FILLING,
        RiskLevel.CRITICAL,
        String.format(
            ROOT,
            "The backends' disks are %.1f %% full, grow by %.2f points an hour and are full in"
                + " about %.0f hours.",
            USED_NOW,
            perHour,
            (100 - USED_NOW) / perHour),
        List.of(
            new Evidence(
                "byoc.cluster_metrics",
                here + "metric = 'disk_used_percent' and sampled_at >= " + draft.sqlTime(48),
                "disk_used_percent rises in a straight line"),
            new Evidence(
                "byoc.cluster_nodes",
                here + "role = 'backend' and disk_used_gb > 0.88 * disk_total_gb",
                "every backend's disk is as full"),
            new Evidence(
                "alerts.lark_alerts",
                here + "alert_name = 'DiskUsageHigh' and status = 'firing'",
                "an alert is firing"),
            new Evidence(
                "byoc.cluster_logs",
                here + "message like 'DSK-1204%'",
                "the storage engine warns of it")));
  }

  @Override
  public double reading(Metric metric, double ordinary, double hoursAgo) {
    return switch (metric) {
      case DISK_USED_PERCENT -> disk(ordinary, hoursAgo);
      case QUERY_P99_MS -> ordinary * (1 + 0.6 * Math.max(0, 1 - hoursAgo / 24));
      default -> ordinary;
    };
  }

  private double disk(double ordinary, double hoursAgo) {
    double noise = 0.15 * Noise.signed(cluster.seed(), (long) (hoursAgo * 3600));
    // before it began there was an ordinary disk that was about half full
    return hoursAgo < sinceHours
        ? USED_NOW - perHour * hoursAgo + noise
        : USED_NOW - 40 - 0.05 * (72 - ordinary);
  }

  @Override
  public List<LogLine> logs() {
    return List.of(
        LogLine.info(
            sinceHours, cluster.backend(1), "retention", "Retention policy set to unlimited"),
        LogLine.warn(
            7.4,
            cluster.backend(1),
            "storage-engine",
            String.format(ROOT, "DSK-1204 data path /data at %.1f %%", USED_NOW - 7.4 * perHour)),
        LogLine.warn(
            1.2,
            cluster.backend(2),
            "storage-engine",
            String.format(ROOT, "DSK-1204 data path /data at %.1f %%", USED_NOW - 1.2 * perHour)));
  }

  @Override
  public List<Alert> alerts() {
    return List.of(
        Alert.firing(
            "DiskUsageHigh",
            "critical",
            "Disk usage above 85 % on all backends of " + cluster.name(),
            (USED_NOW - 85) / perHour));
  }

  @Override
  public List<Issue> issues() {
    return List.of(
        Issue.ongoing("Disk usage climbing on " + cluster.name(), "critical", 5 / perHour));
  }
}
