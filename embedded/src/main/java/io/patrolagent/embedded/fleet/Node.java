package io.patrolagent.embedded.fleet;

/** A row of {@code byoc.cluster_nodes}; disks in gigabytes, used in tenths of one. */
record Node(
    String id,
    NodeRole role,
    String instanceType,
    String zone,
    String state,
    int restarts24h,
    int diskTotalGb,
    double diskUsedGb) {

  Node in(String otherState, int restarts) {
    return new Node(id, role, instanceType, zone, otherState, restarts, diskTotalGb, diskUsedGb);
  }
}
