package io.patrolagent.reportsink;

import io.patrolagent.common.event.AgentFinished;
import io.patrolagent.common.event.PatrolFailed;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.patrol.Scope;
import io.patrolagent.common.report.ParsedReport;
import io.patrolagent.common.report.PatrolReport;
import java.util.ArrayList;
import java.util.List;

/** The report as its parts say it, unchecked; the same parts always give the same report. */
final class ReportDraft {

  private ReportDraft() {}

  /** What was parsed and nothing more. */
  static PatrolReport of(AgentFinished event, ParsedReport parsed) {
    return of(event, parsed, parsed.isComplete());
  }

  /**
   * What the agent says of its report holds, unless a part of it was not there, be it filled
   * meanwhile or not.
   */
  static PatrolReport of(AgentFinished event, ParsedReport parsed, boolean complete) {
    ReportStatus status = complete ? event.status() : ReportStatus.PARTIAL;
    List<String> warnings = new ArrayList<>(event.warnings());
    warnings.addAll(parsed.warnings());
    PatrolRequest request = event.request();
    return new PatrolReport(
        request.patrolId(),
        status,
        request.reportType(),
        request.triggeredBy(),
        request.scope(),
        request.focus(),
        request.retryOf(),
        null,
        parsed.fleetNarrative(),
        parsed.flaggedClusters(),
        parsed.predictions(),
        parsed.customerSummaries(),
        parsed.recommendedActions(),
        event.rawReport(),
        event.snapshot(),
        warnings,
        null,
        event.usage(),
        request.requestedAt(),
        request.dueAt(),
        event.startedAt(),
        event.finishedAt());
  }

  static PatrolReport of(PatrolFailed event) {
    PatrolRequest request = event.request();
    return new PatrolReport(
        event.patrolId(),
        event.status(),
        request == null ? null : request.reportType(),
        request == null ? null : request.triggeredBy(),
        request == null ? Scope.FLEET : request.scope(),
        request == null ? null : request.focus(),
        request == null ? null : request.retryOf(),
        event.sharedWith(),
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        null,
        null,
        List.of(),
        event.stage() + ": " + event.reason(),
        event.usage(),
        request == null ? null : request.requestedAt(),
        request == null ? null : request.dueAt(),
        null,
        event.failedAt());
  }
}
