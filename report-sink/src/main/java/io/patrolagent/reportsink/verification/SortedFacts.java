package io.patrolagent.reportsink.verification;

import io.patrolagent.reportsink.verification.Quantity.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Numbers that can be looked for by their value. Not thread-safe. */
final class SortedFacts {

  private final List<Fact> facts = new ArrayList<>();
  private double @Nullable [] values;

  void add(Fact fact) {
    facts.add(fact);
    values = null;
  }

  /** The one within the interval that is nearest to its middle; null if none is. */
  @Nullable Fact within(Interval interval) {
    double[] sorted = sorted();
    double middle = (interval.low() + interval.high()) / 2;
    int above = Arrays.binarySearch(sorted, middle);
    above = above < 0 ? -above - 1 : above;
    Fact nearest = null;
    if (above < sorted.length && sorted[above] <= interval.high()) {
      nearest = facts.get(above);
    }
    if (above > 0
        && sorted[above - 1] >= interval.low()
        && (nearest == null || middle - sorted[above - 1] < sorted[above] - middle)) {
      nearest = facts.get(above - 1);
    }
    return nearest;
  }

  private double[] sorted() {
    double[] sorted = values;
    if (sorted == null) {
      facts.sort(Comparator.comparingDouble(Fact::value)); // stable: the earlier source first
      sorted = facts.stream().mapToDouble(Fact::value).toArray();
      values = sorted;
    }
    return sorted;
  }
}
