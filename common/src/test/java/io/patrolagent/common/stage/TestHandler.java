package io.patrolagent.common.stage;

import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.event.EventType;
import io.patrolagent.common.event.PatrolFailed;
import io.patrolagent.common.event.SnapshotTaken;
import io.patrolagent.common.event.UndecodableEventException;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.FleetSnapshot.AlertCounts;
import io.patrolagent.common.patrol.FleetSnapshot.ClusterCounts;
import io.patrolagent.common.patrol.FleetSnapshot.HealthDistribution;
import io.patrolagent.common.patrol.FleetSnapshot.IssueCounts;
import io.patrolagent.common.patrol.FleetSnapshot.RiskDistribution;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.ReportStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A stage that turns triggers into snapshots, with the work in the middle given by the test. */
final class TestHandler implements StageHandler<PatrolRequest> {

  /** The work before the outcome; throws to fail. */
  interface Work {
    void on(PatrolRequest request, Job job) throws Exception;
  }

  /** The focus of each request whose work began, in order. */
  final List<String> begun = new CopyOnWriteArrayList<>();

  /** The focus of each request whose work ended without an exception. */
  final List<String> done = new CopyOnWriteArrayList<>();

  /** The focus of each request whose outcome is known to be committed, in order. */
  final List<String> followed = new CopyOnWriteArrayList<>();

  private final Work work;

  TestHandler(Work work) {
    this.work = work;
  }

  static TestHandler doingNothing() {
    return new TestHandler((request, job) -> {});
  }

  @Override
  public PatrolRequest decode(SourceRecord record) throws UndecodableEventException {
    return EventCodec.decode(EventType.REQUESTED, record.value())
        .toRequest(
            PatrolId.ofRecord(record.topicId(), record.partition(), record.offset()),
            record.timestamp());
  }

  @Override
  public Outcome handle(PatrolRequest request, Job job) throws Exception {
    begun.add(String.valueOf(request.focus()));
    work.on(request, job);
    done.add(String.valueOf(request.focus()));
    return Outcome.publish(new SnapshotTaken(request, snapshot(request.requestedAt())))
        .andThen(() -> followed.add(String.valueOf(request.focus())));
  }

  @Override
  public Instant expiresAt(PatrolRequest request) {
    return request.expiresAt();
  }

  @Override
  public Optional<PatrolFailed> failure(PatrolRequest request, ReportStatus status, String reason) {
    return Optional.of(PatrolFailed.of(request, "stage", status, reason, Instant.now()));
  }

  static FleetSnapshot snapshot(Instant at) {
    return new FleetSnapshot(
        at,
        new ClusterCounts(1, 1, 0, 0),
        new RiskDistribution(0, 0, 1, 0),
        new HealthDistribution(1, 0, 0, 0),
        new AlertCounts(0, 0, 0),
        new IssueCounts(0, 0, 0, 0),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }
}
