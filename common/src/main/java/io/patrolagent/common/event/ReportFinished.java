package io.patrolagent.common.event;

import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.report.PatrolReport;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A patrol ended; the last event of every patrol, {@code failed} and {@code expired} ones included.
 * What a subscriber filters by stands on top, the report's content under {@code report}. {@code
 * truncated} says that content was left out to keep the event within its limit: the row of {@code
 * report_id} is complete.
 */
public record ReportFinished(
    int schemaVersion,
    PatrolId patrolId,
    PatrolId reportId,
    ReportStatus status,
    @Nullable ReportType reportType,
    @Nullable String triggeredBy,
    Instant finishedAt,
    boolean truncated,
    PatrolReport report)
    implements Event {

  public ReportFinished {
    schemaVersion = Event.checkedVersion(schemaVersion);
    Event.required("report_finished", "patrol_id", patrolId);
    Event.required("report_finished", "report_id", reportId);
    Event.required("report_finished", "status", status);
    Event.required("report_finished", "finished_at", finishedAt);
    Event.required("report_finished", "report", report);
  }

  /** The event that announces a report. */
  public static ReportFinished of(PatrolReport report, boolean truncated) {
    return new ReportFinished(
        SCHEMA_VERSION,
        report.reportId(),
        report.reportId(),
        report.status(),
        report.reportType(),
        report.triggeredBy(),
        report.finishedAt(),
        truncated,
        report);
  }

  @Override
  public PatrolId patrol() {
    return patrolId;
  }

  @Override
  public Instant occurredAt() {
    return finishedAt;
  }

  @Override
  public EventType<ReportFinished> type() {
    return EventType.REPORT_FINISHED;
  }
}
