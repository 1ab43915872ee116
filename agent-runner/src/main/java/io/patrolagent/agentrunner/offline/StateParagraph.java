package io.patrolagent.agentrunner.offline;

import io.patrolagent.agentrunner.offline.wording.Breakdown;
import io.patrolagent.agentrunner.offline.wording.DataText;
import io.patrolagent.agentrunner.offline.wording.Prose;
import io.patrolagent.common.patrol.FleetSnapshot.AlertCounts;
import io.patrolagent.common.patrol.FleetSnapshot.ClusterCounts;
import io.patrolagent.common.patrol.FleetSnapshot.HealthDistribution;
import io.patrolagent.common.patrol.FleetSnapshot.IssueCounts;
import io.patrolagent.common.patrol.FleetSnapshot.RiskDistribution;
import java.util.ArrayList;
import java.util.List;

/** The verdict and the figures behind it. */
final class StateParagraph {

  private StateParagraph() {}

  static List<String> write(Assessment assessment) {
    List<String> sentences = new ArrayList<>();
    sentences.add(verdict(assessment));
    if (assessment.verdict().isTrouble() && assessment.coverage().isOutdated()) {
      sentences.add("Part of the data is older than a day, so there may be more.");
    }
    SinceLastTime.sentence(assessment).ifPresent(sentences::add);
    ClusterCounts counts = assessment.snapshot().clusterCounts();
    if (counts.active() > 0) {
      sentences.add(risk(assessment.snapshot().riskDistribution(), counts.active()));
      sentences.add(health(assessment.snapshot().healthDistribution(), counts.active()));
    }
    int idle = counts.suspended() + counts.terminated();
    if (idle > 0) {
      sentences.add(idle(counts));
    }
    AlertCounts alerts = assessment.snapshot().alerts24h();
    IssueCounts issues = assessment.snapshot().openIssues();
    if (alerts.firing() + alerts.resolved() + alerts.firingFromBefore() + issues.total() == 0) {
      sentences.add("No alert is firing and no issue is open.");
    } else {
      sentences.add(alerts(alerts));
      sentences.add(issues(issues));
    }
    return sentences;
  }

  private static String verdict(Assessment assessment) {
    String subject = subject(assessment);
    return switch (assessment.verdict()) {
      case EMPTY -> subject + " has no active cluster, so there is nothing to assess.";
      case CRITICAL -> subject + " has critical problems.";
      case ATTENTION -> subject + " needs attention, but no cluster is critical.";
      case UNKNOWN ->
          "No problem is on record, but most clusters have no record: whether they are well is"
              + " unknown.";
      case OUTDATED ->
          "No problem is on record, but the record is too old to call "
              + Prose.uncapitalised(subject)
              + " healthy.";
      case HEALTHY -> subject + healthy(assessment);
    };
  }

  private static String healthy(Assessment assessment) {
    IssueCounts issues = assessment.snapshot().openIssues();
    if (!assessment.coverage().isComplete()) {
      return " is healthy as far as it was assessed; what was not is said below.";
    }
    if (issues.critical() + issues.high() > 0) {
      return " is healthy by risk rating and health score, although serious issues are open.";
    }
    return " is healthy, and the data that says so is complete and current.";
  }

  private static String subject(Assessment assessment) {
    return assessment.asked().scope().isFleet()
        ? "The fleet"
        : "The scope (" + DataText.detail(assessment.asked().scope().describe()) + ")";
  }

  private static String risk(RiskDistribution risk, int active) {
    Breakdown ratings =
        new Breakdown(active)
            .add(risk.critical(), "Critical")
            .add(risk.warning(), "Warning")
            .add(risk.healthy(), "Healthy");
    if (ratings.isEmpty()) {
      return active == 1
          ? "The one active cluster has no risk rating."
          : "None of the " + Prose.number(active) + " active clusters has a risk rating.";
    }
    if (ratings.isOnly()) {
      return (active == 1
              ? "The one active cluster is"
              : "All " + Prose.number(active) + " active clusters are")
          + " rated "
          + ratings.onlyName()
          + ".";
    }
    return "Of "
        + Prose.count(active, "active cluster")
        + ", "
        + ratings.sentence("is rated ", "are rated ")
        + without(risk.unknown(), active, "rating")
        + ".";
  }

  private static String health(HealthDistribution health, int active) {
    Breakdown bands =
        new Breakdown(active)
            .add(health.healthy(), "healthy (80 and above)")
            .add(health.moderate(), "moderate (60 to below 80)")
            .add(health.poor(), "poor (below 60)");
    if (bands.isEmpty()) {
      return active == 1 ? "It has no health score." : "None has a health score.";
    }
    if (bands.isOnly()) {
      return "By health score "
          + (active == 1 ? "it is " : "all of them are ")
          + bands.onlyName()
          + ".";
    }
    return "By health score "
        + bands.sentence("is ", "are ")
        + without(health.unknown(), active, "score")
        + ".";
  }

  private static String without(int unknown, int active, String what) {
    return unknown == 0
        ? ""
        : "; "
            + Prose.number(unknown)
            + Prose.share(unknown, active)
            + Prose.agree(unknown, " has no ", " have no ")
            + what;
  }

  private static String idle(ClusterCounts counts) {
    List<String> parts = new ArrayList<>();
    if (counts.suspended() > 0) {
      parts.add(Prose.number(counts.suspended()) + " suspended");
    }
    if (counts.terminated() > 0) {
      parts.add(Prose.number(counts.terminated()) + " terminated");
    }
    return "Of "
        + Prose.count(counts.total(), "cluster")
        + " in all, "
        + Prose.list(parts)
        + " "
        + Prose.agree(counts.suspended() + counts.terminated(), "one is", "ones are")
        + " not counted.";
  }

  private static String alerts(AlertCounts alerts) {
    List<String> parts = new ArrayList<>();
    if (alerts.firing() > 0) {
      parts.add(
          Prose.count(alerts.firing(), "alert")
              + " of the last 24 hours "
              + Prose.agree(alerts.firing(), "is", "are")
              + " still firing");
    }
    if (alerts.firingFromBefore() > 0) {
      parts.add(
          (parts.isEmpty()
                  ? Prose.count(alerts.firingFromBefore(), "alert")
                  : Prose.number(alerts.firingFromBefore()))
              + Prose.agree(alerts.firingFromBefore(), " has", " have")
              + " been firing for longer than "
              + (parts.isEmpty() ? "24 hours" : "that"));
    }
    if (parts.isEmpty()) {
      parts.add("no alert is firing");
    }
    String resolved =
        alerts.resolved() == 0
            ? ""
            : "; "
                + Prose.number(alerts.resolved())
                + Prose.agree(alerts.resolved(), " was", " were")
                + " resolved in the last 24 hours";
    return Prose.capitalised(Prose.list(parts)) + resolved + ".";
  }

  private static String issues(IssueCounts issues) {
    int total = issues.total();
    if (total == 0) {
      return "No issue is open.";
    }
    Breakdown severities =
        new Breakdown(total)
            .add(issues.critical(), "critical")
            .add(issues.high(), "high")
            .add(issues.medium(), "medium")
            .add(issues.low(), "low");
    return Prose.count(total, "issue")
        + Prose.agree(total, " is", " are")
        + " open: "
        + severities.names()
        + ".";
  }
}
