package io.patrolagent.embedded.fleet;

import java.util.List;
import java.util.Optional;

/**
 * An account that is at its machine quota in one region: a node was lost, its replacement is
 * refused, and the clusters there run on what is left.
 */
final class QuotaExhausted implements Condition {

  private static final String CODE = "QTA-4031";
  private static final double SINCE_HOURS = 6.5;
  private static final int FEWEST = 2;
  private static final int MOST = 4;

  private final Cluster cluster;

  private QuotaExhausted(Cluster cluster) {
    this.cluster = cluster;
  }

  static void plant(FleetDraft draft, int instance) {
    groups(draft, instance)
        .ifPresent(
            group -> {
              List<Cluster> hit = group.subList(0, Math.min(MOST, group.size()));
              if (draft.hasRoomFor(hit.size())) {
                hit.forEach(cluster -> draft.afflict(cluster, new QuotaExhausted(cluster)));
                draft.plant(incident(hit));
              }
            });
  }

  /** Several clusters of one account in one region; the first time of a customer in the middle. */
  private static Optional<List<Cluster>> groups(FleetDraft draft, int instance) {
    List<List<Cluster>> groups =
        draft.freeBy(cluster -> List.of(cluster.account(), cluster.region())).stream()
            .filter(group -> group.size() >= FEWEST)
            .toList();
    List<List<Cluster>> wished =
        groups.stream()
            .filter(group -> group.size() > FEWEST)
            .filter(group -> instance > 0 || group.get(0).customer().tier() == Tier.B)
            .toList();
    List<List<Cluster>> candidates = wished.isEmpty() ? groups : wished;
    return candidates.isEmpty()
        ? Optional.empty()
        : Optional.of(candidates.get(draft.random().nextInt(candidates.size())));
  }

  private static PlantedIncident incident(List<Cluster> hit) {
    Account account = hit.get(0).account();
    List<String> ids = hit.stream().map(cluster -> "'" + cluster.id() + "'").sorted().toList();
    String here = "cluster_id in (" + String.join(", ", ids) + ") and ";
    return PlantedIncident.on(
        hit,
        IncidentKind.QUOTA_EXHAUSTED,
        RiskLevel.CRITICAL,
        "The "
            + account.cloud().label()
            + " account "
            + account.id()
            + " is at its machine quota in "
            + hit.get(0).region().name()
            + ": "
            + hit.size()
            + " clusters cannot replace a lost node.",
        List.of(
            new Evidence(
                "byoc.cluster_logs",
                here + "level = 'ERROR' and message like '" + CODE + "%'",
                "the cloud refuses machines with " + account.cloud().quotaError()),
            new Evidence(
                "byoc.cluster_nodes", here + "state = 'unreachable'", "a node is gone in each"),
            new Evidence(
                "alerts.lark_alerts",
                here + "alert_name = 'ScaleOutFailed' and status = 'firing'",
                "the scale-out has failed")));
  }

  @Override
  public double reading(Metric metric, double ordinary, double hoursAgo) {
    if (hoursAgo > SINCE_HOURS) {
      return ordinary;
    }
    return switch (metric) {
      case CPU_PERCENT -> Math.min(97, 84 + 0.15 * ordinary);
      case QUERY_P99_MS -> ordinary * 3.1;
      case ERROR_RATE_PERCENT -> ordinary + 0.9;
      default -> ordinary;
    };
  }

  @Override
  public Node node(Node ordinary) {
    return ordinary.id().equals(cluster.backend(2)) ? ordinary.in("unreachable", 0) : ordinary;
  }

  @Override
  public double nodesComponent(double hoursAgo) {
    return hoursAgo > SINCE_HOURS ? 100 : 32;
  }

  @Override
  public List<RiskReason> reasons(double hoursAgo) {
    return hoursAgo > SINCE_HOURS
        ? List.of()
        : List.of(
            new RiskReason(
                RiskLevel.CRITICAL,
                "QUOTA_EXHAUSTED",
                "scale-out refused in account " + cluster.account().id()));
  }

  @Override
  public List<LogLine> logs() {
    String refusal =
        CODE
            + " scale-out refused by "
            + cluster.account().cloud().label()
            + " ("
            + cluster.account().cloud().quotaError()
            + ") for account "
            + cluster.account().id()
            + " in "
            + cluster.region().name();
    return List.of(
        LogLine.warn(6.5, null, "controller", "No heartbeat from " + cluster.backend(2)),
        LogLine.info(6.3, null, "provisioner", "Replacing " + cluster.backend(2)),
        LogLine.error(6.2, null, "provisioner", refusal),
        LogLine.error(4.1, null, "provisioner", refusal),
        LogLine.error(1.9, null, "provisioner", refusal),
        LogLine.error(0.4, null, "provisioner", refusal));
  }

  @Override
  public List<Alert> alerts() {
    return List.of(
        Alert.firing(
            "ScaleOutFailed", "critical", "Scale-out of " + cluster.name() + " failed", 6.1),
        Alert.firing("NodeUnreachable", "warning", cluster.backend(2) + " is unreachable", 6.4));
  }

  @Override
  public List<Issue> issues() {
    return List.of(Issue.ongoing("Node cannot be replaced on " + cluster.name(), "high", 5.5));
  }
}
