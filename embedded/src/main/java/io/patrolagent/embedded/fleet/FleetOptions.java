package io.patrolagent.embedded.fleet;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * What decides a demo fleet: the same options give the same rows, byte for byte. {@code now} is the
 * moment that every time in the fleet is relative to, kept to the second.
 */
public record FleetOptions(int clusters, long seed, FleetProfile profile, Instant now) {

  /** Far above any fleet; it keeps a slip of the keyboard from filling the disk. */
  public static final int MAX_CLUSTERS = 1_000_000;

  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  public FleetOptions {
    if (clusters < 1 || clusters > MAX_CLUSTERS) {
      throw new IllegalArgumentException(
          "fleet options: clusters must be between 1 and " + MAX_CLUSTERS + ", was " + clusters);
    }
    Objects.requireNonNull(profile, "fleet options: profile must be given");
    Objects.requireNonNull(now, "fleet options: now must be given");
    if (now.isBefore(EARLIEST) || now.isAfter(LATEST)) {
      throw new IllegalArgumentException(
          "fleet options: now must be between " + EARLIEST + " and " + LATEST + ", was " + now);
    }
    now = now.truncatedTo(ChronoUnit.SECONDS);
  }

  /** A thousand clusters, seed 1, with incidents. */
  public static FleetOptions defaults(Instant now) {
    return new FleetOptions(1000, 1, FleetProfile.INCIDENTS, now);
  }

  public FleetOptions withClusters(int clusters) {
    return new FleetOptions(clusters, seed, profile, now);
  }

  public FleetOptions withSeed(long seed) {
    return new FleetOptions(clusters, seed, profile, now);
  }

  public FleetOptions withProfile(FleetProfile profile) {
    return new FleetOptions(clusters, seed, profile, now);
  }
}
