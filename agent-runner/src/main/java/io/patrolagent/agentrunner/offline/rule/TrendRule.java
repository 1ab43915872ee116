package io.patrolagent.agentrunner.offline.rule;

import io.patrolagent.agentrunner.offline.evidence.ClusterEvidence;
import io.patrolagent.agentrunner.offline.evidence.MetricReading;
import io.patrolagent.agentrunner.offline.wording.DataText;
import io.patrolagent.agentrunner.offline.wording.Prose;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Any other metric that is on its way somewhere: to its threshold within two days, or, where it
 * belongs to a reason of the cluster, up in a straight line.
 */
final class TrendRule implements Rule {

  private static final double HORIZON_HOURS = 48;
  private static final double STRAIGHT = 0.7;
  private static final double VERY_STRAIGHT = 0.9;
  private static final double DAY = 24;
  private static final double NOTABLE_GROWTH = 0.2;

  @Override
  public List<Observation> observe(ProblemCluster cluster, ClusterEvidence evidence, Instant now) {
    List<Observation> observations = new ArrayList<>();
    for (MetricReading reading : evidence.metrics()) {
      Double latest = reading.latest();
      Double slope = reading.slopePerHour();
      if (latest == null
          || slope == null
          || !reading.isStraight(STRAIGHT)
          || Subject.DISK.isNamedBy(reading.metric())
          || Subject.CERTIFICATE.isNamedBy(reading.metric())
          || Subject.BACKUP.isNamedBy(reading.metric())) {
        continue;
      }
      if (reading.hoursToThreshold() != null && reading.hoursToThreshold() <= HORIZON_HOURS) {
        observations.add(crossing(reading, latest, slope));
      } else if (FiguresRule.belongsToAReason(reading.metric(), cluster)
          && slope * DAY > NOTABLE_GROWTH * Math.abs(latest)) {
        observations.add(rising(reading, latest, slope));
      }
    }
    return observations;
  }

  private static Observation crossing(MetricReading reading, double latest, double slope) {
    String when =
        reading.crossesAt() == null ? "" : " about " + Prose.shortTime(reading.crossesAt());
    String goal =
        "reaches "
            + (reading.threshold() == null ? "its threshold" : Prose.score(reading.threshold()))
            + when;
    return Observation.of(Subject.TREND, course(reading, latest, slope) + " and " + goal)
        .figure(reading.metric(), latest)
        .figure(reading.metric() + "_slope_per_hour", slope)
        .forecast(
            Confidence.MEDIUM.lowerIf(!reading.isStraight(VERY_STRAIGHT)),
            "sees its "
                + name(reading)
                + " "
                + goal.replaceFirst("^reaches", "reach")
                + " if nothing changes");
  }

  private static Observation rising(MetricReading reading, double latest, double slope) {
    return Observation.of(Subject.TREND, course(reading, latest, slope))
        .figure(reading.metric(), latest)
        .figure(reading.metric() + "_slope_per_hour", slope)
        .forecast(
            Confidence.MEDIUM.lowerIf(!reading.isStraight(VERY_STRAIGHT)),
            "gets worse if nothing changes: " + course(reading, latest, slope));
  }

  private static String course(MetricReading reading, double latest, double slope) {
    return name(reading)
        + " is "
        + Prose.score(latest)
        + Prose.at(reading.latestAt())
        + " and has "
        + (slope > 0 ? "risen" : "fallen")
        + " by "
        + Prose.score(Math.abs(slope))
        + " an hour";
  }

  private static String name(MetricReading reading) {
    return DataText.name(reading.metric(), "a metric").replace('_', ' ');
  }
}
