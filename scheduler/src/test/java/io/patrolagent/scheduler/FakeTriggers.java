package io.patrolagent.scheduler;

import io.patrolagent.common.event.PatrolRequested;
import java.util.ArrayList;
import java.util.List;

/** Keeps what is sent, or refuses it while it is down. */
final class FakeTriggers implements TriggerSender {

  final List<PatrolRequested> sent = new ArrayList<>();
  boolean down;
  boolean topicMissing;

  @Override
  public void prepare() {
    if (topicMissing) {
      throw new IllegalStateException("topic patrol.requested does not exist");
    }
  }

  @Override
  public void send(PatrolRequested trigger) {
    if (down) {
      throw new IllegalStateException("no broker answers");
    }
    sent.add(trigger);
  }

  /** {@code morning 2026-11-25T07:00:00Z} of each, and nothing more of it from now on. */
  List<String> take() {
    List<String> taken =
        sent.stream().map(t -> t.reportType().wireName() + " " + t.requestedAt()).toList();
    sent.clear();
    return taken;
  }

  @Override
  public void close() {}
}
