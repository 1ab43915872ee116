package io.patrolagent.common.page;

import static io.patrolagent.common.page.MarkdownText.inline;

import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.FleetSnapshot.SourceFreshness;
import java.util.List;

/** The snapshot's counts as a table, unknown ones shown, and its sources that are not fresh. */
final class FleetCounts {

  private FleetCounts() {}

  static List<List<String>> rows(FleetSnapshot snapshot) {
    var clusters = snapshot.clusterCounts();
    var risk = snapshot.riskDistribution();
    var health = snapshot.healthDistribution();
    var alerts = snapshot.alerts24h();
    var issues = snapshot.openIssues();
    return List.of(
        List.of("What", "Count"),
        List.of(
            "Clusters",
            of(clusters.active(), "active")
                + of(", ", clusters.suspended(), "suspended")
                + of(", ", clusters.terminated(), "terminated")),
        List.of(
            "Risk",
            of(risk.critical(), "critical")
                + of(", ", risk.warning(), "warning")
                + of(", ", risk.healthy(), "healthy")
                + of(", ", risk.unknown(), "unknown")),
        List.of(
            "Health",
            of(health.poor(), "poor")
                + of(", ", health.moderate(), "moderate")
                + of(", ", health.healthy(), "healthy")
                + of(", ", health.unknown(), "unknown")),
        List.of(
            "Alerts, last 24 h",
            of(alerts.firing(), "firing")
                + of(", ", alerts.resolved(), "resolved")
                + of(", ", alerts.firingFromBefore(), "firing since before")),
        List.of(
            "Open issues",
            of(issues.critical(), "critical")
                + of(", ", issues.high(), "high")
                + of(", ", issues.medium(), "medium")
                + of(", ", issues.low(), "low")));
  }

  /** A sentence for each source that lacks rows, or has old ones. */
  static List<String> freshness(FleetSnapshot snapshot) {
    return snapshot.sources().stream()
        .filter(s -> s.latestAt() == null || s.clustersStale() > 0 || s.clustersWithoutRow() > 0)
        .map(FleetCounts::freshness)
        .toList();
  }

  private static String freshness(SourceFreshness source) {
    String name = inline(source.source());
    if (source.latestAt() == null) {
      return name + ": no row at all";
    }
    return name
        + ": newest row of "
        + Figures.time(source.latestAt())
        + of("; ", source.clustersStale(), "clusters without a row of the last 24 h")
        + of(", ", source.clustersWithoutRow(), "without any");
  }

  private static String of(int number, String what) {
    return Figures.count(number) + " " + what;
  }

  private static String of(String separator, int number, String what) {
    return separator + of(number, what);
  }
}
