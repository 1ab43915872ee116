package io.patrolagent.reportsink.diff;

import io.patrolagent.common.report.Change;
import io.patrolagent.common.report.ClusterFacts;
import io.patrolagent.common.report.Outcome;
import io.patrolagent.common.report.Prediction;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A prediction as far as data can speak to it: that a figure passes a bound, or that a reason code
 * holds. Its words are looked for on closed lists; where they leave any doubt, it is neither.
 */
record Forecast(@Nullable Subject subject, @Nullable Bound bound, boolean conditional) {

  /** How it came out, and what decided it. */
  record Score(Outcome outcome, String found) {}

  private static final int LOOKED_AT = 2_000;

  /** What turns a sentence around, or is another quantity of the same thing. */
  private static final Pattern DOUBT =
      Pattern.compile(
          "\\b(?:no|not|never|nor|without|cannot|unlikely|avoid\\w*|recover\\w*|improv\\w*|normal\\w*"
              + "|stable|stabili[sz]\\w*|resolv\\w*|clears?|succeed\\w*|renewed|growth|grow\\w* by"
              + "|increas\\w* by|iops|throughput|inodes?|latency of)\\b|n['’]t\\b|i/o");

  private static final Pattern CONDITION =
      Pattern.compile("\\b(?:if|unless|until|should|once|when|assuming|could|may|might)\\b");
  private static final Pattern FULL =
      Pattern.compile("\\b(?:full|out of (?:disk )?space|exhaust\\w*)\\b");
  private static final Pattern EXPIRES = Pattern.compile("\\b(?:expir\\w*|laps\\w*|runs? out)\\b");

  /** A bound that nobody read as one. */
  private static final Pattern NUMBER = Pattern.compile("(?<![\\w.,-])\\d[\\d.,]*+(?![\\w-])");

  /** A file system keeps some of itself back: it is full before all of it is used. */
  private static final Bound FULL_DISK = new Bound(98, true, false);

  private static final Bound EXPIRED = new Bound(0, false, false);

  private static final Forecast NONE = new Forecast(null, null, false);

  static Forecast of(Prediction prediction) {
    String words = prediction.event() == null ? prediction.text() : prediction.event();
    String looked = words.length() <= LOOKED_AT ? words : words.substring(0, LOOKED_AT);
    String lower = looked.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    Subject subject = DOUBT.matcher(lower).find() ? null : Subject.in(lower);
    if (subject == null) {
      return NONE;
    }
    boolean conditional = CONDITION.matcher(lower).find();
    String threshold = prediction.threshold();
    if (threshold != null) {
      Bound bound = Bound.of(threshold, subject);
      return bound == null ? NONE : new Forecast(subject, bound(bound, subject), conditional);
    }
    if (subject == Subject.DISK && FULL.matcher(lower).find()) {
      return new Forecast(subject, FULL_DISK, conditional);
    }
    if (subject == Subject.CERTIFICATE && EXPIRES.matcher(lower).find()) {
      return new Forecast(subject, EXPIRED, conditional);
    }
    return NUMBER.matcher(withoutWindow(lower, prediction)).find()
        ? NONE
        : new Forecast(subject, null, conditional);
  }

  private static String withoutWindow(String lower, Prediction prediction) {
    String window = prediction.window();
    return window == null || window.isBlank()
        ? lower
        : lower.replace(window.toLowerCase(Locale.ROOT).replaceAll("\\s+", " "), " ");
  }

  private static Bound bound(Bound written, Subject subject) {
    boolean full = subject == Subject.DISK && written.above() && written.value() == 100;
    return full ? FULL_DISK : written;
  }

  /** By what is known of the cluster now; it was foretold then. */
  Score score(String id, Instant foretold, KnownClusters then, KnownClusters now) {
    ClusterFacts facts = now.inTables(id);
    if (subject == null) {
      return unknown("no number or condition that data can speak to");
    }
    if (facts == null) {
      return unknown("no current data of the cluster");
    }
    if (!facts.active()) {
      return unknown("the cluster is out of service");
    }
    if (bound == null) {
      return byCode(subject, id, facts, then, now);
    }
    boolean old =
        subject == Subject.SCORE
            && (facts.scoredAt() == null || !facts.scoredAt().isAfter(foretold));
    Double value = subject == Subject.SCORE ? facts.healthScore() : figure(facts, subject);
    if (value == null || !Double.isFinite(value) || old) {
      return unknown("no current " + subject.figure());
    }
    return decided(bound.isPassedBy(value), subject.figure() + " " + number(value));
  }

  private Score byCode(
      Subject subject, String id, ClusterFacts facts, KnownClusters then, KnownClusters now) {
    Judgement judgement = Judgement.of(id, subject.code(), then, now);
    Double value = figure(facts, subject);
    String found = value == null ? subject.code().name() : subject.figure() + " " + number(value);
    if (facts.reasonCodes().contains(subject.code())) {
      return judgement.change() == Change.NOT_ASSESSED
          ? unknown(String.valueOf(judgement.note()))
          : new Score(Outcome.CAME_TRUE, found);
    }
    return judgement.change() == Change.RESOLVED
        ? decided(false, value == null ? "no " + found : found)
        : unknown(String.valueOf(judgement.note()));
  }

  /** What depends on more than time did perhaps not happen because that did not either. */
  private Score decided(boolean cameTrue, String found) {
    if (!cameTrue && conditional) {
      return unknown("it had a condition; " + found);
    }
    return new Score(cameTrue ? Outcome.CAME_TRUE : Outcome.DID_NOT_COME_TRUE, found);
  }

  private static @Nullable Double figure(ClusterFacts facts, Subject subject) {
    Double value = subject.figure() == null ? null : facts.figures().get(subject.figure());
    return value == null || !Double.isFinite(value) ? null : value;
  }

  private static Score unknown(String why) {
    return new Score(Outcome.NOT_ASSESSABLE, why);
  }

  private static String number(double value) {
    return BigDecimal.valueOf(value)
        .setScale(2, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }
}
