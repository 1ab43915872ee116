package io.patrolagent.embedded.fleet;

import java.util.List;
import java.util.SplittableRandom;

/**
 * The dull things that a few clusters of any fleet have: queries somewhat slow, replicas behind, a
 * disk that has long been full and hardly grows. Mild ones make a cluster Moderate, others raise a
 * Warning.
 */
record EverydayTrouble(Cluster cluster, Kind kind, boolean mild, double sinceHours)
    implements Condition {

  enum Kind {
    SLOW_QUERIES("QueryLatencyHigh", "Queries are slower than usual on "),
    REPLICAS_BEHIND("ReplicationLag", "Replicas are behind on "),
    FULL_DISK("DiskUsageHigh", "Disk usage above 80 % on "),
    MANY_ERRORS("QueryErrorRateHigh", "More queries fail than usual on "),
    BUSY("CpuHigh", "CPU above 85 % on ");

    private static final List<Kind> ALL = List.of(values());

    private final String alertName;
    private final String alertText;

    Kind(String alertName, String alertText) {
      this.alertName = alertName;
      this.alertText = alertText;
    }
  }

  static EverydayTrouble draw(Cluster cluster, boolean mild, SplittableRandom random) {
    // a busy machine is no risk in itself, so it is among the mild ones only
    Kind kind = Kind.ALL.get(random.nextInt(mild ? Kind.ALL.size() : Kind.ALL.size() - 1));
    double since = 4 + 500 * Math.pow(random.nextDouble(), 2);
    return new EverydayTrouble(cluster, kind, mild, Math.min(since, cluster.ageHours()));
  }

  @Override
  public double reading(Metric metric, double ordinary, double hoursAgo) {
    // a disk that was half empty the day before would be one that fills
    if (hoursAgo > sinceHours && kind != Kind.FULL_DISK) {
      return ordinary;
    }
    return switch (kind) {
      case SLOW_QUERIES -> metric == Metric.QUERY_P99_MS ? ordinary * (mild ? 3.0 : 5.6) : ordinary;
      case REPLICAS_BEHIND ->
          metric == Metric.REPLICATION_LAG_SECONDS ? ordinary + (mild ? 84 : 110) : ordinary;
      case FULL_DISK -> metric == Metric.DISK_USED_PERCENT ? fullDisk(ordinary) : ordinary;
      case MANY_ERRORS ->
          metric == Metric.ERROR_RATE_PERCENT ? ordinary + (mild ? 1.05 : 1.55) : ordinary;
      case BUSY -> metric == Metric.CPU_PERCENT ? Math.min(96, 85 + 0.15 * ordinary) : ordinary;
    };
  }

  private double fullDisk(double ordinary) {
    return (mild ? 78 : 82) + ordinary / 50;
  }

  @Override
  public List<Alert> alerts() {
    if (mild && kind != Kind.BUSY) {
      return List.of();
    }
    return List.of(
        Alert.firing(kind.alertName, "warning", kind.alertText + cluster.name(), sinceHours));
  }

  @Override
  public List<Issue> issues() {
    if (Noise.unit(cluster.seed(), 11) < 0.5) {
      return List.of();
    }
    return List.of(
        Issue.ongoing(kind.alertText + cluster.name(), mild ? "low" : "medium", sinceHours * 0.8));
  }
}
