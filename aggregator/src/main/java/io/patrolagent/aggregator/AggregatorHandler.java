package io.patrolagent.aggregator;

import io.patrolagent.aggregator.admission.Admission;
import io.patrolagent.aggregator.admission.Admission.Admitted;
import io.patrolagent.aggregator.admission.Admission.Cancelled;
import io.patrolagent.aggregator.admission.Admission.Rejected;
import io.patrolagent.aggregator.admission.Admission.Shared;
import io.patrolagent.aggregator.admission.Admissions;
import io.patrolagent.aggregator.history.ReportHistory;
import io.patrolagent.aggregator.snapshot.SnapshotTaker;
import io.patrolagent.common.event.Event;
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

/**
 * A trigger becomes a snapshot, unless its patrol has ended already or is not let in; then it ends
 * here, visibly.
 */
final class AggregatorHandler implements StageHandler<PatrolRequest> {

  static final String STAGE = "aggregator";

  private static final Logger LOG = LoggerFactory.getLogger(AggregatorHandler.class);

  private final ReportHistory reports;
  private final Admissions admissions;
  private final SnapshotTaker snapshots;
  private final Clock clock;

  AggregatorHandler(
      ReportHistory reports, Admissions admissions, SnapshotTaker snapshots, Clock clock) {
    this.reports = reports;
    this.admissions = admissions;
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
    Admission admission = admissions.decide(request, job.source());
    if (!(admission instanceof Admitted admitted)) {
      return Outcome.publish(end(request, admission));
    }
    FleetSnapshot snapshot = snapshots.take(request.scope());
    LOG.info(
        "patrol {}: snapshot of {} active clusters of {}, {} warnings",
        request.patrolId(),
        snapshot.clusterCounts().active(),
        request.scope().describe(),
        snapshot.warnings().size());
    return Outcome.publish(
        new SnapshotTaken(Event.SCHEMA_VERSION, request, snapshot, admitted.offlineReason()));
  }

  private PatrolFailed end(PatrolRequest request, Admission admission) {
    if (admission instanceof Shared shared) {
      return new PatrolFailed(
          Event.SCHEMA_VERSION,
          request.patrolId(),
          request,
          STAGE,
          ReportStatus.SHARED,
          "the same scope and focus as patrol " + shared.with(),
          shared.with(),
          null,
          clock.instant());
    }
    return admission instanceof Rejected rejected
        ? PatrolFailed.of(request, STAGE, ReportStatus.REJECTED, rejected.reason(), clock.instant())
        : PatrolFailed.of(
            request,
            STAGE,
            ReportStatus.CANCELLED,
            ((Cancelled) admission).reason(),
            clock.instant());
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
