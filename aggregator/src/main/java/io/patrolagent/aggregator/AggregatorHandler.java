package io.patrolagent.aggregator;

import io.patrolagent.aggregator.history.ReportHistory;
import io.patrolagent.aggregator.snapshot.SnapshotTaker;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.event.EventType;
import io.patrolagent.common.event.PatrolFailed;
import io.patrolagent.common.event.SnapshotTaken;
import io.patrolagent.common.event.UndecodableEventException;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.stage.Job;
import io.patrolagent.common.stage.Outcome;
import io.patrolagent.common.stage.SourceRecord;
import io.patrolagent.common.stage.StageHandler;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A trigger becomes a snapshot, unless its patrol has ended already. */
final class AggregatorHandler implements StageHandler<PatrolRequest> {

  static final String STAGE = "aggregator";

  private static final Logger LOG = LoggerFactory.getLogger(AggregatorHandler.class);

  private final ReportHistory reports;
  private final SnapshotTaker snapshots;
  private final Clock clock;

  AggregatorHandler(ReportHistory reports, SnapshotTaker snapshots, Clock clock) {
    this.reports = reports;
    this.snapshots = snapshots;
    this.clock = clock;
  }

  @Override
  public PatrolRequest decode(SourceRecord record) throws UndecodableEventException {
    PatrolId derived = PatrolId.ofRecord(record.topicId(), record.partition(), record.offset());
    return EventCodec.decode(EventType.REQUESTED, record.value())
        .toRequest(derived, record.timestamp());
  }

  @Override
  public Outcome handle(PatrolRequest request, Job job) throws Exception {
    if (reports.hasReport(request.patrolId())) {
      LOG.info(
          "patrol {} has a report, its trigger at {} is a repetition",
          request.patrolId(),
          job.source().coordinates());
      return Outcome.acknowledge();
    }
    job.checkpoint();
    FleetSnapshot snapshot = snapshots.take(request.scope());
    LOG.info(
        "patrol {}: snapshot of {} active clusters of {}, {} warnings",
        request.patrolId(),
        snapshot.clusterCounts().active(),
        request.scope().describe(),
        snapshot.warnings().size());
    return Outcome.publish(new SnapshotTaken(request, snapshot));
  }

  @Override
  public Instant expiresAt(PatrolRequest request) {
    return request.expiresAt();
  }

  @Override
  public Optional<PatrolFailed> failure(PatrolRequest request, ReportStatus status, String reason) {
    return Optional.of(PatrolFailed.of(request, STAGE, status, reason, clock.instant()));
  }
}
