package io.patrolagent.common.page;

import com.fasterxml.jackson.databind.node.DoubleNode;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import io.patrolagent.common.patrol.FleetSnapshot.SourceFreshness;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.patrol.Scope;
import io.patrolagent.common.report.CustomerSummary;
import io.patrolagent.common.report.FlaggedCluster;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.Prediction;
import io.patrolagent.common.report.RecommendedAction;
import io.patrolagent.common.report.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A report for tests, of which one thing at a time is changed. */
record Reports(
    ReportStatus status,
    @Nullable String narrative,
    List<FlaggedCluster> clusters,
    List<RecommendedAction> actions,
    List<String> warnings,
    @Nullable String error) {

  static final PatrolId ID = PatrolId.parse("0192f0c1-2b7e-7c55-8d7e-3f2a9c1b5e44");
  static final Instant DONE = Instant.parse("2026-11-25T07:02:11Z");

  static Reports completed() {
    return new Reports(
        ReportStatus.COMPLETED,
        "The fleet is stable.",
        List.of(
            new FlaggedCluster(
                "c-1042",
                "critical",
                "disk 91 %, full about 14:00",
                Map.of("disk_used_percent", DoubleNode.valueOf(91)))),
        List.of(new RecommendedAction("Immediate", "Expand the volume of c-1042.")),
        List.of(),
        null);
  }

  Reports status(ReportStatus value) {
    return new Reports(value, narrative, clusters, actions, warnings, error);
  }

  Reports narrative(String value) {
    return new Reports(status, value, clusters, actions, warnings, error);
  }

  Reports clusters(List<FlaggedCluster> value) {
    return new Reports(status, narrative, value, actions, warnings, error);
  }

  Reports actions(List<RecommendedAction> value) {
    return new Reports(status, narrative, clusters, value, warnings, error);
  }

  Reports warnings(String... value) {
    return new Reports(status, narrative, clusters, actions, List.of(value), error);
  }

  PatrolReport build() {
    return new PatrolReport(
        ID,
        status,
        ReportType.MORNING,
        "scheduler",
        new Scope(List.of(), List.of(), List.of("S", "A"), List.of(), List.of()),
        "look at compactions",
        null,
        null,
        narrative,
        clusters,
        List.of(new Prediction("High", "c-2210: the certificate runs out.")),
        List.of(new CustomerSummary("ACME", "S", "One cluster is filling.")),
        actions,
        "raw",
        snapshot(),
        warnings,
        error,
        new Usage(
            "anthropic",
            "some-model",
            120_345,
            90_000,
            2_345,
            new BigDecimal("0.84"),
            6,
            14,
            93_000),
        DONE.minusSeconds(140),
        Instant.parse("2026-11-25T07:15:00Z"),
        DONE.minusSeconds(100),
        DONE);
  }

  static PatrolReport ended(ReportStatus status, String error) {
    return ended(status, error, null);
  }

  static PatrolReport shared(PatrolId other) {
    return ended(ReportStatus.SHARED, "aggregator: the same request", other);
  }

  private static PatrolReport ended(
      ReportStatus status, String error, @Nullable PatrolId sharedWith) {
    return new PatrolReport(
        ID,
        status,
        null,
        null,
        Scope.FLEET,
        null,
        null,
        sharedWith,
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        null,
        null,
        List.of(),
        error,
        null,
        null,
        null,
        null,
        DONE);
  }

  private static FleetSnapshot snapshot() {
    return new FleetSnapshot(
        DONE.minusSeconds(125),
        new FleetSnapshot.ClusterCounts(4_120, 4_000, 100, 20),
        new FleetSnapshot.RiskDistribution(6, 41, 3_950, 3),
        new FleetSnapshot.HealthDistribution(3_900, 80, 17, 3),
        new FleetSnapshot.AlertCounts(12, 40, 3),
        new FleetSnapshot.IssueCounts(1, 2, 4, 0),
        List.of(
            new ProblemCluster(
                "c-1042",
                "acme-prod",
                "ACME",
                "S",
                "aws",
                "eu-west-1",
                "3.2.1",
                41.5,
                DONE,
                "Critical",
                List.of(),
                DONE)),
        List.of(),
        List.of(
            new SourceFreshness("byoc.cluster_health_scores", DONE, 0, 0),
            new SourceFreshness("byoc.cluster_risk_snapshots", DONE.minusSeconds(90_000), 2, 112)),
        List.of("112 clusters have no risk level of the last 24 h"));
  }
}
