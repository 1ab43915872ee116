package io.patrolagent.agentrunner.offline.rule;

import io.patrolagent.agentrunner.offline.evidence.ClusterEvidence;
import io.patrolagent.agentrunner.offline.evidence.MetricReading;
import io.patrolagent.agentrunner.offline.wording.Prose;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** A disk that is filling: where the line through its samples meets the top, and when. */
final class DiskFillingRule implements Rule {

  private static final double HORIZON_HOURS = 72;
  private static final double CRITICAL_HOURS = 24;
  private static final double NOTABLE_PERCENT = 80;
  private static final double STRAIGHT = 0.5;
  private static final double VERY_STRAIGHT = 0.9;
  private static final Set<String> PERCENT = Set.of("PERCENT", "PCT", "RATIO");

  @Override
  public List<Observation> observe(ProblemCluster cluster, ClusterEvidence evidence, Instant now) {
    return evidence.metrics().stream()
        .filter(reading -> Subject.DISK.isNamedBy(reading.metric()))
        .filter(reading -> Words.anyOf(reading.metric(), PERCENT))
        .flatMap(reading -> observe(reading).stream())
        .toList();
  }

  private static List<Observation> observe(MetricReading reading) {
    Double latest = reading.latest();
    Double hours = reading.hoursToThreshold();
    Instant full = reading.crossesAt();
    Double slope = reading.slopePerHour();
    if (latest == null) {
      return List.of();
    }
    String level = "disk usage is " + Prose.score(latest) + " %" + Prose.at(reading.latestAt());
    if (hours != null
        && full != null
        && slope != null
        && hours <= HORIZON_HOURS
        && reading.isStraight(STRAIGHT)) {
      String growth = "grows by " + Prose.score(slope) + " points an hour";
      return List.of(
          Observation.of(
                  Subject.DISK,
                  level + ", " + growth + " and is full about " + Prose.shortTime(full))
              .critical(hours <= CRITICAL_HOURS)
              .figure(reading.metric(), latest)
              .figure(reading.metric() + "_slope_per_hour", slope)
              .figure("hours_to_full", hours)
              .forecast(
                  confidence(reading, hours),
                  "runs out of disk space about "
                      + Prose.shortTime(full)
                      + " if nothing changes: "
                      + level
                      + " and "
                      + growth));
    }
    return latest < NOTABLE_PERCENT
        ? List.of()
        : List.of(
            Observation.of(Subject.DISK, level + " and hardly grows")
                .figure(reading.metric(), latest));
  }

  /** A straight line over a day carries two days on, hardly more. */
  private static Confidence confidence(MetricReading reading, double hours) {
    return Confidence.HIGH
        .lowerIf(!reading.isStraight(VERY_STRAIGHT) || reading.samples() < 6)
        .lowerIf(hours > 48);
  }
}
