package io.patrolagent.reportsink.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patrolagent.common.event.AgentFinished;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.event.EventType;
import io.patrolagent.common.event.PatrolFailed;
import io.patrolagent.common.event.PatrolRequested;
import io.patrolagent.common.event.ReportFinished;
import io.patrolagent.common.event.SnapshotTaken;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.event.UndecodableEventException;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.report.PatrolReport;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a record of each topic tells of its patrol. Thread-safe. */
final class Observations {

  private final Map<String, Reader> readers;

  Observations(Topics topics) {
    this.readers =
        Map.of(
            topics.statusRequested(), Observations::requested,
            topics.snapshotTaken(), Observations::snapshotTaken,
            topics.snapshotTakenOnDemand(), Observations::snapshotTaken,
            topics.journal(topics.snapshotTaken()), Observations::journal,
            topics.journal(topics.snapshotTakenOnDemand()), Observations::journal,
            topics.agentFinished(), Observations::agentFinished,
            topics.failed(), Observations::failed,
            topics.reportFinished(), Observations::reportFinished);
  }

  private interface Reader {
    Optional<PatrolFacts> read(byte @Nullable [] key, byte[] value, Instant recordTime)
        throws UndecodableEventException, IOException;
  }

  /**
   * The facts, or empty where the record tells nothing of interest.
   *
   * @throws UndecodableEventException if an event cannot be read
   * @throws IOException if a journal entry cannot be read
   * @throws IllegalArgumentException if a key is no patrol id
   */
  Optional<PatrolFacts> read(
      String topic, byte @Nullable [] key, byte @Nullable [] value, Instant recordTime)
      throws UndecodableEventException, IOException {
    Reader reader = readers.get(topic);
    if (reader == null) {
      throw new IllegalStateException("the status view does not read topic " + topic);
    }
    return value == null ? Optional.empty() : reader.read(key, value, recordTime);
  }

  /** Every topic that it can read, {@code patrol.requested} by way of its re-keyed copy. */
  Set<String> topics() {
    return readers.keySet();
  }

  private static Optional<PatrolFacts> requested(
      byte @Nullable [] key, byte[] value, Instant recordTime) throws UndecodableEventException {
    PatrolRequested trigger = EventCodec.decode(EventType.REQUESTED, value);
    PatrolRequest request = trigger.toRequest(patrol(key), recordTime);
    return Optional.of(PatrolFacts.requested(request.patrolId(), RequestFacts.of(request)));
  }

  private static Optional<PatrolFacts> snapshotTaken(
      byte @Nullable [] key, byte[] value, Instant recordTime) throws UndecodableEventException {
    SnapshotTaken taken = EventCodec.decode(EventType.SNAPSHOT_TAKEN, value);
    return Optional.of(
        PatrolFacts.requested(taken.patrol(), RequestFacts.of(taken.request()))
            .and(PatrolFacts.snapshotTaken(taken.patrol(), taken.snapshot().takenAt())));
  }

  private static Optional<PatrolFacts> journal(
      byte @Nullable [] key, byte[] value, Instant recordTime) throws IOException {
    return JournalProgress.read(value, recordTime)
        .map(round -> PatrolFacts.inRound(patrol(key), round));
  }

  private static Optional<PatrolFacts> agentFinished(
      byte @Nullable [] key, byte[] value, Instant recordTime) throws UndecodableEventException {
    AgentFinished finished = EventCodec.decode(EventType.AGENT_FINISHED, value);
    PatrolId patrol = finished.patrol();
    return Optional.of(
        PatrolFacts.requested(patrol, RequestFacts.of(finished.request()))
            .and(PatrolFacts.snapshotTaken(patrol, finished.snapshot().takenAt()))
            .and(PatrolFacts.started(patrol, finished.startedAt()))
            .and(PatrolFacts.agentFinished(patrol, finished.finishedAt())));
  }

  private static Optional<PatrolFacts> failed(
      byte @Nullable [] key, byte[] value, Instant recordTime) throws UndecodableEventException {
    PatrolFailed failed = EventCodec.decode(EventType.FAILED, value);
    PatrolId patrol = failed.patrol();
    PatrolFacts facts =
        PatrolFacts.ended(
            patrol, new EndFacts(failed.status(), failed.reason(), failed.failedAt(), false));
    if (failed.request() != null) {
      facts = facts.and(PatrolFacts.requested(patrol, RequestFacts.of(failed.request())));
    }
    if (failed.sharedWith() != null) {
      facts = facts.and(PatrolFacts.shared(patrol, failed.sharedWith()));
    }
    return Optional.of(facts);
  }

  private static Optional<PatrolFacts> reportFinished(
      byte @Nullable [] key, byte[] value, Instant recordTime) throws UndecodableEventException {
    ReportFinished finished = EventCodec.decode(EventType.REPORT_FINISHED, value);
    PatrolId patrol = finished.patrol();
    PatrolReport report = finished.report();
    PatrolFacts facts =
        PatrolFacts.ended(
                patrol,
                new EndFacts(finished.status(), report.error(), finished.finishedAt(), true))
            .and(PatrolFacts.requested(patrol, RequestFacts.of(report)));
    if (report.fleetSnapshot() != null) {
      facts = facts.and(PatrolFacts.snapshotTaken(patrol, report.fleetSnapshot().takenAt()));
    }
    if (report.startedAt() != null) {
      facts = facts.and(PatrolFacts.started(patrol, report.startedAt()));
    }
    if (report.sharedWith() != null) {
      facts = facts.and(PatrolFacts.shared(patrol, report.sharedWith()));
    }
    return Optional.of(facts);
  }

  private static PatrolId patrol(byte @Nullable [] key) {
    return PatrolId.parse(key == null ? null : new String(key, UTF_8));
  }
}
