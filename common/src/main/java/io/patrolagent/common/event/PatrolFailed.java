package io.patrolagent.common.event;

import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.ReportStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A patrol cannot go on: which stage gave it up, why, in words for an operator, and whether it ends
 * {@code failed} or {@code expired}. {@code request} is null where the trigger could not be read
 * beyond its patrol id.
 */
public record PatrolFailed(
    int schemaVersion,
    PatrolId patrolId,
    @Nullable PatrolRequest request,
    String stage,
    ReportStatus status,
    String reason,
    Instant failedAt)
    implements Event {

  public PatrolFailed {
    schemaVersion = Event.checkedVersion(schemaVersion);
    Event.required("patrol_failed", "patrol_id", patrolId);
    Event.required("patrol_failed", "stage", stage);
    Event.required("patrol_failed", "reason", reason);
    Event.required("patrol_failed", "failed_at", failedAt);
    if (Event.required("patrol_failed", "status", status).isReport()) {
      throw new IllegalArgumentException(
          "patrol_failed.status must be failed or expired, not " + status.wireName());
    }
  }

  /** The end of a patrol whose request is known. */
  public static PatrolFailed of(
      PatrolRequest request, String stage, ReportStatus status, String reason, Instant failedAt) {
    return new PatrolFailed(
        SCHEMA_VERSION, request.patrolId(), request, stage, status, reason, failedAt);
  }

  @Override
  public PatrolId patrol() {
    return patrolId;
  }

  @Override
  public Instant occurredAt() {
    return failedAt;
  }

  @Override
  public EventType<PatrolFailed> type() {
    return EventType.FAILED;
  }
}
