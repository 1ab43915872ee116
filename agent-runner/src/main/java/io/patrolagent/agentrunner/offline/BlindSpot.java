package io.patrolagent.agentrunner.offline;

import io.patrolagent.agentrunner.offline.evidence.Evidence;
import io.patrolagent.agentrunner.offline.evidence.FleetSummary.StaleGroup;
import io.patrolagent.agentrunner.offline.evidence.RegionFreshness;
import io.patrolagent.agentrunner.offline.wording.DataText;
import io.patrolagent.agentrunner.offline.wording.Prose;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Clusters of which nothing new was heard, though the rest of the fleet goes on reporting: what
 * their last score says is how they were. {@code latestAt} is null where there is no score at all.
 */
record BlindSpot(String region, int clusters, int priority, @Nullable Instant latestAt) {

  /** So far behind the newest score of the fleet is no collector that merely takes its time. */
  private static final Duration BEHIND = Duration.ofHours(3);

  /** And so many times as far behind as the middle one of the regions. */
  private static final int TIMES_USUAL = 4;

  private static final int CLUSTERS_OF_A_GROUP = 3;

  /** The regions that fell behind, by one source or the other; the largest first. */
  static List<BlindSpot> among(Evidence evidence) {
    List<BlindSpot> spots = new ArrayList<>(regionsBehind(evidence.regions()));
    for (StaleGroup group : evidence.summary().stale()) {
      boolean known = spots.stream().anyMatch(spot -> spot.region().equals(group.value()));
      if (group.dimension().equals("region") && group.clusters() >= CLUSTERS_OF_A_GROUP && !known) {
        spots.add(new BlindSpot(group.value(), group.clusters(), 0, group.latestAt()));
      }
    }
    return spots.stream()
        .sorted(
            Comparator.comparingInt(BlindSpot::clusters)
                .reversed()
                .thenComparing(BlindSpot::region))
        .toList();
  }

  private static List<BlindSpot> regionsBehind(List<RegionFreshness> regions) {
    Optional<Instant> newest =
        regions.stream()
            .map(RegionFreshness::latestAt)
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder());
    if (newest.isEmpty()) {
      return List.of();
    }
    List<Duration> ages =
        regions.stream()
            .map(RegionFreshness::latestAt)
            .filter(Objects::nonNull)
            .map(at -> Duration.between(at, newest.get()))
            .sorted()
            .toList();
    Duration usual = ages.get(ages.size() / 2);
    Duration limit = usual.multipliedBy(TIMES_USUAL);
    Duration behind = limit.compareTo(BEHIND) > 0 ? limit : BEHIND;
    return regions.stream()
        .filter(
            region ->
                region.latestAt() != null
                    && Duration.between(region.latestAt(), newest.get()).compareTo(behind) > 0)
        .map(
            region ->
                new BlindSpot(
                    region.region(),
                    region.clusters(),
                    region.priorityClusters(),
                    region.latestAt()))
        .toList();
  }

  /** {@code the 9 active clusters of eu-west-1 (2 of Tier S or A)}. */
  String subject() {
    if (clusters == 1) {
      return "the one active cluster of " + DataText.name(region, "an unnamed region");
    }
    return "the "
        + Prose.count(clusters, "active cluster")
        + " of "
        + DataText.name(region, "an unnamed region")
        + (priority == 0
            ? ""
            : " (" + (priority == clusters ? "all" : Prose.number(priority)) + " of Tier S or A)");
  }
}
