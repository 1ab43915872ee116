package io.patrolagent.common.event;

import io.patrolagent.common.patrol.PatrolId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record's value is not the event that its topic holds. The message says what is wrong in words
 * that repeat nothing of the value. Reading it again would give the same: it belongs among the dead
 * letters.
 */
public final class UndecodableEventException extends Exception {

  private final @Nullable PatrolId patrolId;

  UndecodableEventException(String message, @Nullable PatrolId patrolId) {
    super(message);
    this.patrolId = patrolId;
  }

  /** The patrol that the record belongs to, where that much could be read. */
  public Optional<PatrolId> patrolId() {
    return Optional.ofNullable(patrolId);
  }
}
