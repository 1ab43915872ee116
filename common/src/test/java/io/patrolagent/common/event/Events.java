package io.patrolagent.common.event;

import com.fasterxml.jackson.databind.node.DoubleNode;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.FleetSnapshot.AlertCounts;
import io.patrolagent.common.patrol.FleetSnapshot.ClusterCounts;
import io.patrolagent.common.patrol.FleetSnapshot.HealthDistribution;
import io.patrolagent.common.patrol.FleetSnapshot.IssueCounts;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import io.patrolagent.common.patrol.FleetSnapshot.RiskDistribution;
import io.patrolagent.common.patrol.FleetSnapshot.RiskReason;
import io.patrolagent.common.patrol.FleetSnapshot.SourceFreshness;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.patrol.Scope;
import io.patrolagent.common.report.AddedFrom;
import io.patrolagent.common.report.Change;
import io.patrolagent.common.report.ChangeCounts;
import io.patrolagent.common.report.Claim;
import io.patrolagent.common.report.ClaimCounts;
import io.patrolagent.common.report.ClusterFacts;
import io.patrolagent.common.report.Coverage;
import io.patrolagent.common.report.Coverage.SkippedCluster;
import io.patrolagent.common.report.CustomerSummary;
import io.patrolagent.common.report.EvidenceSource;
import io.patrolagent.common.report.FlaggedCluster;
import io.patrolagent.common.report.FleetPattern;
import io.patrolagent.common.report.Mark;
import io.patrolagent.common.report.Outcome;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.Prediction;
import io.patrolagent.common.report.PredictionOutcome;
import io.patrolagent.common.report.ProblemChange;
import io.patrolagent.common.report.ReasonCode;
import io.patrolagent.common.report.RecommendedAction;
import io.patrolagent.common.report.ReportDiff;
import io.patrolagent.common.report.ReportSection;
import io.patrolagent.common.report.ThenAndNow;
import io.patrolagent.common.report.Usage;
import io.patrolagent.common.report.Verification;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One event of each type with every field set, so that one that gets lost is missed. */
final class Events {

  static final PatrolId ID = PatrolId.parse("0192f0c1-2b7e-7c55-8d7e-3f2a9c1b5e44");
  static final PatrolId EARLIER = PatrolId.parse("0192f0c1-0000-7c55-8d7e-3f2a9c1b5e44");
  static final Instant ASKED = Instant.parse("2026-11-25T07:00:00.123456Z");
  static final Instant ENDED = Instant.parse("2026-11-25T07:02:11.5Z");

  private static final Scope SCOPE =
      new Scope(
          List.of("acc-1"),
          List.of("ACME"),
          List.of("S", "A"),
          List.of("eu-west-1"),
          List.of("c1"));

  private Events() {}

  static Stream<Event> all() {
    return Stream.of(
        requested(),
        cancelled(),
        taken(ReportType.MORNING),
        finished(),
        failed(),
        announced(),
        status());
  }

  static PatrolRequested requested() {
    return new PatrolRequested(
        1, ID, ReportType.WEEKLY, "alice", SCOPE, "the disks", ASKED, ENDED, ENDED, EARLIER);
  }

  static PatrolRequest request(ReportType type) {
    return new PatrolRequest(ID, type, "alice", SCOPE, "the disks", ASKED, ENDED, ENDED, EARLIER);
  }

  static SnapshotTaken taken(ReportType type) {
    return new SnapshotTaken(1, request(type), snapshot(), "the budget of the day is spent");
  }

  static AgentFinished finished() {
    return new AgentFinished(
        1,
        request(ReportType.MORNING),
        snapshot(),
        ReportStatus.PARTIAL,
        "## FLEET_NARRATIVE\n„Zürich“ is quiet.",
        usage(),
        List.of(new AgentFinished.Evidence("query_sql", "{\"sql\":\"select 1\"}", "1 row", ASKED)),
        List.of("the last round was cut short"),
        ASKED,
        ENDED);
  }

  static PatrolFailed failed() {
    return new PatrolFailed(
        1,
        ID,
        request(ReportType.MORNING),
        "aggregator",
        ReportStatus.SHARED,
        "the same request as another",
        EARLIER,
        usage(),
        ENDED);
  }

  static CancelRequested cancelled() {
    return new CancelRequested(1, ID, "bob", ASKED);
  }

  static PatrolStatus status() {
    return new PatrolStatus(
        1,
        ID,
        ReportType.WEEKLY,
        "alice",
        PatrolStatus.State.FINISHED,
        ReportStatus.SHARED,
        3,
        10,
        List.of("query_sql"),
        "runner-1",
        ASKED,
        ENDED,
        ENDED,
        ASKED,
        ASKED,
        ENDED,
        ENDED,
        true,
        EARLIER,
        EARLIER,
        "the same request as another");
  }

  static ReportFinished announced() {
    return ReportFinished.of(
        new PatrolReport(
                ID,
                ReportStatus.COMPLETED,
                ReportType.MORNING,
                "alice",
                SCOPE,
                "the disks",
                EARLIER,
                null,
                "The fleet is stable.",
                List.of(
                    new FlaggedCluster(
                        "c1",
                        "critical",
                        "disk full",
                        Map.of("disk_used", DoubleNode.valueOf(91.5)))),
                List.of(new Prediction("High", "c1 fills up")),
                List.of(new CustomerSummary("ACME", "S", "One cluster at risk.")),
                List.of(new RecommendedAction("Today", "Expand the volume.")),
                "## FLEET_NARRATIVE\nThe fleet is stable.",
                snapshot(),
                List.of("no health scores for 24 h"),
                "none",
                usage(),
                ASKED,
                ENDED,
                ASKED,
                ENDED)
            .checked(verification(), diff(), coverage()),
        true);
  }

  private static Verification verification() {
    return new Verification(
        new ClaimCounts(0, 1, 0),
        List.of(
            new Claim(
                ReportSection.FLAGGED_CLUSTERS,
                0,
                "c1",
                "disk_used",
                "91.5",
                Mark.CONTRADICTED,
                "81.5",
                0)),
        List.of(new EvidenceSource("get_cluster_metrics", "{\"cluster_id\":\"c1\"}", ASKED)),
        ENDED,
        List.of(
            new ClusterFacts(
                "c1",
                "acme-prod",
                "ACME",
                "S",
                "aws",
                "eu-west-1",
                "3.2.1",
                "active",
                41.5,
                ASKED,
                "Critical",
                List.of(new RiskReason("DISK_FILLING", "81.5 %")),
                ASKED,
                Map.of("disk_used_percent", 81.5),
                List.of(ReasonCode.DISK_FILLING, ReasonCode.HEALTH_POOR))),
        List.of(new FlaggedCluster("c404", "warning", "lost", Map.of())),
        List.of("c7"),
        List.of(ReportSection.PREDICTIONS),
        List.of(
            new FleetPattern(ReasonCode.COMPACTION_BEHIND, "version", "3.2.1", 9, 4, 30, 1, 90)));
  }

  private static ReportDiff diff() {
    return new ReportDiff(
        EARLIER,
        ASKED,
        new ChangeCounts(0, 1, 0, 0, 0, 0),
        List.of(
            new ProblemChange(
                "c1",
                "ACME",
                "S",
                ReasonCode.DISK_FILLING,
                Change.WORSE,
                ASKED,
                3,
                Map.of("disk_used_percent", new ThenAndNow(71.0, 81.5)),
                "rated Critical now")),
        List.of(new RecommendedAction("Today", "Expand the volume of c1.", AddedFrom.FLEET)),
        List.of(
            new PredictionOutcome(
                EARLIER, ASKED, "c1", "High", "c1 fills up", Outcome.CAME_TRUE, "81.5")));
  }

  private static Coverage coverage() {
    return new Coverage(
        4,
        1,
        2,
        1,
        List.of("c1"),
        List.of(new SkippedCluster("c7", "ACME", "S", "nobody asked")),
        List.of(new SourceFreshness("risk_snapshots", ASKED, 1, 2)));
  }

  /** The end of a patrol of which nothing but its id could be read. */
  static ReportFinished unreadable() {
    return ReportFinished.of(
        new PatrolReport(
            ID,
            ReportStatus.FAILED,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            "aggregator: unreadable",
            null,
            null,
            null,
            null,
            ENDED),
        false);
  }

  /** The status of a patrol of which nothing but its id could be read. */
  static PatrolStatus requestedOnly() {
    return new PatrolStatus(
        1,
        ID,
        null,
        null,
        PatrolStatus.State.REQUESTED,
        null,
        0,
        0,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        ASKED,
        false,
        null,
        null,
        null);
  }

  static FleetSnapshot snapshot() {
    return new FleetSnapshot(
        ASKED,
        new ClusterCounts(10, 7, 2, 1),
        new RiskDistribution(1, 2, 3, 1),
        new HealthDistribution(3, 2, 1, 1),
        new AlertCounts(4, 5, 6),
        new IssueCounts(1, 2, 3, 4),
        List.of(
            new ProblemCluster(
                "c1",
                "orders",
                "ACME",
                "S",
                "aws",
                "eu-west-1",
                "3.2.1",
                41.25,
                ASKED,
                "Critical",
                List.of(new RiskReason("DISK_FILLING", "full within 36 h")),
                ENDED)),
        List.of(
            new ProblemCluster(
                "c2", "carts", "ACME", "A", "gcp", "eu", "3.2", null, null, null, List.of(), null)),
        List.of(new SourceFreshness("health_scores", ENDED, 1, 2)),
        List.of("no health scores for 24 h"));
  }

  private static Usage usage() {
    return new Usage(
        "anthropic", "a-model", 12_000, 9_000, 800, new BigDecimal("0.0421"), 7, 12, 93_000);
  }
}
