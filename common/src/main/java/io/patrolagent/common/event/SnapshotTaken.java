package io.patrolagent.common.event;

import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.PatrolRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The aggregator condensed the fleet for a patrol. {@code offline_reason} says why no model may be
 * asked for the report, in words for its reader; null where one may.
 */
public record SnapshotTaken(
    int schemaVersion,
    PatrolRequest request,
    FleetSnapshot snapshot,
    @Nullable String offlineReason)
    implements Event {

  public SnapshotTaken {
    schemaVersion = Event.checkedVersion(schemaVersion);
    Event.required("snapshot_taken", "request", request);
    Event.required("snapshot_taken", "snapshot", snapshot);
  }

  public SnapshotTaken(PatrolRequest request, FleetSnapshot snapshot) {
    this(SCHEMA_VERSION, request, snapshot, null);
  }

  @Override
  public PatrolId patrol() {
    return request.patrolId();
  }

  @Override
  public Instant occurredAt() {
    return snapshot.takenAt();
  }

  @Override
  public EventType<SnapshotTaken> type() {
    return EventType.SNAPSHOT_TAKEN;
  }
}
