package io.patrolagent.common.page;

import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.FleetSnapshot.SourceFreshness;
import java.util.List;
import java.util.stream.Collectors;

/** The snapshot's counts, unknown ones shown, and its sources that are not fresh. */
final class FleetCounts {

  private FleetCounts() {}

  /** A row of counts; {@code name} is a word of ours for each. */
  record Row(String label, List<Count> counts) {
    String text() {
      return counts.stream()
          .map(c -> Figures.count(c.number()) + " " + c.name())
          .collect(Collectors.joining(", "));
    }
  }

  record Count(String name, int number) {}

  static List<Row> rows(FleetSnapshot snapshot) {
    var clusters = snapshot.clusterCounts();
    var risk = snapshot.riskDistribution();
    var health = snapshot.healthDistribution();
    var alerts = snapshot.alerts24h();
    var issues = snapshot.openIssues();
    return List.of(
        row(
            "Clusters",
            new Count("active", clusters.active()),
            new Count("suspended", clusters.suspended()),
            new Count("terminated", clusters.terminated())),
        row(
            "Risk",
            new Count("critical", risk.critical()),
            new Count("warning", risk.warning()),
            new Count("healthy", risk.healthy()),
            new Count("unknown", risk.unknown())),
        row(
            "Health",
            new Count("poor", health.poor()),
            new Count("moderate", health.moderate()),
            new Count("healthy", health.healthy()),
            new Count("unknown", health.unknown())),
        row(
            "Alerts, last 24 h",
            new Count("firing", alerts.firing()),
            new Count("resolved", alerts.resolved()),
            new Count("firing since before", alerts.firingFromBefore())),
        row(
            "Open issues",
            new Count("critical", issues.critical()),
            new Count("high", issues.high()),
            new Count("medium", issues.medium()),
            new Count("low", issues.low())));
  }

  private static Row row(String label, Count... counts) {
    return new Row(label, List.of(counts));
  }

  /** A sentence for each source that lacks rows, or has old ones. */
  static List<String> freshness(List<SourceFreshness> sources, Times times) {
    return sources.stream()
        .filter(s -> s.latestAt() == null || s.clustersStale() > 0 || s.clustersWithoutRow() > 0)
        .map(s -> freshness(s, times))
        .toList();
  }

  private static String freshness(SourceFreshness source, Times times) {
    if (source.latestAt() == null) {
      return source.source() + ": no row at all";
    }
    return source.source()
        + ": newest row of "
        + times.minute(source.latestAt())
        + "; "
        + Figures.counted(source.clustersStale(), "cluster", "clusters")
        + " without a row of the last 24 h, "
        + Figures.count(source.clustersWithoutRow())
        + " without any";
  }
}
