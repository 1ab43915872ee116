package io.patrolagent.common.event;

import io.patrolagent.common.patrol.PatrolId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody no longer wants a patrol: it ends {@code cancelled} at its next step, unless it has
 * ended by then. {@code requested_by} is free text of at most 200 characters that nobody verified.
 */
public record CancelRequested(
    int schemaVersion,
    PatrolId patrolId,
    @Nullable String requestedBy,
    @Nullable Instant requestedAt)
    implements Event {

  private static final int MAX_REQUESTED_BY = 200;

  public CancelRequested {
    schemaVersion = Event.checkedVersion(schemaVersion);
    Event.required("cancel_requested", "patrol_id", patrolId);
    if (requestedBy != null && requestedBy.length() > MAX_REQUESTED_BY) {
      throw new IllegalArgumentException(
          "cancel_requested.requested_by may hold at most "
              + MAX_REQUESTED_BY
              + " characters, not "
              + requestedBy.length());
    }
  }

  /** Who cancelled it, in words. */
  public String describe() {
    return "cancelled by " + (requestedBy == null ? "somebody" : requestedBy);
  }

  @Override
  public PatrolId patrol() {
    return patrolId;
  }

  @Override
  public @Nullable Instant occurredAt() {
    return requestedAt;
  }

  @Override
  public EventType<CancelRequested> type() {
    return EventType.CANCEL_REQUESTED;
  }
}
