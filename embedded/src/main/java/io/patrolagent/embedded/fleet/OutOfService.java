package io.patrolagent.embedded.fleet;

import java.util.List;

/** A suspended or terminated cluster: its rows end when its service did. */
record OutOfService(Cluster cluster, double sinceHours) implements Condition {

  static OutOfService of(Cluster cluster) {
    double days = cluster.status() == ClusterStatus.SUSPENDED ? 40 : 300;
    double since = 12 + days * 24 * Noise.unit(cluster.seed(), 13);
    return new OutOfService(cluster, Math.min(since, cluster.ageHours() / 2));
  }

  @Override
  public double collectedUntilHoursAgo() {
    return sinceHours;
  }

  @Override
  public double nodesComponent(double hoursAgo) {
    // the last score was taken while the nodes went down: whoever counts it is alarmed for nothing
    return hoursAgo < sinceHours + 2 ? 10 : 100;
  }

  @Override
  public Node node(Node ordinary) {
    return ordinary.in("stopped", 0);
  }

  @Override
  public List<LogLine> logs() {
    return sinceHours > 30 * 24
        ? List.of()
        : List.of(
            LogLine.info(sinceHours, null, "controller", "Cluster " + cluster.status().label()));
  }
}
