package io.patrolagent.reportsink.diff;

import io.patrolagent.common.report.Change;
import io.patrolagent.common.report.ClusterFacts;
import io.patrolagent.common.report.ReasonCode;
import io.patrolagent.common.report.ThenAndNow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A problem that is there in both reports, by its numbers: {@code worse}, {@code better} or {@code
 * persisting}. The code's own figures decide; where none has moved notably, the cluster's risk
 * level does; and where that is the same, its health score.
 */
record Comparison(Change change, Map<String, ThenAndNow> numbers, @Nullable String note) {

  /** Gravest last. */
  private static final List<String> LEVELS = List.of("Healthy", "Warning", "Critical");

  static Comparison of(ReasonCode code, @Nullable ClusterFacts then, @Nullable ClusterFacts now) {
    Map<String, ThenAndNow> numbers = numbers(code, then, now);
    int moved = ownFigures(code, then, now);
    if (moved != 0) {
      return new Comparison(change(moved), numbers, null);
    }
    int rated = level(now) - level(then);
    if (then != null && now != null && rated != 0 && level(then) >= 0 && level(now) >= 0) {
      String note = "rated " + now.riskLevel() + ", " + then.riskLevel() + " before";
      return new Comparison(change(rated), numbers, note);
    }
    int scored = Figure.SCORE.moved(Figure.SCORE.in(then), Figure.SCORE.in(now));
    return new Comparison(change(scored), numbers, null);
  }

  /** What is known of them, moved or not. */
  static Map<String, ThenAndNow> numbers(
      ReasonCode code, @Nullable ClusterFacts then, @Nullable ClusterFacts now) {
    Map<String, ThenAndNow> numbers = new LinkedHashMap<>();
    Figure.of(code).forEach(figure -> number(figure, then, now, numbers));
    number(Figure.SCORE, then, now, numbers);
    return numbers;
  }

  /** Worse where one of them is, whatever the others do. */
  static int ownFigures(ReasonCode code, @Nullable ClusterFacts then, @Nullable ClusterFacts now) {
    int moved = 0;
    for (Figure figure : Figure.of(code)) {
      int by = figure.moved(figure.in(then), figure.in(now));
      moved = by > 0 || moved == 0 ? by : moved;
    }
    return moved;
  }

  /** 0 Healthy to 2 Critical, -1 unknown. */
  static int level(@Nullable ClusterFacts facts) {
    return facts == null || facts.riskLevel() == null ? -1 : LEVELS.indexOf(facts.riskLevel());
  }

  private static void number(
      Figure figure,
      @Nullable ClusterFacts then,
      @Nullable ClusterFacts now,
      Map<String, ThenAndNow> numbers) {
    Double before = figure.in(then);
    Double after = figure.in(now);
    if (before != null || after != null) {
      numbers.put(figure.wireName(), new ThenAndNow(before, after));
    }
  }

  private static Change change(int moved) {
    return moved > 0 ? Change.WORSE : moved < 0 ? Change.BETTER : Change.PERSISTING;
  }
}
