package io.patrolagent.reportsink.diff;

import io.patrolagent.common.report.Change;
import io.patrolagent.common.report.ClusterFacts;
import io.patrolagent.common.report.ReasonCode;
import io.patrolagent.common.report.ThenAndNow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has become of an earlier problem for which nobody flags the cluster now. It is resolved only
 * where the data proves it; where the data is missing or old, nothing can be told.
 */
record Judgement(Change change, Map<String, ThenAndNow> numbers, @Nullable String note) {

  static final String NOT_FLAGGED = "not flagged this time";

  private static final Duration FRESH = Duration.ofHours(24);

  /** Whether the tables could be read and have no such cluster. */
  static boolean vanished(String id, KnownClusters now) {
    return now.readable() && now.inTables(id) == null;
  }

  static Judgement of(String id, ReasonCode code, KnownClusters then, KnownClusters now) {
    ClusterFacts before = then.facts(id);
    ClusterFacts facts = now.facts(id);
    if (vanished(id, now)) {
      return unknown("the fleet's tables do not have the cluster");
    }
    if (facts != null && isOutOfService(facts.status())) {
      Map<String, ThenAndNow> numbers = Comparison.numbers(code, before, facts);
      return new Judgement(Change.RESOLVED, numbers, "the cluster is " + facts.status());
    }
    if (facts != null && facts.reasonCodes().contains(code)) {
      return holding(code, before, facts, now.at());
    }
    if (!now.readable()) {
      return unknown("the fleet's tables could not be read");
    }
    if (facts == null || !facts.active()) {
      return unknown("nothing says whether the cluster is in service");
    }
    return gone(code, before, facts, now.at());
  }

  private static Judgement holding(
      ReasonCode code, @Nullable ClusterFacts before, ClusterFacts facts, Instant now) {
    if (!speaksOf(code, facts, now)) {
      return unknown("what the data says of it is more than 24 hours old");
    }
    Comparison comparison = Comparison.of(code, before, facts);
    String note = comparison.note() == null ? NOT_FLAGGED : comparison.note() + "; " + NOT_FLAGGED;
    return new Judgement(comparison.change(), comparison.numbers(), note);
  }

  private static Judgement gone(
      ReasonCode code, @Nullable ClusterFacts before, ClusterFacts facts, Instant now) {
    if (code == ReasonCode.OTHER) {
      return unknown("nothing in the data was its reason, so nothing there can show its end");
    }
    if (!provesItsEnd(code, before, facts, now)) {
      return unknown("what would show its end is missing or more than 24 hours old");
    }
    Map<String, ThenAndNow> numbers = Comparison.numbers(code, before, facts);
    for (Figure figure : Figure.of(code)) {
      Double value = figure.in(facts);
      if (value != null && !figure.isClear(value)) {
        return new Judgement(
            Change.PERSISTING, numbers, figure.wireName() + " is back in bounds, but barely");
      }
    }
    boolean heldBefore = before != null && before.reasonCodes().contains(code);
    if (heldBefore && hardlyMoved(code, before, facts)) {
      return new Judgement(
          Change.PERSISTING, numbers, "no longer rated so, but its numbers have hardly moved");
    }
    return new Judgement(Change.RESOLVED, numbers, null);
  }

  /** Each source that there is, or was, has to speak, and one at least. */
  private static boolean provesItsEnd(
      ReasonCode code, @Nullable ClusterFacts before, ClusterFacts facts, Instant now) {
    if (code == ReasonCode.HEALTH_POOR) {
      return scored(facts, now);
    }
    List<Figure> figures = Figure.of(code);
    boolean silent = figures.stream().anyMatch(f -> f.in(before) != null && f.in(facts) == null);
    boolean measured = figures.stream().anyMatch(f -> f.in(facts) != null);
    if (isCounted(code)) {
      return measured && !silent;
    }
    boolean rates = facts.riskAt() != null || (before != null && before.riskAt() != null);
    boolean rated = rated(facts, now);
    boolean alone = Figure.alone(code);
    return (rated || (alone && measured && !rates)) && !(alone && silent);
  }

  /** Whether what makes the code hold is fresh; figures are, by what they are. */
  private static boolean speaksOf(ReasonCode code, ClusterFacts facts, Instant now) {
    if (code == ReasonCode.HEALTH_POOR) {
      return scored(facts, now);
    }
    return isCounted(code)
        || rated(facts, now)
        || (Figure.alone(code) && Figure.of(code).stream().anyMatch(f -> f.in(facts) != null));
  }

  /** Alerts and issues: no collector rates them, they are counted in tables of their own. */
  private static boolean isCounted(ReasonCode code) {
    return code == ReasonCode.ALERT_FIRING || code == ReasonCode.OPEN_ISSUE;
  }

  private static boolean scored(ClusterFacts facts, Instant now) {
    return Figure.SCORE.in(facts) != null && isFresh(facts.scoredAt(), now);
  }

  private static boolean rated(ClusterFacts facts, Instant now) {
    return facts.riskLevel() != null && isFresh(facts.riskAt(), now);
  }

  private static boolean isFresh(@Nullable Instant at, Instant now) {
    return at != null && at.isAfter(now.minus(FRESH));
  }

  /** A rating of which the bound is not known here may wobble around it. */
  private static boolean hardlyMoved(
      ReasonCode code, @Nullable ClusterFacts before, ClusterFacts facts) {
    boolean measured =
        Figure.of(code).stream().anyMatch(f -> f.in(before) != null && f.in(facts) != null);
    return measured && !Figure.alone(code) && Comparison.ownFigures(code, before, facts) == 0;
  }

  private static boolean isOutOfService(@Nullable String status) {
    return "terminated".equals(status) || "suspended".equals(status);
  }

  private static Judgement unknown(String note) {
    return new Judgement(Change.NOT_ASSESSED, Map.of(), note);
  }
}
