package io.patrolagent.agentrunner.offline;

import io.patrolagent.agentrunner.offline.evidence.Conversation;
import io.patrolagent.agentrunner.offline.evidence.Evidence;
import io.patrolagent.agentrunner.prompt.PatrolPrompt.Asked;
import io.patrolagent.common.patrol.FleetSnapshot;
import java.util.List;

/**
 * What the rules find in the snapshot and in what the tools answered: the ground of all five
 * sections. {@code findings} are the clusters with a problem among those that either names, worst
 * first.
 */
record Assessment(
    Asked asked,
    FleetSnapshot snapshot,
    Evidence evidence,
    Coverage coverage,
    List<ClusterFinding> findings,
    List<SharedReason> sharedReasons,
    List<BlindSpot> blindSpots) {

  static Assessment of(Conversation conversation, Evidence evidence) {
    FleetSnapshot snapshot = conversation.snapshot();
    List<ClusterFinding> findings =
        Findings.seen(snapshot, evidence, Findings.rated(snapshot, evidence.summary()));
    List<BlindSpot> blindSpots = BlindSpot.among(evidence);
    return new Assessment(
        conversation.asked(),
        snapshot,
        evidence,
        Coverage.of(snapshot, blindSpots),
        findings,
        SharedReason.among(findings),
        blindSpots);
  }

  /** Whether the findings are all clusters with a problem that there are, so that they count. */
  boolean namesEveryProblem() {
    return evidence.has("query_fleet_summary") && evidence.summary().omitted() == 0;
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
