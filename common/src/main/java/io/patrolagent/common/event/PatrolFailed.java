package io.patrolagent.common.event;

import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.report.Usage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A patrol ends without a report: which stage ended it, why, in words for an operator, and as what
 * ({@code failed}, {@code expired}, {@code rejected}, {@code cancelled} or {@code shared}). {@code
 * request} is null where the trigger could not be read beyond its patrol id; {@code shared_with} is
 * the patrol whose report answers this one, for {@code shared} alone; {@code usage} is what it cost
 * nevertheless, null where no model was asked.
 */
public record PatrolFailed(
    int schemaVersion,
    PatrolId patrolId,
    @Nullable PatrolRequest request,
    String stage,
    ReportStatus status,
    String reason,
    @Nullable PatrolId sharedWith,
    @Nullable Usage usage,
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
          "patrol_failed.status must be one without a report, not " + status.wireName());
    }
    if ((status == ReportStatus.SHARED) != (sharedWith != null)) {
      throw new IllegalArgumentException(
          "patrol_failed.shared_with belongs to status shared, and no other; status is "
              + status.wireName());
    }
  }

  /** The end of a patrol whose request is known. */
  public static PatrolFailed of(
      PatrolRequest request, String stage, ReportStatus status, String reason, Instant failedAt) {
    return new PatrolFailed(
        SCHEMA_VERSION, request.patrolId(), request, stage, status, reason, null, null, failedAt);
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
