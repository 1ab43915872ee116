package io.patrolagent.embedded.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The nodes of a cluster, three to eight. The backends' disks together are as full as {@code
 * disk_used_percent} says.
 */
final class Nodes {

  private static final long SALT = 102;
  private static final int[] BACKEND_DISKS_GB = {500, 1000, 2000, 4000, 8000};
  private static final int OTHER_DISK_GB = 200;

  private Nodes() {}

  static List<Node> of(Cluster cluster, Condition condition, double diskUsedPercent) {
    SplittableRandom random = new SplittableRandom(Noise.mix(cluster.seed(), SALT));
    int frontends = random.nextInt(10) < 6 ? 1 : 3;
    int backends = 2 + random.nextInt(frontends == 1 ? 4 : 2);
    int computes = random.nextInt(3);
    int disk = BACKEND_DISKS_GB[random.nextInt(BACKEND_DISKS_GB.length)];
    List<Node> nodes = new ArrayList<>(frontends + backends + computes);
    addOthers(nodes, cluster, NodeRole.FRONTEND, frontends, random);
    String type = pick(cluster.account().cloud().instanceTypes(NodeRole.BACKEND), random);
    for (int i = 1; i <= backends; i++) {
      double used = disk * (diskUsedPercent + imbalance(i, backends)) / 100;
      nodes.add(node(cluster, NodeRole.BACKEND, i, type, disk, used));
    }
    addOthers(nodes, cluster, NodeRole.COMPUTE, computes, random);
    return nodes.stream().map(condition::node).toList();
  }

  private static void addOthers(
      List<Node> nodes, Cluster cluster, NodeRole role, int count, SplittableRandom random) {
    String type = pick(cluster.account().cloud().instanceTypes(role), random);
    for (int i = 1; i <= count; i++) {
      double used = OTHER_DISK_GB * (0.15 + 0.3 * random.nextDouble());
      nodes.add(node(cluster, role, i, type, OTHER_DISK_GB, used));
    }
  }

  /** Percentage points by which a backend differs from the mean; they add up to nothing. */
  private static double imbalance(int number, int backends) {
    boolean unpaired = number == backends && backends % 2 == 1;
    return unpaired ? 0 : number % 2 == 1 ? 0.8 : -0.8;
  }

  private static Node node(
      Cluster cluster, NodeRole role, int number, String type, int diskGb, double usedGb) {
    List<String> zones = cluster.region().zones();
    return new Node(
        role.nodeId(cluster.id(), number),
        role,
        type,
        zones.get((number - 1) % zones.size()),
        "running",
        0,
        diskGb,
        Math.round(usedGb * 10) / 10.0);
  }

  private static String pick(List<String> choices, SplittableRandom random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
