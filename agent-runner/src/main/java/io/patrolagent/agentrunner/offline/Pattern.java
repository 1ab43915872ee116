package io.patrolagent.agentrunner.offline;

import io.patrolagent.agentrunner.offline.evidence.Cohort;
import io.patrolagent.agentrunner.tool.FisherExact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A trait that clusters with the same trouble have in common, with the sample behind it: of {@code
 * clusters} that have the trait {@code withProblem} have the trouble, of the {@code others} {@code
 * othersWithProblem}. {@code pValue} is how likely chance brings as many together.
 */
record Pattern(
    String dimension,
    String value,
    String code,
    int withProblem,
    int clusters,
    int othersWithProblem,
    int others,
    double pValue) {

  /**
   * One in a hundred: with a handful of traits to look at, what is likelier than that is chance.
   */
  static final double SIGNIFICANT = 0.01;

  private static final int LEAST = 3;

  /** The sample behind what a shared reason's clusters have in common, where it is known. */
  static Optional<Pattern> behind(SharedReason shared, Assessment assessment) {
    return shared.traits().entrySet().stream()
        .map(trait -> of(trait.getKey(), trait.getValue(), shared, assessment))
        .flatMap(Optional::stream)
        .min(Comparator.comparingDouble(Pattern::pValue));
  }

  /** The traits of shared reasons of which nobody has counted how many clusters have them. */
  static Map<String, Set<String>> unmeasured(Assessment assessment) {
    Map<String, Set<String>> traits = new LinkedHashMap<>();
    for (SharedReason shared : assessment.sharedReasons()) {
      shared
          .traits()
          .forEach(
              (dimension, value) -> {
                if (of(dimension, value, shared, assessment).isEmpty()) {
                  traits.computeIfAbsent(dimension, none -> new TreeSet<>()).add(value);
                }
              });
    }
    return traits;
  }

  /** Cohorts of the summary that are too many for chance and that no shared reason tells of. */
  static List<Pattern> beyond(List<SharedReason> shared, Assessment assessment) {
    Set<String> told = new TreeSet<>();
    Set<String> explained = new TreeSet<>();
    for (SharedReason reason : shared) {
      told.addAll(reason.traits().values());
      if (!reason.traits().isEmpty()) {
        explained.add(reason.code());
      }
    }
    List<Pattern> patterns = new ArrayList<>();
    for (Cohort cohort : assessment.evidence().summary().cohorts()) {
      Double p = cohort.pValue();
      boolean isNew = cohort.code() == null || !explained.contains(cohort.code());
      if (p != null
          && p <= SIGNIFICANT
          && cohort.withProblem() >= LEAST
          && isNew
          && told.add(cohort.value())) {
        patterns.add(of(cohort, p));
      }
    }
    return patterns;
  }

  private static Optional<Pattern> of(
      String dimension, String value, SharedReason shared, Assessment assessment) {
    Optional<Pattern> counted =
        assessment.evidence().summary().cohorts().stream()
            .filter(cohort -> cohort.dimension().equals(dimension) && cohort.value().equals(value))
            .filter(cohort -> shared.code().equals(cohort.code()) && cohort.pValue() != null)
            .map(cohort -> of(cohort, cohort.pValue() == null ? 1 : cohort.pValue()))
            .findFirst();
    if (counted.isPresent()) {
      return counted;
    }
    if (!assessment.namesEveryProblem()) {
      return Optional.empty();
    }
    int active = assessment.snapshot().clusterCounts().active();
    int hits = shared.clusters().size();
    return assessment.evidence().sizes().stream()
        .filter(size -> size.dimension().equals(dimension) && size.value().equals(value))
        .filter(size -> size.clusters() >= hits && size.clusters() <= active)
        .findFirst()
        .map(
            size ->
                new Pattern(
                    dimension,
                    value,
                    shared.code(),
                    hits,
                    size.clusters(),
                    0,
                    active - size.clusters(),
                    new FisherExact(active).atLeast(hits, size.clusters(), hits)));
  }

  private static Pattern of(Cohort cohort, double p) {
    return new Pattern(
        cohort.dimension(),
        cohort.value(),
        cohort.code() == null ? "" : cohort.code(),
        cohort.withProblem(),
        cohort.clusters(),
        cohort.otherWithProblem(),
        cohort.otherClusters(),
        p);
  }
}
