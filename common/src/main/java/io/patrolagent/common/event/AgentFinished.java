package io.patrolagent.common.event;

import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.report.Usage;
import java.time.Instant;
import java.util.List;

/**
 * The agent wrote its report: the raw text as it came, what it took, and the tool results that it
 * rests on. {@code status} is {@code completed}, {@code partial} or {@code degraded}, before anyone
 * parsed the text; {@code warnings} are what a reader of the report has to know.
 */
public record AgentFinished(
    int schemaVersion,
    PatrolRequest request,
    FleetSnapshot snapshot,
    ReportStatus status,
    String rawReport,
    Usage usage,
    List<Evidence> evidence,
    List<String> warnings,
    Instant startedAt,
    Instant finishedAt)
    implements Event {

  public AgentFinished {
    schemaVersion = Event.checkedVersion(schemaVersion);
    Event.required("agent_finished", "request", request);
    Event.required("agent_finished", "snapshot", snapshot);
    Event.required("agent_finished", "raw_report", rawReport);
    Event.required("agent_finished", "usage", usage);
    Event.required("agent_finished", "started_at", startedAt);
    Event.required("agent_finished", "finished_at", finishedAt);
    if (!Event.required("agent_finished", "status", status).isReport()) {
      throw new IllegalArgumentException(
          "agent_finished.status must be completed, partial or degraded, not " + status.wireName());
    }
    evidence = evidence == null ? List.of() : List.copyOf(evidence);
    warnings = warnings == null ? List.of() : List.copyOf(warnings);
  }

  /**
   * A tool's answer that claims are checked against: the tool, the arguments as JSON text, the
   * answer (capped), and when it was given.
   */
  public record Evidence(String tool, String arguments, String result, Instant at) {}

  @Override
  public PatrolId patrol() {
    return request.patrolId();
  }

  @Override
  public Instant occurredAt() {
    return finishedAt;
  }

  @Override
  public EventType<AgentFinished> type() {
    return EventType.AGENT_FINISHED;
  }
}
