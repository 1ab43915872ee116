package io.patrolagent.reportsink;

import io.patrolagent.common.event.AgentFinished;
import io.patrolagent.common.event.PatrolFailed;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.patrol.Scope;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.ReportParser;
import io.patrolagent.common.report.Usage;
import io.patrolagent.common.stage.Job;
import io.patrolagent.common.stage.SourceRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** What the sink gets, for tests. */
final class Inputs {

  static final String REPORT =
      """
      ## FLEET_NARRATIVE
      All is well but for one cluster.

      ## FLAGGED_CLUSTERS
      [{"cluster_id": "c-1", "severity": "critical", "reason": "disk 91 %",
        "key_metrics": {"zebra": 1.50, "ant": "x", "disk_used_percent": 91, "m": NaN}}]

      ## PREDICTIONS
      - [High] c-1 runs full by noon.

      ## CUSTOMER_SUMMARIES
      - **ACME (S)**: One cluster is filling.

      ## RECOMMENDED_ACTIONS
      - [Immediate] Expand the volume of c-1.
      """;

  /** Finer than the database keeps. */
  static final Instant DONE = Instant.parse("2026-11-25T07:02:11.123456789Z");

  private Inputs() {}

  static PatrolRequest request() {
    return request(PatrolId.random());
  }

  static PatrolRequest request(PatrolId id) {
    return new PatrolRequest(
        id,
        ReportType.MORNING,
        "scheduler",
        new Scope(List.of(), List.of(), List.of("S"), List.of(), List.of()),
        "look at disks",
        DONE.minusSeconds(60),
        DONE.plusSeconds(840),
        DONE.plusSeconds(3600),
        PatrolId.parse("0192f0c1-2b7e-7c55-8d7e-3f2a9c1b5e44"));
  }

  static AgentFinished finished() {
    return finished(request(), REPORT);
  }

  static AgentFinished finished(String raw) {
    return finished(request(), raw);
  }

  static AgentFinished finished(PatrolRequest request, String raw) {
    return finished(request, raw, ReportStatus.COMPLETED, "some-model");
  }

  static AgentFinished finished(
      PatrolRequest request, String raw, ReportStatus status, String model) {
    return new AgentFinished(
        1,
        request,
        snapshot(),
        status,
        raw,
        new Usage("anthropic", model, 1200, 900, 80, new BigDecimal("0.84"), 6, 14, 93_000),
        List.of(),
        List.of("the budget was nearly spent"),
        DONE.minusSeconds(50),
        DONE);
  }

  /** The report as it was parsed, unchecked. */
  static PatrolReport draft(SinkInput input) {
    if (input instanceof SinkInput.Finished finished) {
      AgentFinished event = finished.event();
      return ReportDraft.of(event, ReportParser.parse(event.rawReport(), event.finishedAt()));
    }
    return ReportDraft.of(((SinkInput.Failed) input).event());
  }

  static PatrolFailed failed(PatrolRequest request) {
    return PatrolFailed.of(
        request, "aggregator", ReportStatus.FAILED, "the scope matches nothing", DONE);
  }

  /** An end without a report that cost something. */
  static PatrolFailed ended(
      PatrolRequest request, ReportStatus status, @Nullable PatrolId sharedWith) {
    return new PatrolFailed(
        1,
        request.patrolId(),
        request,
        "agent-runner",
        status,
        "somebody asked for it",
        sharedWith,
        new Usage("anthropic", "some-model", 400, 0, 20, new BigDecimal("0.12"), 2, 3, 9_000),
        DONE);
  }

  static FleetSnapshot snapshot() {
    return new FleetSnapshot(
        DONE.minusSeconds(55),
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

  /** A job on the record at this offset of partition 3. */
  static Job job(long offset) {
    return job("AAAAAAAAAAAAAAAAAAAAAA", offset);
  }

  static Job job(String topicId, long offset) {
    SourceRecord record =
        new SourceRecord(
            "patrol.agent-finished", topicId, 3, offset, DONE, null, null, new RecordHeaders());
    return new Job() {
      @Override
      public SourceRecord source() {
        return record;
      }

      @Override
      public void checkpoint() {}
    };
  }
}
