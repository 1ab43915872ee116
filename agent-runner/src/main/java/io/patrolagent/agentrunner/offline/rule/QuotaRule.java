package io.patrolagent.agentrunner.offline.rule;

import io.patrolagent.agentrunner.offline.evidence.ClusterAlert;
import io.patrolagent.agentrunner.offline.evidence.ClusterEvidence;
import io.patrolagent.agentrunner.offline.evidence.LogLine;
import io.patrolagent.agentrunner.offline.wording.DataText;
import io.patrolagent.agentrunner.offline.wording.HostileText;
import io.patrolagent.agentrunner.offline.wording.Prose;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/** A cloud that refuses what a cluster asks of it, as its log or its alerts have it. */
final class QuotaRule implements Rule {

  private static final Pattern REFUSED =
      Pattern.compile(
          "quota|limit_?exceeded|resource_?exhausted|operation_?not_?allowed|insufficient\\W*(instance)?\\W*capacity",
          Pattern.CASE_INSENSITIVE);

  @Override
  public List<Observation> observe(ProblemCluster cluster, ClusterEvidence evidence, Instant now) {
    List<LogLine> refusals =
        evidence.errors().stream().filter(error -> isRefusal(error.message())).toList();
    if (!refusals.isEmpty()) {
      int count = refusals.stream().mapToInt(LogLine::count).sum();
      return List.of(observation(refusals.get(0), count));
    }
    return evidence.alerts().stream()
        .filter(ClusterAlert::firing)
        .filter(alert -> isRefusal(alert.name() + " " + alert.message()))
        .findFirst()
        .map(
            alert ->
                Observation.of(
                    Subject.QUOTA,
                    "an alert says that the cloud refuses resources: “"
                        + DataText.detail(alert.message())
                        + "”"
                        + Prose.at(alert.firedAt())))
        .stream()
        .toList();
  }

  private static boolean isRefusal(String text) {
    return REFUSED.matcher(text).find() && !HostileText.isIn(text);
  }

  private static Observation observation(LogLine line, int count) {
    return Observation.of(
            Subject.QUOTA,
            "the cloud refuses resources: “"
                + DataText.detail(line.message())
                + "”, "
                + Prose.count(count, "time")
                + " in 24 hours"
                + (line.at() == null ? "" : ", last at " + Prose.shortTime(line.at())))
        .codes(ErrorCodes.in(line.message()))
        .forecast(
            Confidence.MEDIUM,
            "cannot replace a lost node or scale out until the account's quota is raised");
  }
}
