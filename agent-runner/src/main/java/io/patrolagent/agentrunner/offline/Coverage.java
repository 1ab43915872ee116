package io.patrolagent.agentrunner.offline;

import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.FleetSnapshot.SourceFreshness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How much of the fleet the snapshot really saw, and how recently. Decides whether the absence of
 * problems may be called health.
 */
record Coverage(
    Instant takenAt,
    int active,
    int unrated,
    int unscored,
    List<SourceFreshness> sources,
    List<String> warnings,
    List<BlindSpot> blindSpots) {

  /** From this age on a row says how things were, not how they are. */
  static final Duration STALE_FROM = Duration.ofDays(1);

  static Coverage of(FleetSnapshot snapshot, List<BlindSpot> blindSpots) {
    return new Coverage(
        snapshot.takenAt(),
        snapshot.clusterCounts().active(),
        snapshot.riskDistribution().unknown(),
        snapshot.healthDistribution().unknown(),
        snapshot.sources(),
        snapshot.warnings(),
        blindSpots);
  }

  /** Nothing is missing, nothing is old, nothing is doubted. */
  boolean isComplete() {
    return unrated == 0
        && unscored == 0
        && warnings.isEmpty()
        && blindSpots.isEmpty()
        && !sources.isEmpty()
        && sources.stream().noneMatch(this::isLacking);
  }

  /** For more than half of the active clusters one of the two judgements is missing. */
  boolean isMostlyUnknown() {
    return Math.max(unrated, unscored) * 2L > active;
  }

  /** A source says nothing new, of any cluster or of more than half of the active ones. */
  boolean isOutdated() {
    return sources.stream().anyMatch(source -> isStale(source) || blind(source) * 2 > active);
  }

  /** Active clusters of which a source has no row, or none from the last day. */
  private static long blind(SourceFreshness source) {
    return (long) source.clustersWithoutRow() + source.clustersStale();
  }

  /** The source's newest row, if there is one at all, is older than a day. */
  boolean isStale(SourceFreshness source) {
    return source.latestAt() == null || isOld(source.latestAt());
  }

  boolean isLacking(SourceFreshness source) {
    return isStale(source) || source.clustersWithoutRow() > 0 || source.clustersStale() > 0;
  }

  boolean isOld(Instant at) {
    return age(at).compareTo(STALE_FROM) >= 0;
  }

  /** How old something was when the snapshot was taken; a clock ahead of it counts as none. */
  Duration age(Instant at) {
    Duration age = Duration.between(at, takenAt);
    return age.isNegative() ? Duration.ZERO : age;
  }
}
