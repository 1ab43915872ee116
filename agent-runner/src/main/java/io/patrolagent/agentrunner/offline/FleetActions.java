package io.patrolagent.agentrunner.offline;

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
                  + " rated Critical or Warning that the snapshot does not name"));
    }
    alerts(snapshot.alerts24h(), actions);
    return actions;
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
