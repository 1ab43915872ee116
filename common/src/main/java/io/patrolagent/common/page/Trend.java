package io.patrolagent.common.page;

import io.patrolagent.common.report.TrendPoint;
import java.util.List;
import java.util.function.ToIntFunction;

/** The counts of the reports before, oldest first. */
record Trend(List<TrendPoint> points) {

  record Series(String name, List<Integer> values) {
    int last() {
      return values.get(values.size() - 1);
    }

    int least() {
      return values.stream().mapToInt(Integer::intValue).min().orElse(0);
    }

    int most() {
      return values.stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /** {@code critical: 4 → 6, between 2 and 9}. */
    String sentence() {
      return name
          + ": "
          + Figures.count(values.get(0))
          + " → "
          + Figures.count(last())
          + ", between "
          + Figures.count(least())
          + " and "
          + Figures.count(most());
    }
  }

  /** One point is no trend. */
  boolean isShown() {
    return points.size() > 1;
  }

  List<Series> series() {
    return List.of(
        series("critical", TrendPoint::critical),
        series("warning", TrendPoint::warning),
        series("unknown", TrendPoint::unknown));
  }

  private Series series(String name, ToIntFunction<TrendPoint> count) {
    return new Series(name, points.stream().map(p -> count.applyAsInt(p)).toList());
  }

  String title(Times times) {
    return "Last "
        + points.size()
        + " scheduled reports, "
        + times.day(points.get(0).finishedAt())
        + " to "
        + times.dayAndZone(points.get(points.size() - 1).finishedAt());
  }
}
