package io.patrolagent.common.report;

import io.patrolagent.common.patrol.PatrolId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A report against the previous scheduled, complete one of the same scope; {@code previous} is null
 * where there is none: nothing is then called new, and its problems are {@code persisting}, in
 * their first patrol.
 *
 * <p>{@code problems} are this report's and the previous one's, a cluster and a reason code each
 * once, what matters most first; where there are more than 5,000, those, and {@code counts} counts
 * them all. {@code handover} are actions of the previous report on clusters whose problems are
 * still there. {@code predictions} are earlier ones whose window has passed.
 */
public record ReportDiff(
    @Nullable PatrolId previous,
    @Nullable Instant previousFinishedAt,
    ChangeCounts counts,
    List<ProblemChange> problems,
    List<RecommendedAction> handover,
    List<PredictionOutcome> predictions) {

  public ReportDiff {
    problems = problems == null ? List.of() : List.copyOf(problems);
    counts = counts == null ? ChangeCounts.of(problems) : counts;
    handover = handover == null ? List.of() : List.copyOf(handover);
    predictions = predictions == null ? List.of() : List.copyOf(predictions);
  }
}
