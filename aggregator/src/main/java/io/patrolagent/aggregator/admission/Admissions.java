package io.patrolagent.aggregator.admission;

import io.micrometer.core.instrument.MeterRegistry;
import io.patrolagent.aggregator.history.ReportHistory;
import io.patrolagent.common.event.CancelRequested;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.stage.SourceRecord;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides on each trigger before its snapshot is taken. The same trigger is decided on again after
 * a crash, and may then be decided otherwise: what was published first counts. Thread-safe.
 */
public final class Admissions {

  private static final Logger LOG = LoggerFactory.getLogger(Admissions.class);

  private final AdmissionSettings settings;
  private final TriggerLog log;
  private final Inputs inputs;
  private final ReportHistory reports;
  private final Budget budget;
  private final Clock clock;
  private final MeterRegistry meters;

  /** What is read from Kafka. */
  interface Inputs {

    /** Returns once the log holds every trigger that there is. */
    void awaitTriggers() throws TimeoutException, InterruptedException;

    /** Who cancelled the patrol, as far as is known. */
    Optional<CancelRequested> cancellation(PatrolId patrol);
  }

  /** Over a log that {@code inputs} fills. */
  Admissions(
      AdmissionSettings settings,
      TriggerLog log,
      Inputs inputs,
      Jdbi jdbi,
      Clock clock,
      MeterRegistry meters) {
    this.settings = settings;
    this.log = log;
    this.inputs = inputs;
    this.reports = new ReportHistory(jdbi);
    this.budget = new Budget(jdbi, settings);
    this.clock = clock;
    this.meters = meters;
  }

  /** Over what the tails read. */
  public Admissions(
      AdmissionSettings settings, AdmissionTails tails, Jdbi jdbi, MeterRegistry meters) {
    this(settings, tails.log(), tails, jdbi, Clock.systemUTC(), meters);
  }

  /**
   * What becomes of the request that this record is.
   *
   * @throws TimeoutException if Kafka does not say what was asked before
   */
  public Admission decide(PatrolRequest request, SourceRecord record)
      throws TimeoutException, InterruptedException {
    Admission admission = admission(request, record);
    meters.counter("patrol.admission", "result", admission.word()).increment();
    LOG.info("patrol {} ({}): {}", request.patrolId(), request.reportType().wireName(), admission);
    return admission;
  }

  private Admission admission(PatrolRequest request, SourceRecord record)
      throws TimeoutException, InterruptedException {
    Optional<CancelRequested> cancelled = inputs.cancellation(request.patrolId());
    if (cancelled.isPresent()) {
      return new Admission.Cancelled(cancelled.get().describe());
    }
    Instant now = clock.instant();
    if (request.reportType() != ReportType.ON_DEMAND) {
      return new Admission.Admitted(budget.offlineReason(now).orElse(null));
    }
    Admission byRules = byRules(request, record, now);
    if (!(byRules instanceof Admission.Admitted)) {
      return byRules;
    }
    return budget.rejection(now).<Admission>map(Admission.Rejected::new).orElse(byRules);
  }

  private Admission byRules(PatrolRequest request, SourceRecord record, Instant now)
      throws TimeoutException, InterruptedException {
    inputs.awaitTriggers();
    Position position = new Position(record.timestamp(), record.partition(), record.offset());
    log.add(position, request); // one that is older than the log stands in it alone
    List<Trigger> triggers = log.upTo(position);
    synchronized (log) {
      learnEnds(triggers);
      return OnDemandRules.decide(
          triggers, settings, patrol -> inputs.cancellation(patrol).isPresent(), now);
    }
  }

  private void learnEnds(List<Trigger> triggers) {
    List<Trigger> open = triggers.stream().filter(trigger -> trigger.end() == null).toList();
    Map<PatrolId, ReportStatus> ends = reports.ends(open.stream().map(Trigger::patrol).toList());
    for (Trigger trigger : open) {
      ReportStatus end = ends.get(trigger.patrol());
      if (end != null) {
        trigger.ended(end);
      }
    }
  }
}
