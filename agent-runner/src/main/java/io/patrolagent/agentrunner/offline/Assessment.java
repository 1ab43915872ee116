package io.patrolagent.agentrunner.offline;

import io.patrolagent.agentrunner.prompt.PatrolPrompt.Asked;
import io.patrolagent.common.patrol.FleetSnapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the rules find in a snapshot: the ground of all five sections. {@code findings} are the
 * clusters with a problem among those that the snapshot names, worst first.
 */
record Assessment(
    Asked asked,
    FleetSnapshot snapshot,
    Coverage coverage,
    List<ClusterFinding> findings,
    List<SharedReason> sharedReasons) {

  static Assessment of(Asked asked, FleetSnapshot snapshot) {
    // priority clusters may be among the worst ten as well
    Map<String, ClusterFinding> byId = new LinkedHashMap<>();
    Stream.concat(snapshot.priorityClusters().stream(), snapshot.worstClusters().stream())
        .map(ClusterFinding::of)
        .flatMap(Optional::stream)
        .forEach(finding -> byId.putIfAbsent(finding.cluster().clusterId(), finding));
    List<ClusterFinding> findings =
        byId.values().stream().sorted(ClusterFinding.WORST_FIRST).toList();
    return new Assessment(
        asked, snapshot, Coverage.of(snapshot), findings, SharedReason.among(findings));
  }

  Verdict verdict() {
    if (snapshot.clusterCounts().active() == 0) {
      return Verdict.EMPTY;
    }
    if (snapshot.riskDistribution().critical() > 0 || anyOf(Severity.CRITICAL)) {
      return Verdict.CRITICAL;
    }
    if (ratedWithProblem() > 0 || snapshot.healthDistribution().poor() > 0 || !findings.isEmpty()) {
      return Verdict.ATTENTION;
    }
    if (coverage.isMostlyUnknown()) {
      return Verdict.UNKNOWN;
    }
    return coverage.isOutdated() ? Verdict.OUTDATED : Verdict.HEALTHY;
  }

  /** Active clusters rated Critical or Warning, whether the snapshot names them or not. */
  int ratedWithProblem() {
    return snapshot.riskDistribution().critical() + snapshot.riskDistribution().warning();
  }

  /** Those of the findings that are rated Critical or Warning. */
  int ratedAndNamed() {
    return (int)
        findings.stream()
            .map(finding -> finding.cluster().riskLevel())
            .filter(level -> "Critical".equals(level) || "Warning".equals(level))
            .count();
  }

  private boolean anyOf(Severity severity) {
    return findings.stream().anyMatch(finding -> finding.severity() == severity);
  }
}
