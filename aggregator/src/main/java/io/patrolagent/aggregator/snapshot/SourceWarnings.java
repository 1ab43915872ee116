package io.patrolagent.aggregator.snapshot;

import io.patrolagent.aggregator.history.PreviousPatrol;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Says what keeps a snapshot from being taken at face value, so that a dead collector never reads
 * as a healthy fleet.
 *
 * <p>A source is spoken of when it knows nothing new of any cluster; when it knows nothing new of 5
 * % of them, which an unlucky few do not reach; or of half of a region's, since one region's
 * collector may die without making up 5 % of a large fleet. A collector that died lately shows
 * before a day is over: its region's newest row lags behind that of the others.
 */
final class SourceWarnings {

  private static final int BLIND_PERCENT = 5;
  private static final int COLLAPSE_PERCENT = 30;
  private static final int MOST_REGIONS = 3;

  /** Collectors report by the hour or oftener; one that missed a few has a problem. */
  private static final Duration LAG = Duration.ofHours(4);

  /** Clocks differ by that much; a row further ahead hides that nothing came since. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

  private SourceWarnings() {}

  /** What is to be said, the gravest first. */
  static List<String> of(
      int active, Optional<PreviousPatrol> previous, List<SourceCoverage> sources, Instant now) {
    List<String> warnings = new ArrayList<>();
    previous.flatMap(before -> collapse(active, before)).ifPresent(warnings::add);
    for (SourceCoverage source : sources) {
      misfit(active, source).ifPresent(warnings::add);
      staleness(source, now).ifPresent(warnings::add);
      lag(source).ifPresent(warnings::add);
      future(source, now).ifPresent(warnings::add);
    }
    return warnings;
  }

  private static Optional<String> collapse(int active, PreviousPatrol before) {
    long lost = (long) before.active() - active;
    if (lost <= 0 || lost * 100 < (long) COLLAPSE_PERCENT * before.active()) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "active clusters fell from %,d to %,d (by %s) since patrol %s of %s: unless they were taken out of service, the inventory is incomplete",
            before.active(),
            active,
            percent(lost, before.active()),
            before.reportId(),
            before.finishedAt()));
  }

  private static Optional<String> misfit(int active, SourceCoverage source) {
    if (source.active() == active) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s counts %,d active clusters and %s %,d: one of the two files leaves clusters out or counts them twice",
            source.query().file(),
            source.active(),
            SnapshotQuery.CLUSTER_COUNTS.file(),
            active));
  }

  private static Optional<String> staleness(SourceCoverage source, Instant now) {
    int blind = source.blind();
    if (blind == 0) {
      return Optional.empty();
    }
    if (blind == source.active()) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "%s: none of the %,d active clusters has one from the last 24 h; %s",
              source.words(),
              source.active(),
              newest(source, now)));
    }
    boolean share = (long) blind * 100 >= (long) BLIND_PERCENT * source.active();
    if (!share && source.regions().stream().noneMatch(SourceWarnings::dark)) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s: %,d of %,d active clusters (%s) have none from the last 24 h (%,d an older one, %,d none at all); most affected: %s",
            source.words(),
            blind,
            source.active(),
            percent(blind, source.active()),
            source.stale(),
            source.withoutRow(),
            mostAffected(source)));
  }

  private static Optional<String> lag(SourceCoverage source) {
    Optional<Instant> newest = source.latestAt();
    List<RegionCoverage> lagging =
        source.regions().stream()
            .filter(region -> !dark(region))
            .filter(region -> newest.isPresent() && lags(region, newest.get()))
            .sorted(Comparator.comparing(RegionCoverage::active).reversed())
            .toList();
    if (lagging.isEmpty()) {
      return Optional.empty();
    }
    String some =
        lagging.stream()
            .limit(MOST_REGIONS)
            .map(
                region ->
                    String.format(
                        Locale.ROOT,
                        "%s (%,d active clusters) since %s",
                        region.region(),
                        region.active(),
                        region.latestAt()))
            .collect(Collectors.joining(", "));
    String more =
        lagging.size() > MOST_REGIONS
            ? " and " + (lagging.size() - MOST_REGIONS) + " more regions"
            : "";
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s: none from %s%s, while others go on until %s; how these clusters are now is not known",
            source.words(),
            some,
            more,
            newest.get()));
  }

  private static boolean lags(RegionCoverage region, Instant newest) {
    Instant latest = region.latestAt();
    return latest != null && !latest.plus(LAG).isAfter(newest);
  }

  private static Optional<String> future(SourceCoverage source, Instant now) {
    return source
        .latestAt()
        .filter(latest -> latest.isAfter(now.plus(CLOCK_SKEW)))
        .map(
            latest ->
                String.format(
                    Locale.ROOT,
                    "%s: the newest is from %s, after the snapshot's %s; how fresh they are cannot be told",
                    source.words(),
                    latest,
                    now));
  }

  private static boolean dark(RegionCoverage region) {
    return region.blind() > 0 && region.blind() * 2L >= region.active();
  }

  private static String newest(SourceCoverage source, Instant now) {
    return source
        .latestAt()
        .map(
            latest ->
                String.format(
                    Locale.ROOT,
                    "the newest is from %s, %,d h before",
                    latest,
                    Duration.between(latest, now).toHours()))
        .orElse("there is none at all");
  }

  /** Those that know least by share come first: a dark small region over a large one's few. */
  private static String mostAffected(SourceCoverage source) {
    return source.regions().stream()
        .filter(region -> region.blind() > 0)
        .sorted(
            Comparator.comparingDouble(
                    (RegionCoverage region) -> -(double) region.blind() / region.active())
                .thenComparing(RegionCoverage::blind, Comparator.reverseOrder())
                .thenComparing(RegionCoverage::region))
        .limit(MOST_REGIONS)
        .map(
            region ->
                String.format(
                    Locale.ROOT, "%s %,d of %,d", region.region(), region.blind(), region.active()))
        .collect(Collectors.joining(", "));
  }

  private static String percent(long part, long whole) {
    return String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
  }
}
