package io.patrolagent.agentrunner.loop;

import io.patrolagent.common.event.AgentFinished.Evidence;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.report.Usage;
import java.time.Instant;
import java.util.List;

/** What a run came to: the report as it was written, what it took, and what it rests on. */
public record AgentResult(
    ReportStatus status,
    String report,
    Usage usage,
    List<Evidence> evidence,
    List<String> warnings,
    Instant startedAt) {

  public AgentResult {
    evidence = List.copyOf(evidence);
    warnings = List.copyOf(warnings);
  }
}
