package io.patrolagent.aggregator.snapshot;

import io.patrolagent.common.stage.PermanentFailureException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much of a region's active clusters a source knows: all of them, those without any row, those
 * whose latest row is 24 hours old or older, and the newest row.
 */
record RegionCoverage(
    String region, int active, int withoutRow, int stale, @Nullable Instant latestAt) {

  static RegionCoverage of(ResultRow row, int active) throws PermanentFailureException {
    String region = row.text("region");
    return new RegionCoverage(
        region == null ? "an unnamed region" : region,
        active,
        row.count("unknown"),
        row.count("stale"),
        row.instant("latest_at"));
  }

  /** The clusters of whose state of the last 24 hours the source says nothing. */
  int blind() {
    return withoutRow + stale;
  }
}
