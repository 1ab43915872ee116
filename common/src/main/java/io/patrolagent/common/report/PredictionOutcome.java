package io.patrolagent.common.report;

import io.patrolagent.common.patrol.PatrolId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of an earlier report's prediction; {@code found} is the number or the words that
 * decided it.
 */
public record PredictionOutcome(
    PatrolId report,
    Instant predictedAt,
    @Nullable String clusterId,
    @Nullable String confidence,
    String text,
    Outcome outcome,
    @Nullable String found) {

  public PredictionOutcome {
    if (report == null || predictedAt == null || text == null || outcome == null) {
      throw new IllegalArgumentException(
          "a prediction's outcome needs report, predicted_at, text and outcome");
    }
  }
}
