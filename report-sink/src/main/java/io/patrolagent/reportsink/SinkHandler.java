package io.patrolagent.reportsink;

import io.patrolagent.common.event.AgentFinished;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.event.EventType;
import io.patrolagent.common.event.PatrolFailed;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.event.UndecodableEventException;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.stage.Job;
import io.patrolagent.common.stage.Outcome;
import io.patrolagent.common.stage.PermanentFailureException;
import io.patrolagent.common.stage.SourceRecord;
import io.patrolagent.common.stage.StageHandler;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exactly one row and one event for a patrol.
 *
 * <p>The row first, in a transaction of its own, with the coordinates of the record it came from;
 * then the event, built from the row as it was read back, so that it has the same bytes however
 * often it is built; once that is committed the row is marked as announced. A record that finds a
 * row acts by those coordinates: from this very record and not announced means that a crash came in
 * between, and the event is published again; anything else is a repetition.
 */
final class SinkHandler implements StageHandler<SinkInput> {

  static final String STAGE = "report-sink";

  private static final Logger LOG = LoggerFactory.getLogger(SinkHandler.class);

  private final Topics topics;
  private final ReportStore store;
  private final ReportCheck check;
  private final ReportMetrics metrics;
  private final Clock clock;

  SinkHandler(
      Topics topics, ReportStore store, ReportCheck check, ReportMetrics metrics, Clock clock) {
    this.topics = topics;
    this.store = store;
    this.check = check;
    this.metrics = metrics;
    this.clock = clock;
  }

  @Override
  public SinkInput decode(SourceRecord record) throws UndecodableEventException {
    if (record.topic().equals(topics.agentFinished())) {
      return new SinkInput.Finished(EventCodec.decode(EventType.AGENT_FINISHED, record.value()));
    }
    if (record.topic().equals(topics.failed())) {
      return new SinkInput.Failed(EventCodec.decode(EventType.FAILED, record.value()));
    }
    throw new IllegalStateException(STAGE + " does not read topic " + record.topic());
  }

  @Override
  public Outcome handle(SinkInput input, Job job) throws Exception {
    PatrolId patrol = input.patrolId();
    Insertion insertion = store.insert(report(input), job.source());
    if (!toAnnounce(insertion, input)) {
      LOG.info(
          "patrol {} has ended already, {} changes nothing", patrol, job.source().coordinates());
      return Outcome.acknowledge();
    }
    job.checkpoint();
    PatrolReport stored =
        store
            .find(patrol)
            .orElseThrow(
                () -> new IllegalStateException("the row of patrol " + patrol + " is gone"));
    LOG.info("patrol {} ends {}", patrol, stored.status().wireName());
    return Outcome.publish(Announcement.of(stored))
        .andThen(
            () -> {
              store.markAnnounced(patrol); // may fail and be tried again, which counts once
              metrics.announced(stored);
            });
  }

  private PatrolReport report(SinkInput input) throws PermanentFailureException {
    return input instanceof SinkInput.Finished finished
        ? check.of(finished.event())
        : ReportDraft.of(((SinkInput.Failed) input).event());
  }

  private static boolean toAnnounce(Insertion insertion, SinkInput input) {
    if (!(insertion instanceof Insertion.Exists exists)) {
      return true;
    }
    // this stage gave up after it had inserted: what it published then was the failure, not the row
    boolean gaveUpHere = input instanceof SinkInput.Failed failed && failed.ofThisStage();
    return !exists.announced() && (exists.sameSource() || gaveUpHere);
  }

  /** Never: a report that was paid for is worth storing however late it is. */
  @Override
  public @Nullable Instant expiresAt(SinkInput input) {
    return null;
  }

  @Override
  public Optional<PatrolFailed> failure(SinkInput input, ReportStatus status, String reason) {
    if (input instanceof SinkInput.Finished finished) {
      AgentFinished event = finished.event();
      return Optional.of(PatrolFailed.of(event.request(), STAGE, status, reason, clock.instant()));
    }
    return Optional.empty();
  }
}
