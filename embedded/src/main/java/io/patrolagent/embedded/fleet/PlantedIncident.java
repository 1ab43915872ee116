package io.patrolagent.embedded.fleet;

import java.util.List;

/**
 * An incident as it was planted: whom it concerns, how severe a good report should call it, and
 * where it can be seen. {@code tier} is the highest of the customers concerned; {@code severity}
 * {@link RiskLevel#HEALTHY} means that flagging these clusters would be a mistake.
 */
public record PlantedIncident(
    IncidentKind kind,
    List<String> clusterIds,
    List<String> customers,
    Tier tier,
    RiskLevel severity,
    String summary,
    List<Evidence> evidence) {

  public PlantedIncident {
    clusterIds = List.copyOf(clusterIds);
    customers = List.copyOf(customers);
    evidence = List.copyOf(evidence);
    if (clusterIds.isEmpty()) {
      throw new IllegalArgumentException("planted incident " + kind + ": needs a cluster");
    }
    if (evidence.isEmpty()) {
      throw new IllegalArgumentException("planted incident " + kind + ": needs evidence");
    }
  }

  /** An incident on these clusters, customers and tier taken from them. */
  static PlantedIncident on(
      List<Cluster> clusters,
      IncidentKind kind,
      RiskLevel severity,
      String summary,
      List<Evidence> evidence) {
    return new PlantedIncident(
        kind,
        clusters.stream().map(Cluster::id).sorted().toList(),
        clusters.stream().map(c -> c.customer().name()).distinct().sorted().toList(),
        clusters.stream().map(c -> c.customer().tier()).min(Tier::compareTo).orElseThrow(),
        severity,
        summary,
        evidence);
  }
}
