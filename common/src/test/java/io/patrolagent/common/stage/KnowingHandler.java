package io.patrolagent.common.stage;

import io.patrolagent.common.event.PatrolFailed;
import io.patrolagent.common.event.SnapshotTaken;
import io.patrolagent.common.event.UndecodableEventException;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.ReportStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps a row for each patrol outside Kafka, as the real stages do, and acknowledges known ones.
 */
record KnowingHandler(List<String> rows) implements StageHandler<PatrolRequest> {

  @Override
  public PatrolRequest decode(SourceRecord record) throws UndecodableEventException {
    return TestHandler.doingNothing().decode(record);
  }

  @Override
  public Outcome handle(PatrolRequest request, Job job) {
    if (rows.contains(request.patrolId().toString())) {
      return Outcome.acknowledge();
    }
    return Outcome.publish(new SnapshotTaken(request, TestHandler.snapshot(request.requestedAt())))
        .andThen(() -> rows.add(request.patrolId().toString()));
  }

  @Override
  public Instant expiresAt(PatrolRequest request) {
    return request.expiresAt();
  }

  @Override
  public Optional<PatrolFailed> failure(PatrolRequest request, ReportStatus status, String reason) {
    return Optional.empty();
  }
}
