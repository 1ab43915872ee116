package io.patrolagent.reportsink.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.patrolagent.common.event.AgentFinished.Evidence;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import io.patrolagent.common.patrol.FleetSnapshot.SourceFreshness;
import io.patrolagent.common.report.Coverage;
import io.patrolagent.common.report.Coverage.SkippedCluster;
import io.patrolagent.common.report.FlaggedCluster;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class CoverageCountTest {

  private static final Instant NOW = Instant.parse("2026-11-25T07:00:00Z");

  @Test
  void everyActiveClusterIsCountedOnceByHowCloselyItWasLookedAt() {
    Coverage coverage =
        CoverageCount.of(
            snapshot(100, List.of(cluster("w-1", "B"), cluster("c-1", "B")), List.of()),
            List.of(
                asked("get_cluster_alerts", "c-1"),
                asked("get_cluster_metrics", "c-1"),
                asked("query_open_issues", "c-2"),
                answered(
                    "query_sql",
                    "{\"sql\": \"select\"}",
                    "{\"rows\":[{\"cluster_id\":\"c-2\"},{\"cluster_id\": \"c-3\"},{\"x\":\"c-9\"}]}")),
            List.of(),
            List.of());

    assertThat(coverage.counted()).isEqualTo(100);
    assertThat(coverage.inspected()).isEqualTo(2);
    assertThat(coverage.inspectedClusters()).containsExactly("c-1", "c-2");
    assertThat(coverage.queried()).isEqualTo(2); // w-1 and c-3
    assertThat(coverage.countedOnly()).isEqualTo(96);
  }

  @Test
  void aCallThatAsksForNoClusterInspectsNone() {
    Coverage coverage =
        CoverageCount.of(
            snapshot(10, List.of(), List.of()),
            List.of(
                answered("query_open_issues", "{\"cluster_id\": null}", "{\"issues\": []}"),
                answered("query_open_issues", "{\"cluster_id\": \" \"}", "{\"issues\": []}"),
                answered("query_open_issues", "", "{\"issues\": []}"),
                answered("query_open_issues", "[\"cluster_id\"]", "{\"issues\": []}")),
            List.of(),
            List.of());

    assertThat(coverage.inspected()).isZero();
  }

  @Test
  void whatAnEarlierReportSaysOfAClusterIsNoLookAtIt() {
    Coverage coverage =
        CoverageCount.of(
            snapshot(10, List.of(), List.of()),
            List.of(
                answered("get_previous_patrol", "{}", "{\"flagged\":[{\"cluster_id\":\"c-1\"}]}")),
            List.of(),
            List.of());

    assertThat(coverage.queried()).isZero();
    assertThat(coverage.countedOnly()).isEqualTo(10);
  }

  @Test
  void anAnswerThatIsCutInItsMiddleOrHoldsJsonInATextIsReadAsFarAsItGoes() {
    String cut =
        "{\"rows\":[{\"cluster_id\":\"c-1\"},{\"cluster_id\":\"c-2 …[1,234 characters cut; ask for"
            + " less]… 9\"},{\"cluster_id\":\"c-3\"},{\"cluster_id\":\"c-4";

    assertThat(ClusterIds.in(cut)).containsExactly("c-1", "c-3");
    assertThat(ClusterIds.in("{\"text\": \"[{\\\"cluster_id\\\": \\\"c-5\\\"}]\"}"))
        .containsExactly("c-5");
    assertThat(
            ClusterIds.in("{\"my_cluster_id\": \"x\", \"cluster_ids\": \"y\", \"cluster_id\": 7}"))
        .isEmpty();
    assertThat(ClusterIds.in("{\"cluster_id\": \"" + "x".repeat(10_000) + "\"}")).isEmpty();
    assertThat(ClusterIds.in(null)).isEmpty();
    assertThat(ClusterIds.asked("{\"cluster_id\": \"c-6\", \"hours\": 2")).isEqualTo("c-6");
    assertThat(ClusterIds.asked("[".repeat(100_000))).isNull();
  }

  @Test
  void countsAddUpWhateverIsNamed() {
    List<Evidence> evidence = new ArrayList<>();
    IntStream.range(0, 8).forEach(i -> evidence.add(asked("search_logs", "c-" + i)));
    IntStream.range(0, 8)
        .forEach(
            i -> evidence.add(answered("query_sql", "{}", "{\"cluster_id\":\"q-" + i + "\"}")));
    for (int active : new int[] {-1, 0, 5, 8, 12, 16, 20}) {
      Coverage coverage =
          CoverageCount.of(snapshot(active, List.of(), List.of()), evidence, List.of(), List.of());

      assertThat(coverage.inspected() + coverage.queried() + coverage.countedOnly())
          .isEqualTo(coverage.counted())
          .isEqualTo(Math.max(0, active));
      assertThat(coverage.inspected()).isBetween(0, 8);
      assertThat(coverage.queried()).isBetween(0, 8);
      assertThat(coverage.countedOnly()).isNotNegative();
    }
  }

  @Test
  void whatCalledForALookAndGotNoneIsSaidWithTheReason() {
    FleetSnapshot snapshot =
        snapshot(
            10,
            List.of(cluster("b-1", "B")),
            List.of(cluster("a-1", "A"), cluster("s-2", "S"), cluster("s-1", "S")));
    List<Evidence> evidence =
        List.of(
            asked("get_cluster_alerts", "s-2"),
            answered(
                "get_infrastructure_state",
                "{\"cluster_id\": \"a-1\"}",
                "{\"error\": \"timed out\"}"));
    List<FlaggedCluster> flagged =
        List.of(flagged("x-1", "critical"), flagged("b-1", "CRITICAL"), flagged("b-2", "warning"));

    assertThat(CoverageCount.of(snapshot, evidence, flagged, List.of()).skipped())
        .extracting(SkippedCluster::clusterId, SkippedCluster::why)
        .containsExactly(
            Tuple.tuple("s-1", "nobody asked about it"),
            Tuple.tuple("a-1", "the call of get_infrastructure_state failed"),
            Tuple.tuple("b-1", "nobody asked about it"),
            Tuple.tuple("x-1", "nobody asked about it"));
    assertThat(
            CoverageCount.of(
                    snapshot,
                    evidence,
                    flagged,
                    List.of("x", "Tools were withdrawn near the limit of 200,000 tokens."))
                .skipped())
        .extracting(SkippedCluster::why)
        .containsExactly(
            "tools were withdrawn near the limit of 200,000 tokens",
            "the call of get_infrastructure_state failed",
            "tools were withdrawn near the limit of 200,000 tokens",
            "tools were withdrawn near the limit of 200,000 tokens");
  }

  @Test
  void aClusterThatWasAskedAboutAgainAfterAFailureIsNotSkipped() {
    Coverage coverage =
        CoverageCount.of(
            snapshot(10, List.of(), List.of(cluster("s-1", "S"))),
            List.of(
                answered("search_logs", "{\"cluster_id\": \"s-1\"}", "{\"error\": \"timed out\"}"),
                asked("search_logs", "s-1")),
            List.of(),
            List.of());

    assertThat(coverage.skipped()).isEmpty();
    assertThat(coverage.inspected()).isEqualTo(1);
  }

  @Test
  void atMostFiveHundredAreListedAsSkipped() {
    List<ProblemCluster> priority =
        IntStream.range(0, 900).mapToObj(i -> cluster("c-" + i, i < 100 ? "S" : "A")).toList();

    List<SkippedCluster> skipped =
        CoverageCount.of(snapshot(1_000, List.of(), priority), List.of(), List.of(), List.of())
            .skipped();

    assertThat(skipped).hasSize(500);
    assertThat(skipped.subList(0, 100))
        .allSatisfy(cluster -> assertThat(cluster.customerTier()).isEqualTo("S"));
  }

  @Test
  void sourcesThatLackRowsOrHaveOldOnesAreStale() {
    SourceFreshness fresh = new SourceFreshness("health_scores", NOW, 0, 0);
    SourceFreshness old = new SourceFreshness("risk_snapshots", NOW, 0, 3);
    SourceFreshness holes = new SourceFreshness("metrics", NOW, 1, 0);
    SourceFreshness none = new SourceFreshness("logs", null, 0, 0);
    FleetSnapshot base = snapshot(10, List.of(), List.of());
    FleetSnapshot snapshot =
        new FleetSnapshot(
            base.takenAt(),
            base.clusterCounts(),
            base.riskDistribution(),
            base.healthDistribution(),
            base.alerts24h(),
            base.openIssues(),
            List.of(),
            List.of(),
            List.of(fresh, old, holes, none),
            List.of());

    assertThat(CoverageCount.of(snapshot, List.of(), List.of(), List.of()).staleSources())
        .containsExactly(old, holes, none);
  }

  private static Evidence asked(String tool, String id) {
    return answered(tool, "{\"cluster_id\": \"" + id + "\"}", "{\"cluster_id\": \"" + id + "\"}");
  }

  private static Evidence answered(String tool, String arguments, String result) {
    return new Evidence(tool, arguments, result, NOW);
  }

  private static FlaggedCluster flagged(String id, String severity) {
    return new FlaggedCluster(id, severity, "because", Map.of());
  }

  private static ProblemCluster cluster(String id, String tier) {
    return new ProblemCluster(
        id, id, "ACME", tier, "aws", "eu-west-1", "4.2", 50.0, NOW, "Critical", List.of(), NOW);
  }

  private static FleetSnapshot snapshot(
      int active, List<ProblemCluster> worst, List<ProblemCluster> priority) {
    return new FleetSnapshot(
        NOW,
        new FleetSnapshot.ClusterCounts(active, active, 0, 0),
        new FleetSnapshot.RiskDistribution(0, 0, active, 0),
        new FleetSnapshot.HealthDistribution(active, 0, 0, 0),
        new FleetSnapshot.AlertCounts(0, 0, 0),
        new FleetSnapshot.IssueCounts(0, 0, 0, 0),
        worst,
        priority,
        List.of(),
        List.of());
  }
}
