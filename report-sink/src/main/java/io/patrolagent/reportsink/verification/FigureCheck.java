package io.patrolagent.reportsink.verification;

import io.patrolagent.reportsink.verification.Quantity.Bound;
import io.patrolagent.reportsink.verification.Quantity.Interval;
import io.patrolagent.reportsink.verification.Quantity.Reading;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks for the fact that a figure states, among those of a cluster or of the fleet. */
final class FigureCheck {

  /** Between what a writer read and what it wrote; longer runs are looked at as if they were so. */
  private static final Duration MOST_DRIFT = Duration.ofHours(1);

  private final FactIndex index;
  private final List<FactSet> scope;

  FigureCheck(FactIndex index, List<FactSet> scope) {
    this.index = index;
    this.scope = scope;
  }

  @Nullable Fact find(Figure figure) {
    if (figure instanceof Figure.Amount number) {
      Quantity quantity = number.quantity();
      return find(quantity, quantity.unit() != null || quantity.hasDecimals());
    }
    if (figure instanceof Figure.Time time) {
      return find(time.moment());
    }
    return find(((Figure.Version) figure).version());
  }

  @Nullable Fact find(Quantity quantity, boolean anyUnit) {
    for (FactSet facts : scope) {
      Fact found = facts.like(quantity, anyUnit);
      found = found == null ? age(quantity, facts) : found;
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private @Nullable Fact find(Moment moment) {
    Interval instants = moment.instants(index.writtenAt());
    Interval secondsOfDay = moment.secondsOfDay();
    for (FactSet facts : scope) {
      Fact found = null;
      if (instants != null) {
        found = facts.instant(instants);
      } else if (secondsOfDay != null) {
        found = facts.timeOfDay(secondsOfDay);
      }
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private @Nullable Fact find(String version) {
    for (FactSet facts : scope) {
      Fact found = facts.word(version);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** A duration as the time since or until a timestamp; ages are as often cut as rounded. */
  private @Nullable Fact age(Quantity quantity, FactSet facts) {
    Unit unit = quantity.unit();
    if (unit == null || !unit.isTime()) {
      return null;
    }
    double now = (double) index.writtenAt().getEpochSecond();
    Duration read = Duration.between(index.readFrom(), index.writtenAt());
    double drift = (double) Math.min(read.toSeconds(), MOST_DRIFT.toSeconds());
    for (Reading reading : quantity.readings()) {
      Interval interval = quantity.interval(reading);
      double low = interval.low() * unit.factor();
      double cut = quantity.bound() == Bound.EXACT ? reading.half() : 0;
      double high = (interval.high() + cut) * unit.factor();
      if (low <= 0 && high <= unit.factor()) {
        continue; // "0 h": everything was just now
      }
      Fact past = facts.instant(new Interval(now - drift - high, now - low));
      Fact found = past == null ? facts.instant(new Interval(now - drift + low, now + high)) : past;
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
