package io.patrolagent.reportsink.diff;

import io.patrolagent.common.report.Outcome;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.Prediction;
import io.patrolagent.common.report.PredictionOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of the predictions whose window has ended since the report before was finished. Each
 * window ends between two reports that follow each other, so each prediction is scored once.
 */
final class PredictionScores {

  /** Predictions are for the next 24 to 48 hours; one that says no more has had its time then. */
  static final double HOURS = 48;

  static final int MOST = 1_000;

  private PredictionScores() {}

  static List<PredictionOutcome> of(
      List<PatrolReport> earlier, KnownClusters then, KnownClusters now, Instant finishedAt) {
    Instant since = earlier.get(0).finishedAt();
    List<PredictionOutcome> scores = new ArrayList<>();
    for (PatrolReport report : earlier) {
      for (Prediction prediction : report.predictions()) {
        if (scores.size() < MOST && hasEnded(report.finishedAt(), prediction, since, finishedAt)) {
          scores.add(score(report, prediction, then, now));
        }
      }
    }
    return scores;
  }

  /** In milliseconds and as numbers, for a window may be longer than time itself. */
  private static boolean hasEnded(Instant said, Prediction prediction, Instant since, Instant now) {
    Double hours = prediction.windowHoursTo();
    double end = (hours == null ? HOURS : hours) * 3_600_000;
    return end > Duration.between(said, since).toMillis()
        && end <= Duration.between(said, now).toMillis();
  }

  private static PredictionOutcome score(
      PatrolReport report, Prediction prediction, KnownClusters then, KnownClusters now) {
    String written = prediction.clusterId();
    String id = written == null ? null : now.idOf(then.idOf(written));
    Forecast forecast = Forecast.of(prediction);
    Forecast.Score score =
        id == null
            ? new Forecast.Score(Outcome.NOT_ASSESSABLE, "it is not about one cluster")
            : forecast.score(id, report.finishedAt(), then, now);
    return new PredictionOutcome(
        report.reportId(),
        report.finishedAt(),
        written,
        prediction.confidence(),
        prediction.text(),
        score.outcome(),
        score.found());
  }
}
