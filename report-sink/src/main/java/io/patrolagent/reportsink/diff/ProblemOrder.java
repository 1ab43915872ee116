package io.patrolagent.reportsink.diff;

import io.patrolagent.common.report.Change;
import io.patrolagent.common.report.ProblemChange;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What matters most first: by how it changed, then Tier S before A before B, then what is rated
 * Critical, then by id, so that the same problems always stand in the same order.
 */
final class ProblemOrder {

  private static final List<Change> CHANGES =
      List.of(
          Change.NEW,
          Change.WORSE,
          Change.NOT_ASSESSED,
          Change.BETTER,
          Change.RESOLVED,
          Change.PERSISTING);

  private ProblemOrder() {}

  static Comparator<ProblemChange> by(KnownClusters now) {
    return Comparator.comparingInt((ProblemChange p) -> CHANGES.indexOf(p.change()))
        .thenComparingInt(p -> tier(p.customerTier()))
        .thenComparingInt(p -> -Comparison.level(now.facts(p.clusterId())))
        .thenComparing(ProblemChange::clusterId)
        .thenComparing(ProblemChange::reasonCode);
  }

  private static int tier(@Nullable String tier) {
    int rank = tier == null ? -1 : List.of("S", "A", "B", "C").indexOf(tier);
    return rank < 0 ? Integer.MAX_VALUE : rank;
  }
}
