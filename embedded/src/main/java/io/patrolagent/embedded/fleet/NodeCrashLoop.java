package io.patrolagent.embedded.fleet;

import java.util.ArrayList;
import java.util.List;

/** A backend that is killed for want of memory, starts, loads its tablets and is killed again. */
final class NodeCrashLoop implements Condition {

  private static final String CODE = "OOM-1137";
  private static final double SINCE_HOURS = 14;

  private final Cluster cluster;
  private final int restarts;

  private NodeCrashLoop(Cluster cluster, int restarts) {
    this.cluster = cluster;
    this.restarts = restarts;
  }

  static void plant(FleetDraft draft, int instance) {
    draft
        .pick(Wishes.firstHits(Tier.B, instance))
        .ifPresent(
            cluster -> {
              int restarts = draft.random().nextInt(17, 36);
              draft.afflict(cluster, new NodeCrashLoop(cluster, restarts));
              draft.plant(incident(cluster, restarts));
            });
  }

  private static PlantedIncident incident(Cluster cluster, int restarts) {
    String here = "cluster_id = '" + cluster.id() + "' and ";
    return PlantedIncident.on(
        List.of(cluster),
        IncidentKind.NODE_CRASH_LOOP,
        RiskLevel.CRITICAL,
        "Node "
            + cluster.backend(2)
            + " has restarted "
            + restarts
            + " times in 24 hours, each time out of memory.",
        List.of(
            new Evidence(
                "byoc.cluster_nodes",
                here + "state = 'restarting' and restarts_24h = " + restarts,
                "one node restarts over and over"),
            new Evidence(
                "byoc.cluster_logs",
                here + "level = 'FATAL' and message like '" + CODE + "%'",
                "it is killed for want of memory"),
            new Evidence(
                "alerts.lark_alerts",
                here + "alert_name = 'NodeRestarting' and status = 'firing'",
                "an alert is firing")));
  }

  @Override
  public double reading(Metric metric, double ordinary, double hoursAgo) {
    if (hoursAgo > SINCE_HOURS) {
      return ordinary;
    }
    return switch (metric) {
      case MEMORY_PERCENT -> Math.min(98.5, 88 + 0.1 * ordinary);
      case ERROR_RATE_PERCENT -> ordinary + 2.4;
      case QUERY_P99_MS -> ordinary * 2.2;
      default -> ordinary;
    };
  }

  @Override
  public Node node(Node ordinary) {
    return ordinary.id().equals(cluster.backend(2))
        ? ordinary.in("restarting", restarts)
        : ordinary;
  }

  @Override
  public double nodesComponent(double hoursAgo) {
    return hoursAgo > SINCE_HOURS ? 100 : 18;
  }

  @Override
  public List<RiskReason> reasons(double hoursAgo) {
    return hoursAgo > SINCE_HOURS
        ? List.of()
        : List.of(
            new RiskReason(
                RiskLevel.CRITICAL,
                "NODE_CRASH_LOOP",
                cluster.backend(2) + " restarts over and over, out of memory"));
  }

  @Override
  public List<LogLine> logs() {
    List<LogLine> lines = new ArrayList<>();
    String node = cluster.backend(2);
    for (double hours = SINCE_HOURS; hours > 0.1; hours -= SINCE_HOURS / restarts) {
      lines.add(
          new LogLine(
              hours,
              node,
              "FATAL",
              "memory-tracker",
              CODE + " process limit exceeded while loading tablet metadata, exiting with 137"));
      lines.add(
          LogLine.info(hours - 0.05, node, "backend", "Starting after unclean exit, status 137"));
    }
    return lines;
  }

  @Override
  public List<Alert> alerts() {
    return List.of(
        Alert.firing(
            "NodeRestarting",
            "critical",
            cluster.backend(2) + " restarts more than three times an hour",
            SINCE_HOURS - 1));
  }

  @Override
  public List<Issue> issues() {
    return List.of(Issue.ongoing("Backend in a crash loop on " + cluster.name(), "critical", 12.2));
  }
}
