package io.patrolagent.embedded.fleet;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The defect that the knowledge lake describes as CMP-2107: on one version, compaction stops after
 * partial updates. Clusters of several customers have it; others on that version do not.
 */
final class CompactionBug implements Condition {

  private static final int CUSTOMERS = 4;
  private static final String CODE = "CMP-2107";

  private final Cluster cluster;
  private final double backlogNow;
  private final double sinceHours;

  private CompactionBug(Cluster cluster, double backlogNow, double sinceHours) {
    this.cluster = cluster;
    this.backlogNow = backlogNow;
    this.sinceHours = sinceHours;
  }

  /** One incident however large the fleet; it is the number of clusters that grows. */
  static void plant(FleetDraft draft, int instance) {
    if (instance > 0) {
      return;
    }
    int wanted = Math.min(Math.max(2, draft.size() / 110), 9 + draft.size() / 2500);
    List<Cluster> hit = new ArrayList<>();
    Set<Customer> customers = new LinkedHashSet<>();
    while (hit.size() < wanted && draft.hasRoomFor(1)) {
      Cluster cluster = draft.pick(wishes(customers)).orElse(null);
      if (cluster == null) {
        break;
      }
      Cluster affected = draft.reinstall(cluster, EngineVersions.WITH_COMPACTION_BUG);
      draft.afflict(
          affected,
          new CompactionBug(
              affected,
              420 + 130 * draft.random().nextDouble(),
              20 + 16 * draft.random().nextDouble()));
      hit.add(affected);
      customers.add(affected.customer());
    }
    if (!hit.isEmpty()) {
      draft.plant(incident(hit));
    }
  }

  /** First some customers that have nothing to do with one another, then whoever it may be. */
  private static List<Predicate<Cluster>> wishes(Set<Customer> soFar) {
    Predicate<Cluster> another =
        soFar.size() < CUSTOMERS ? c -> !soFar.contains(c.customer()) : c -> true;
    return List.of(another.and(CompactionBug::isOnBadVersion), another);
  }

  private static boolean isOnBadVersion(Cluster cluster) {
    return cluster.version().equals(EngineVersions.WITH_COMPACTION_BUG);
  }

  private static PlantedIncident incident(List<Cluster> hit) {
    List<String> ids = hit.stream().map(cluster -> "'" + cluster.id() + "'").sorted().toList();
    String here = "cluster_id in (" + String.join(", ", ids) + ") and ";
    return PlantedIncident.on(
        hit,
        IncidentKind.COMPACTION_BUG,
        RiskLevel.CRITICAL,
        hit.size()
            + " clusters on "
            + EngineVersions.WITH_COMPACTION_BUG
            + " have a compaction backlog that grows since yesterday; the knowledge lake has the"
            + " defect as "
            + CODE
            + ", fixed in 3.2.3.",
        List.of(
            new Evidence(
                "byoc.cluster_metrics",
                here + "metric = 'compaction_score' and value > 300",
                "the compaction score is many times what is usual"),
            new Evidence(
                "byoc.cluster_logs",
                here + "level = 'ERROR' and message like '" + CODE + "%'",
                "compaction is given up with " + CODE),
            new Evidence(
                "knowledge.documents",
                "kind = 'known_issue' and title like '" + CODE + "%'",
                "the defect is known, with the versions that have it")));
  }

  @Override
  public double reading(Metric metric, double ordinary, double hoursAgo) {
    double progress = Math.max(0, 1 - hoursAgo / sinceHours);
    return switch (metric) {
      case COMPACTION_SCORE -> ordinary + backlogNow * progress;
      case QUERY_P99_MS -> ordinary * (1 + 1.6 * progress);
      case CPU_PERCENT -> Math.min(97, ordinary + 12 * progress);
      default -> ordinary;
    };
  }

  @Override
  public List<LogLine> logs() {
    List<LogLine> lines = new ArrayList<>();
    lines.add(
        LogLine.info(
            sinceHours, cluster.backend(1), "loader", "Partial update job started, 14 columns"));
    for (double hours = sinceHours - 1; hours > 0.3; hours -= 3.1) {
      int version = 400 + (int) (10 * (sinceHours - hours));
      lines.add(
          LogLine.error(
              hours,
              cluster.backend(1 + (int) hours % 2),
              "compaction",
              CODE
                  + " compaction of tablet "
                  + (10_000 + Math.floorMod(cluster.seed(), 50_000))
                  + " given up: rowset versions "
                  + version
                  + " to "
                  + (version + 3)
                  + " overlap after partial update, 3 attempts"));
    }
    return lines;
  }

  @Override
  public List<Alert> alerts() {
    return List.of(
        Alert.firing(
            "CompactionScoreHigh",
            "warning",
            "Compaction score above 200 on " + cluster.name(),
            sinceHours / 2));
  }

  @Override
  public List<Issue> issues() {
    // the support desk has noticed on some of them, each by itself
    return Noise.unit(cluster.seed(), 7) < 0.4
        ? List.of(Issue.ongoing("Slow queries since yesterday on " + cluster.name(), "high", 9.5))
        : List.of();
  }
}
