package io.patrolagent.embedded.fleet;

/**
 * A cluster as it stands in {@code byoc.clusters}. {@code seed} is its own: all that is random
 * about it follows from that.
 */
record Cluster(
    String id,
    String name,
    Account account,
    Region region,
    String version,
    ClusterStatus status,
    double ageHours,
    long seed) {

  /** The history that incidents are told against; younger clusters are left out of them. */
  private static final double SETTLED_HOURS = 35 * 24;

  Customer customer() {
    return account.customer();
  }

  boolean isActive() {
    return status == ClusterStatus.ACTIVE;
  }

  boolean isSettled() {
    return isActive() && ageHours >= SETTLED_HOURS;
  }

  boolean isProduction() {
    return name.contains("-prod");
  }

  /** Every cluster has at least two backends, so 1 and 2 always exist. */
  String backend(int number) {
    return NodeRole.BACKEND.nodeId(id, number);
  }

  Cluster withVersion(String other) {
    return new Cluster(id, name, account, region, other, status, ageHours, seed);
  }
}
