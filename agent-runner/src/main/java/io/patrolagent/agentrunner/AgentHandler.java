package io.patrolagent.agentrunner;

import io.patrolagent.agentrunner.journal.Journal;
import io.patrolagent.agentrunner.journal.JournalCodec;
import io.patrolagent.agentrunner.journal.JournalEntry.RunDone;
import io.patrolagent.agentrunner.journal.KafkaJournal;
import io.patrolagent.agentrunner.loop.Agent;
import io.patrolagent.agentrunner.loop.AgentResult;
import io.patrolagent.agentrunner.loop.NoReportException;
import io.patrolagent.agentrunner.loop.RunBy;
import io.patrolagent.agentrunner.loop.RunUsage;
import io.patrolagent.common.client.Cancellations;
import io.patrolagent.common.event.AgentFinished;
import io.patrolagent.common.event.Event;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.event.EventType;
import io.patrolagent.common.event.PatrolFailed;
import io.patrolagent.common.event.SnapshotTaken;
import io.patrolagent.common.event.UndecodableEventException;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.report.Usage;
import io.patrolagent.common.stage.Job;
import io.patrolagent.common.stage.JournalEnd;
import io.patrolagent.common.stage.Outcome;
import io.patrolagent.common.stage.SourceRecord;
import io.patrolagent.common.stage.StageHandler;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the agent write a patrol's report, from where the journal says that it stands. A patrol that
 * has ended, by its journal or by its row, is acknowledged without a model call. Thread-safe.
 */
final class AgentHandler implements StageHandler<SnapshotTaken> {

  static final String STAGE = "agent-runner";

  private static final Logger LOG = LoggerFactory.getLogger(AgentHandler.class);

  private final FinishedPatrols finished;
  private final Agent agent;
  private final Cancellations cancellations;
  private final Clock clock;

  AgentHandler(FinishedPatrols finished, Agent agent, Cancellations cancellations, Clock clock) {
    this.finished = finished;
    this.agent = agent;
    this.cancellations = cancellations;
    this.clock = clock;
  }

  @Override
  public SnapshotTaken decode(SourceRecord record) throws UndecodableEventException {
    return EventCodec.decode(EventType.SNAPSHOT_TAKEN, record.value());
  }

  @Override
  public Outcome handle(SnapshotTaken input, Job job) throws Exception {
    PatrolId patrol = input.request().patrolId();
    Journal journal = new KafkaJournal(job.journal(), patrol);
    if (journal.entries().stream().anyMatch(RunDone.class::isInstance)
        || finished.contains(patrol)) {
      return Outcome.acknowledge();
    }
    LOG.info("patrol {} is run by {}", patrol, RunBy.NAME);
    try (PatrolGate gate = PatrolGate.open(input, job, cancellations)) {
      return finished(input, agent.run(input.request(), input.snapshot(), journal, gate));
    } catch (NoReportException e) {
      String reason = String.valueOf(e.getMessage());
      LOG.warn("patrol {} ends {}: {}", patrol, e.status().wireName(), reason);
      return Outcome.publish(failed(input, e.status(), reason, e.usage()));
    }
  }

  private Outcome finished(SnapshotTaken input, AgentResult result) {
    return Outcome.publish(
        new AgentFinished(
            Event.SCHEMA_VERSION,
            input.request(),
            input.snapshot(),
            result.status(),
            result.report(),
            result.usage(),
            result.evidence(),
            result.warnings(),
            result.startedAt(),
            clock.instant()));
  }

  private PatrolFailed failed(
      SnapshotTaken input, ReportStatus status, String reason, @Nullable Usage usage) {
    return new PatrolFailed(
        Event.SCHEMA_VERSION,
        input.request().patrolId(),
        input.request(),
        STAGE,
        status,
        reason,
        null,
        usage,
        clock.instant());
  }

  @Override
  public Instant expiresAt(SnapshotTaken input) {
    return input.request().expiresAt();
  }

  @Override
  public Optional<JournalEnd> journalEnd(SnapshotTaken input) {
    PatrolId patrol = input.request().patrolId();
    return Optional.of(
        new JournalEnd(
            patrol.toString(), JournalCodec.encode(patrol, new RunDone(clock.instant()))));
  }

  @Override
  public Optional<PatrolFailed> failure(SnapshotTaken input, ReportStatus status, String reason) {
    return Optional.of(failed(input, status, reason, null));
  }

  /** With what its journal says that it cost. */
  @Override
  public Optional<PatrolFailed> failure(
      SnapshotTaken input, ReportStatus status, String reason, Job job) {
    Journal journal = new KafkaJournal(job.journal(), input.request().patrolId());
    return Optional.of(failed(input, status, reason, RunUsage.of(journal.entries())));
  }
}
