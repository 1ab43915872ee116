package io.patrolagent.aggregator.admission;

import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Sharing and caps, as a fold over the log: what becomes of a trigger follows from those before it
 * and from how patrols have ended, so that every instance decides alike. Two triggers at the same
 * moment on two partitions share as well, since one of them stands first for everybody.
 *
 * <p>A trigger leads when it was let in; the same request within the window shares with the one
 * that leads. One whose patrol ended without a report leads nobody any more, and a retry shares
 * with nobody. Shared and rejected ones count for no cap.
 */
final class OnDemandRules {

  private static final Duration HOUR = Duration.ofHours(1);

  private final AdmissionSettings settings;
  private final Predicate<PatrolId> cancelled;
  private final Instant now;
  private final Map<RequestKey, Trigger> leaders = new HashMap<>();
  private final Deque<Instant> lastHour = new ArrayDeque<>();
  private int ahead;

  private OnDemandRules(AdmissionSettings settings, Predicate<PatrolId> cancelled, Instant now) {
    this.settings = settings;
    this.cancelled = cancelled;
    this.now = now;
  }

  /**
   * What becomes of the patrol that the last of these triggers asks for; by its first trigger, if
   * there are several.
   *
   * @param cancelled whose end is near, though there is no row of it yet
   */
  static Admission decide(
      List<Trigger> triggers,
      AdmissionSettings settings,
      Predicate<PatrolId> cancelled,
      Instant now) {
    OnDemandRules rules = new OnDemandRules(settings, cancelled, now);
    PatrolId asked = triggers.get(triggers.size() - 1).patrol();
    Set<PatrolId> seen = new HashSet<>();
    for (Trigger trigger : triggers) {
      if (trigger.patrol().equals(asked)) {
        return rules.next(trigger);
      }
      if (seen.add(trigger.patrol())) {
        rules.pass(trigger);
      }
    }
    throw new IllegalStateException("the last trigger is among its own");
  }

  private void pass(Trigger trigger) {
    ReportStatus end = trigger.end();
    if (end == ReportStatus.SHARED || end == ReportStatus.REJECTED) {
      return;
    }
    if (end != null) {
      lastHour.add(trigger.time());
      if (end.isReport()) {
        leaders.put(trigger.key(), trigger);
      }
    } else if (!trigger.isExpired(now) && next(trigger) instanceof Admission.Admitted) {
      lastHour.add(trigger.time());
      ahead++;
      if (!cancelled.test(trigger.patrol())) {
        leaders.put(trigger.key(), trigger);
      }
    }
  }

  private Admission next(Trigger trigger) {
    Trigger leader = leaders.get(trigger.key());
    if (leader != null && !trigger.isRetry() && isWithinWindow(leader, trigger)) {
      return new Admission.Shared(leader.patrol());
    }
    Instant begin = trigger.time().minus(HOUR);
    while (!lastHour.isEmpty() && !lastHour.peek().isAfter(begin)) {
      lastHour.remove();
    }
    if (lastHour.size() >= settings.perHour()) {
      return new Admission.Rejected(
          "%d on-demand patrols were let in within the last hour, and no more are (%s); try again after %s"
              .formatted(
                  lastHour.size(), "PATROL_ON_DEMAND_PER_HOUR", lastHour.element().plus(HOUR)));
    }
    if (ahead >= settings.queue()) {
      return new Admission.Rejected(
          "%d on-demand patrols wait or run, and no more may (PATROL_ON_DEMAND_QUEUE); try again once some have ended"
              .formatted(ahead));
    }
    return new Admission.Admitted(null);
  }

  private boolean isWithinWindow(Trigger leader, Trigger trigger) {
    Duration window = settings.shareWindow();
    return !window.isZero() && !trigger.time().isAfter(leader.time().plus(window));
  }
}
