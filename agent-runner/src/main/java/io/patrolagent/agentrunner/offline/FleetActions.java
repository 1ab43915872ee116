package io.patrolagent.agentrunner.offline;

import io.patrolagent.agentrunner.offline.rule.Subject;
import io.patrolagent.agentrunner.offline.wording.DataText;
import io.patrolagent.agentrunner.offline.wording.Prose;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.FleetSnapshot.AlertCounts;
import io.patrolagent.common.patrol.FleetSnapshot.IssueCounts;
import java.util.ArrayList;
import java.util.List;

/** What to do that belongs to no single cluster: blind spots, clusters not named, old alerts. */
final class FleetActions {

  private FleetActions() {}

  static List<Action> of(Assessment assessment) {
    List<Action> actions = new ArrayList<>();
    regions(assessment, actions);
    blindSpots(assessment.coverage(), actions);
    warnings(assessment.coverage().warnings().size(), actions);
    FleetSnapshot snapshot = assessment.snapshot();
    issues(snapshot.openIssues(), actions);
    int unnamed = assessment.ratedWithProblem() - assessment.ratedAndNamed();
    if (unnamed > 0) {
      actions.add(
          new Action(
              snapshot.riskDistribution().critical() > 0 ? Urgency.TODAY : Urgency.THIS_WEEK,
              "Go through the "
                  + (unnamed == 1 ? "cluster" : Prose.count(unnamed, "cluster"))
                  + " rated Critical or Warning that "
                  + (assessment.evidence().has("query_fleet_summary")
                      ? "no list named"
                      : "the snapshot does not name")));
    }
    alerts(snapshot.alerts24h(), actions);
    hostileText(assessment.findings(), actions);
    NoiseWording.action(assessment.evidence().noisy()).ifPresent(actions::add);
    return actions;
  }

  private static void regions(Assessment assessment, List<Action> actions) {
    List<String> runbook =
        assessment.evidence().documents().stream()
            .filter(document -> document.isRunbook() && document.title().contains("collector"))
            .map(Documents::citation)
            .limit(1)
            .toList();
    for (BlindSpot spot : assessment.blindSpots()) {
      actions.add(
          new Action(
              Urgency.IMMEDIATE,
              "Get the collector of "
                  + DataText.name(spot.region(), "an unnamed region")
                  + " to deliver again; until then take its "
                  + Prose.count(spot.clusters(), "active cluster")
                  + " for unknown, not for healthy"
                  + (runbook.isEmpty() ? "" : "; see " + runbook.get(0))));
    }
  }

  private static void hostileText(List<ClusterFinding> findings, List<Action> actions) {
    List<String> clusters =
        findings.stream()
            .filter(finding -> finding.has(Subject.HOSTILE_TEXT))
            .map(ClusterFinding::fullLabel)
            .toList();
    if (!clusters.isEmpty()) {
      actions.add(
          new Action(
              Urgency.TODAY,
              "Find out who writes orders to readers into the data of "
                  + Prose.list(clusters)
                  + ", and let nobody, person or machine, follow them"));
    }
  }

  private static void blindSpots(Coverage coverage, List<Action> actions) {
    coverage.sources().stream()
        .filter(coverage::isStale)
        .forEach(
            source ->
                actions.add(
                    new Action(
                        Urgency.IMMEDIATE,
                        "Get the collector of the "
                            + CoverageParagraph.sourceName(source)
                            + " to deliver again; until then nobody sees what they would show")));
    int unknown = Math.max(coverage.unrated(), coverage.unscored());
    if (unknown > 0) {
      String lacks =
          coverage.unrated() >= coverage.unscored() ? "without a risk rating" : "without a score";
      actions.add(
          new Action(
              Urgency.TODAY,
              "Find out why the collectors say nothing on "
                  + Prose.count(unknown, "active cluster")
                  + " "
                  + lacks));
    }
    coverage.sources().stream()
        .filter(source -> !coverage.isStale(source) && source.clustersStale() > 0)
        .forEach(
            source ->
                actions.add(
                    new Action(
                        Urgency.TODAY,
                        "Find out why "
                            + Prose.count(source.clustersStale(), "cluster")
                            + Prose.agree(source.clustersStale(), " has", " have")
                            + " no "
                            + CoverageParagraph.sourceName(source)
                            + " from the last 24 hours")));
  }

  private static void warnings(int count, List<Action> actions) {
    if (count > 0) {
      actions.add(
          new Action(
              Urgency.TODAY,
              "Follow up the "
                  + (count == 1 ? "warning" : Prose.count(count, "warning"))
                  + " of the snapshot itself that the narrative quotes"));
    }
  }

  private static void issues(IssueCounts issues, List<Action> actions) {
    if (issues.critical() > 0) {
      actions.add(
          new Action(
              Urgency.TODAY,
              "See that somebody works on "
                  + (issues.critical() == 1
                      ? "the open critical issue"
                      : "each of the " + Prose.count(issues.critical(), "open critical issue"))));
    }
  }

  private static void alerts(AlertCounts alerts, List<Action> actions) {
    if (alerts.firingFromBefore() > 0) {
      actions.add(
          new Action(
              Urgency.THIS_WEEK,
              "Resolve, or silence for a stated reason, the "
                  + (alerts.firingFromBefore() == 1
                      ? "alert"
                      : Prose.count(alerts.firingFromBefore(), "alert"))
                  + " firing for more than 24 hours"));
    }
  }
}
