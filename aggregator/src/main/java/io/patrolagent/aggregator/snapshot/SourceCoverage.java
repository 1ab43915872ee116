package io.patrolagent.aggregator.snapshot;

import io.patrolagent.common.patrol.FleetSnapshot.SourceFreshness;
import io.patrolagent.common.stage.PermanentFailureException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** How much of the active clusters in scope a source knows, region by region. */
record SourceCoverage(String source, SnapshotQuery query, List<RegionCoverage> regions) {

  static final String HEALTH_SCORES = "health_scores";
  static final String RISK_SNAPSHOTS = "risk_snapshots";

  SourceCoverage {
    regions = List.copyOf(regions);
  }

  static SourceCoverage healthScores(List<ResultRow> rows) throws PermanentFailureException {
    return coverage(
        HEALTH_SCORES,
        SnapshotQuery.HEALTH_DISTRIBUTION,
        rows,
        "healthy",
        "moderate",
        "poor",
        "unknown");
  }

  static SourceCoverage riskSnapshots(List<ResultRow> rows) throws PermanentFailureException {
    return coverage(
        RISK_SNAPSHOTS,
        SnapshotQuery.RISK_DISTRIBUTION,
        rows,
        "critical",
        "warning",
        "healthy",
        "unknown");
  }

  private static SourceCoverage coverage(
      String source, SnapshotQuery query, List<ResultRow> rows, String... classes)
      throws PermanentFailureException {
    List<RegionCoverage> regions = new ArrayList<>();
    for (ResultRow row : rows) {
      int active = 0;
      for (String name : classes) {
        active = Math.addExact(active, row.count(name));
      }
      regions.add(RegionCoverage.of(row, active));
    }
    return new SourceCoverage(source, query, regions);
  }

  int active() {
    return sum(RegionCoverage::active);
  }

  int withoutRow() {
    return sum(RegionCoverage::withoutRow);
  }

  int stale() {
    return sum(RegionCoverage::stale);
  }

  int blind() {
    return sum(RegionCoverage::blind);
  }

  Optional<Instant> latestAt() {
    return regions.stream()
        .map(RegionCoverage::latestAt)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder());
  }

  /** For people: {@code health scores}. */
  String words() {
    return source.replace('_', ' ');
  }

  SourceFreshness freshness() {
    return new SourceFreshness(source, latestAt().orElse(null), withoutRow(), stale());
  }

  private int sum(ToIntFunction<RegionCoverage> figure) {
    return regions.stream().mapToInt(figure).sum();
  }
}
