package io.patrolagent.reportsink;

import io.patrolagent.common.event.AgentFinished;
import io.patrolagent.common.event.PatrolFailed;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.patrol.Scope;
import io.patrolagent.common.report.ParsedReport;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.ReportParser;
import java.util.ArrayList;
import java.util.List;

/** Makes the report out of what came in; the same input always gives the same report. */
final class ReportDraft {

  private ReportDraft() {}

  static PatrolReport of(SinkInput input) {
    if (input instanceof SinkInput.Finished finished) {
      return finished(finished.event());
    }
    return failed(((SinkInput.Failed) input).event());
  }

  /** What the agent says of its report holds, unless a part of it is not there. */
  private static PatrolReport finished(AgentFinished event) {
    ParsedReport parsed = ReportParser.parse(event.rawReport());
    ReportStatus status = parsed.isComplete() ? event.status() : ReportStatus.PARTIAL;
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

  private static PatrolReport failed(PatrolFailed event) {
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
