package io.patrolagent.agentrunner.offline;

import static java.util.Comparator.comparingInt;

import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A reason code that two or more flagged clusters have, and what else these have in common.
 *
 * <p>A version, region or customer is common to them only if all of them share it and it tells them
 * apart from the other flagged clusters: on a fleet that runs one version everywhere, that version
 * explains nothing.
 */
record SharedReason(String code, List<ClusterFinding> clusters, List<ClusterFinding> others) {

  private static final int CLUSTERS = 2;

  /** The shared reasons of the findings, the most frequent first. */
  static List<SharedReason> among(List<ClusterFinding> findings) {
    return findings.stream()
        .flatMap(finding -> finding.codes().stream())
        .distinct()
        .map(code -> of(code, findings))
        .filter(shared -> shared.clusters().size() >= CLUSTERS)
        .sorted(
            comparingInt((SharedReason shared) -> -shared.clusters().size())
                .thenComparing(SharedReason::code))
        .toList();
  }

  private static SharedReason of(String code, List<ClusterFinding> findings) {
    return new SharedReason(
        code,
        findings.stream().filter(finding -> finding.hasReason(code)).toList(),
        findings.stream().filter(finding -> !finding.hasReason(code)).toList());
  }

  Optional<String> commonVersion() {
    return common(ProblemCluster::version);
  }

  Optional<String> commonRegion() {
    return common(ProblemCluster::region);
  }

  Optional<String> commonCustomer() {
    return common(ProblemCluster::customerName);
  }

  Optional<String> commonAccount() {
    return commonOf(finding -> finding.account());
  }

  /** What all of them share and others do not, by the column of the clusters' table. */
  Map<String, String> traits() {
    Map<String, String> traits = new LinkedHashMap<>();
    commonAccount().ifPresent(account -> traits.put("account_id", account));
    commonVersion().ifPresent(version -> traits.put("version", version));
    commonRegion().ifPresent(region -> traits.put("region", region));
    return traits;
  }

  /** How many customers they belong to. */
  int customers() {
    return (int) clusters.stream().map(ClusterFinding::customer).distinct().count();
  }

  private Optional<String> common(Function<ProblemCluster, String> trait) {
    return commonOf(finding -> trait.apply(finding.cluster()));
  }

  private Optional<String> commonOf(Function<ClusterFinding, @Nullable String> trait) {
    String first = trait.apply(clusters.get(0));
    boolean shared =
        first != null
            && !first.isEmpty()
            && clusters.stream().allMatch(finding -> first.equals(trait.apply(finding)));
    boolean distinguishes =
        others.isEmpty()
            || others.stream().anyMatch(finding -> !Objects.equals(first, trait.apply(finding)));
    return first != null && shared && distinguishes ? Optional.of(first) : Optional.empty();
  }
}
