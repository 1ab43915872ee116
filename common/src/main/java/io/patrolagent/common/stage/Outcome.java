package io.patrolagent.common.stage;

import io.patrolagent.common.event.Event;
import java.util.List;

/**
 * What comes of a record: the events to publish, none for an acknowledgement, in one transaction
 * with the record's offset, and what to do once that transaction has committed.
 *
 * <p>A crash may come between the commit and {@code afterCommit}; nothing may depend on it having
 * run.
 */
public record Outcome(List<Event> events, AfterCommit afterCommit) {

  /**
   * Something to do after the commit, harmless to repeat; what fails is tried again while a
   * dependency is down, a few times otherwise, and then logged and left.
   */
  @FunctionalInterface
  public interface AfterCommit {
    void run() throws Exception;
  }

  public Outcome {
    events = List.copyOf(events);
  }

  /** The record is done with and nothing comes of it. */
  public static Outcome acknowledge() {
    return new Outcome(List.of(), () -> {});
  }

  public static Outcome publish(Event event) {
    return new Outcome(List.of(event), () -> {});
  }

  public Outcome andThen(AfterCommit action) {
    return new Outcome(events, action);
  }
}
