package io.patrolagent.reportsink;

import io.patrolagent.common.event.AgentFinished;
import io.patrolagent.common.report.ClaimCounts;
import io.patrolagent.common.report.Coverage;
import io.patrolagent.common.report.FlaggedCluster;
import io.patrolagent.common.report.ParsedReport;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.ReportDiff;
import io.patrolagent.common.report.ReportParser;
import io.patrolagent.common.report.ReportSection;
import io.patrolagent.common.report.Verification;
import io.patrolagent.common.stage.PermanentFailureException;
import io.patrolagent.reportsink.completeness.Completed;
import io.patrolagent.reportsink.completeness.Completion;
import io.patrolagent.reportsink.coverage.CoverageCount;
import io.patrolagent.reportsink.diff.ReportComparison;
import io.patrolagent.reportsink.fleet.FleetTables;
import io.patrolagent.reportsink.fleet.FleetView;
import io.patrolagent.reportsink.pattern.FleetPatterns;
import io.patrolagent.reportsink.verification.Grounding;
import io.patrolagent.reportsink.verification.Verifier;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the report of what the agent finished: parsed, completed, verified, compared with the
 * reports before it, and with what it covers. Thread-safe.
 *
 * <p>Everything but the two reads is a function of what was read. A fault in it costs the report
 * its check and not itself, for it was paid for: it is stored as it was parsed, and says so.
 */
final class ReportCheck {

  private static final Logger LOG = LoggerFactory.getLogger(ReportCheck.class);

  /** The previous one, and enough of those before it for predictions of two days. */
  private static final int MOST_EARLIER = 5;

  /** The report of what was read. */
  interface Checks {
    PatrolReport of(
        AgentFinished event, ParsedReport parsed, List<PatrolReport> earlier, FleetView fleet);
  }

  private final ReportStore store;
  private final FleetTables fleetTables;
  private final Checks checks;

  ReportCheck(ReportStore store, FleetTables fleetTables) {
    this(store, fleetTables, ReportCheck::checked);
  }

  ReportCheck(ReportStore store, FleetTables fleetTables, Checks checks) {
    this.store = store;
    this.fleetTables = fleetTables;
    this.checks = checks;
  }

  /** The report; the same as long as the tables say the same. */
  PatrolReport of(AgentFinished event) throws PermanentFailureException {
    ParsedReport parsed = ReportParser.parse(event.rawReport(), event.finishedAt());
    List<PatrolReport> earlier = store.scheduledBefore(event.request(), MOST_EARLIER);
    FleetView fleet =
        fleetTables.read(
            event.request().scope(), NamedClusters.in(parsed, event.snapshot(), earlier));
    try {
      return checks.of(event, parsed, earlier, fleet);
    } catch (RuntimeException fault) {
      LOG.error("the report of patrol {} could not be checked", event.patrol(), fault);
      return ReportDraft.of(event, parsed)
          .warned("This report could not be checked against the data: " + fault);
    }
  }

  private static PatrolReport checked(
      AgentFinished event, ParsedReport parsed, List<PatrolReport> earlier, FleetView fleet) {
    Completed completed = Completion.complete(parsed, event.snapshot(), event.evidence(), fleet);
    ParsedReport report = completed.report();
    Grounding grounding =
        Verifier.verify(
            ofTheWriter(completed), event.snapshot(), event.evidence(), fleet, event.finishedAt());
    Verification verification =
        new Verification(
            ClaimCounts.of(grounding.claims()),
            grounding.claims(),
            grounding.sources(),
            fleet.at(),
            fleet.clusters().values().stream()
                .sorted(Comparator.comparing(facts -> facts.clusterId()))
                .toList(),
            completed.rejected(),
            completed.notFlagged(),
            completed.filled(),
            FleetPatterns.among(report.flaggedClusters(), fleet));
    List<FlaggedCluster> flagged = report.flaggedClusters();
    Instant finishedAt = event.finishedAt();
    ReportDiff diff = ReportComparison.of(earlier, flagged, event.snapshot(), fleet, finishedAt);
    Coverage coverage =
        CoverageCount.of(event.snapshot(), event.evidence(), flagged, event.warnings());
    PatrolReport checked =
        ReportDraft.of(event, report, parsed.isComplete()).checked(verification, diff, coverage);
    return grounding.whole()
        ? checked
        : checked.warned("The report is so long that not all of its claims were checked.");
  }

  /**
   * Without the narrative that code wrote; its other entries say themselves where they come from.
   */
  private static ParsedReport ofTheWriter(Completed completed) {
    ParsedReport report = completed.report();
    if (!completed.filled().contains(ReportSection.FLEET_NARRATIVE)) {
      return report;
    }
    return new ParsedReport(
        null,
        report.flaggedClusters(),
        report.predictions(),
        report.customerSummaries(),
        report.recommendedActions(),
        report.sections(),
        report.warnings());
  }
}
