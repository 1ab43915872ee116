package io.patrolagent.common.page;

import io.patrolagent.common.report.PredictionOutcome;

/** What became of earlier predictions, in words. */
final class Predictions {

  private Predictions() {}

  /** {@code came true: [High] c-1 fills up (of 24 Nov 19:02; found 96)}. */
  static String sentence(PredictionOutcome outcome, Times times) {
    return Wording.outcome(outcome.outcome())
        + ": "
        + label(outcome.confidence())
        + outcome.text()
        + " (of "
        + times.day(outcome.predictedAt())
        + (outcome.found() == null ? "" : "; found " + outcome.found())
        + ")";
  }

  static String label(@org.jspecify.annotations.Nullable String label) {
    return label == null || label.isBlank() ? "" : "[" + label.replace("]", "") + "] ";
  }
}
