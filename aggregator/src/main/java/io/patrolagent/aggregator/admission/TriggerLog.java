package io.patrolagent.aggregator.admission;

import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.ReportType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The on-demand triggers of the last day, in the order that every instance sees. Older ones, and
 * the oldest of more than a hundred thousand, are forgotten. Thread-safe.
 */
final class TriggerLog {

  static final Duration KEPT = Duration.ofHours(24);

  private static final int MOST = 100_000;

  private final NavigableMap<Position, Trigger> triggers = new TreeMap<>();

  /** Takes a trigger in, if it is one on demand; the same one again changes nothing. */
  synchronized void add(Position position, PatrolRequest request) {
    if (request.reportType() != ReportType.ON_DEMAND) {
      return;
    }
    triggers.computeIfAbsent(position, at -> new Trigger(at, request));
    Instant oldest = triggers.lastKey().time().minus(KEPT);
    while (triggers.size() > MOST || triggers.firstKey().time().isBefore(oldest)) {
      triggers.pollFirstEntry();
    }
  }

  /** Those up to this one, which is the last of them. */
  synchronized List<Trigger> upTo(Position position) {
    return List.copyOf(triggers.headMap(position, true).values());
  }
}
