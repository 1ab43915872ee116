package io.patrolagent.reportsink.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patrolagent.common.event.AgentFinished;
import io.patrolagent.common.event.PatrolFailed;
import io.patrolagent.common.event.ReportFinished;
import io.patrolagent.common.event.SnapshotTaken;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.patrol.Scope;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** What happens to one patrol, a second after the other. */
record Story(PatrolRequest request) {

  static final Instant START = Instant.parse("2026-11-25T07:00:00Z");

  static Story of(ReportType type) {
    return of(PatrolId.random(), type);
  }

  static Story of(PatrolId patrol, ReportType type) {
    return new Story(
        new PatrolRequest(
            patrol,
            type,
            "alice",
            Scope.FLEET,
            "a secret focus",
            START,
            type.promise().map(START::plus).orElse(null),
            START.plus(type.lifetime()),
            null));
  }

  PatrolId patrol() {
    return request.patrolId();
  }

  static Instant second(int n) {
    return START.plusSeconds(n);
  }

  SnapshotTaken snapshotTaken() {
    return new SnapshotTaken(request, snapshot());
  }

  /** As the agent-runner writes it. */
  byte[] started(int round, String tools, String runBy, Instant at) {
    return """
        {"schema_version":1,"patrol_id":"%s","type":"started","step":1,"round":%d,"max_rounds":10,
         "tools":[%s],"run_by":"%s","at":"%s"}"""
        .formatted(patrol(), round, tools, runBy, at)
        .getBytes(UTF_8);
  }

  AgentFinished agentFinished() {
    return new AgentFinished(
        1,
        request,
        snapshot(),
        ReportStatus.COMPLETED,
        "a secret report",
        new Usage("offline", "m", 0, 0, 0, BigDecimal.ZERO, 2, 3, 4000),
        List.of(),
        List.of(),
        second(2),
        second(6));
  }

  PatrolFailed failed(ReportStatus status, String reason) {
    return PatrolFailed.of(request, "aggregator", status, reason, second(5));
  }

  ReportFinished reportFinished(ReportStatus status) {
    return ReportFinished.of(
        new PatrolReport(
            patrol(),
            status,
            request.reportType(),
            request.triggeredBy(),
            request.scope(),
            request.focus(),
            null,
            null,
            "a secret narrative",
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            null,
            snapshot(),
            List.of(),
            status.isReport() ? null : "why there is none",
            null,
            request.requestedAt(),
            request.dueAt(),
            second(2),
            second(6)),
        false);
  }

  private static FleetSnapshot snapshot() {
    return new FleetSnapshot(
        second(1),
        new FleetSnapshot.ClusterCounts(5, 4, 1, 0),
        new FleetSnapshot.RiskDistribution(1, 1, 1, 1),
        new FleetSnapshot.HealthDistribution(2, 1, 1, 0),
        new FleetSnapshot.AlertCounts(1, 2, 3),
        new FleetSnapshot.IssueCounts(1, 0, 0, 0),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }
}
