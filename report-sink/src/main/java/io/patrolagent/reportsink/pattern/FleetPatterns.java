package io.patrolagent.reportsink.pattern;

import static java.util.Comparator.comparing;

import io.patrolagent.common.report.ClusterFacts;
import io.patrolagent.common.report.FlaggedCluster;
import io.patrolagent.common.report.FleetPattern;
import io.patrolagent.common.report.ReasonCode;
import io.patrolagent.reportsink.fleet.FleetView;
import io.patrolagent.reportsink.fleet.FleetView.Cohort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds versions, regions and clouds in which a problem is far more frequent than elsewhere. It
 * counts the clusters that a report names, so a cohort is only as sick as the report knows.
 */
public final class FleetPatterns {

  private static final int FEWEST = 3;
  private static final double TIMES_AS_FREQUENT = 4;
  private static final int MOST = 10;

  /** They say that something is wrong and not what: that clusters share one of them is no lead. */
  private static final Set<ReasonCode> SYMPTOMS =
      Set.of(
          ReasonCode.HEALTH_POOR,
          ReasonCode.AT_RISK,
          ReasonCode.OPEN_ISSUE,
          ReasonCode.ALERT_FIRING,
          ReasonCode.OTHER);

  private static final Map<String, Function<ClusterFacts, String>> DIMENSIONS = dimensions();

  private FleetPatterns() {}

  /** At most ten, those of the most clusters first. */
  public static List<FleetPattern> among(List<FlaggedCluster> flagged, FleetView fleet) {
    Set<ClusterFacts> clusters = new LinkedHashSet<>();
    flagged.forEach(
        f -> fleet.cluster(f.clusterId()).filter(ClusterFacts::active).ifPresent(clusters::add));
    List<FleetPattern> patterns = new ArrayList<>();
    for (ReasonCode code : ReasonCode.values()) {
      List<ClusterFacts> sick =
          clusters.stream().filter(facts -> facts.reasonCodes().contains(code)).toList();
      if (sick.size() >= FEWEST && !SYMPTOMS.contains(code)) {
        DIMENSIONS.forEach(
            (dimension, value) -> patterns.addAll(of(code, sick, dimension, value, fleet)));
      }
    }
    Comparator<FleetPattern> most = comparing(FleetPattern::flagged);
    return patterns.stream()
        .sorted(
            most.reversed()
                .thenComparing(FleetPattern::reasonCode)
                .thenComparing(FleetPattern::value))
        .limit(MOST)
        .toList();
  }

  private static List<FleetPattern> of(
      ReasonCode code,
      List<ClusterFacts> sick,
      String dimension,
      Function<ClusterFacts, String> value,
      FleetView fleet) {
    List<Cohort> cohorts =
        fleet.cohorts().stream().filter(c -> c.dimension().equals(dimension)).toList();
    int active = cohorts.stream().mapToInt(Cohort::active).sum();
    return cohorts.stream()
        .map(cohort -> of(code, sick, cohort, value, active))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<FleetPattern> of(
      ReasonCode code,
      List<ClusterFacts> sick,
      Cohort cohort,
      Function<ClusterFacts, String> value,
      int active) {
    List<ClusterFacts> inside =
        sick.stream().filter(facts -> value.apply(facts).equals(cohort.value())).toList();
    int outside = sick.size() - inside.size();
    int rest = active - cohort.active();
    boolean frequent =
        inside.size() * (double) rest >= TIMES_AS_FREQUENT * outside * (double) cohort.active();
    if (inside.size() < FEWEST || rest <= 0 || !frequent) {
      return Optional.empty();
    }
    int customers = (int) inside.stream().map(ClusterFacts::customerName).distinct().count();
    return Optional.of(
        new FleetPattern(
            code,
            cohort.dimension(),
            cohort.value(),
            inside.size(),
            customers,
            cohort.active(),
            outside,
            rest));
  }

  private static Map<String, Function<ClusterFacts, String>> dimensions() {
    Map<String, Function<ClusterFacts, String>> dimensions = new LinkedHashMap<>();
    dimensions.put("version", ClusterFacts::version);
    dimensions.put("region", ClusterFacts::region);
    dimensions.put("cloud", ClusterFacts::cloud);
    return dimensions;
  }
}
