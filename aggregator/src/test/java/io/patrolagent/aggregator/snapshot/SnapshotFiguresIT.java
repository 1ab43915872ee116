package io.patrolagent.aggregator.snapshot;

import static io.patrolagent.aggregator.TestFleet.NOW;
import static io.patrolagent.aggregator.TestFleet.hours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patrolagent.aggregator.TestFleet;
import io.patrolagent.aggregator.TestFleet.Cluster;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.FleetSnapshot.AlertCounts;
import io.patrolagent.common.patrol.FleetSnapshot.ClusterCounts;
import io.patrolagent.common.patrol.FleetSnapshot.HealthDistribution;
import io.patrolagent.common.patrol.FleetSnapshot.IssueCounts;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import io.patrolagent.common.patrol.FleetSnapshot.RiskDistribution;
import io.patrolagent.common.patrol.FleetSnapshot.RiskReason;
import io.patrolagent.common.patrol.Scope;
import io.patrolagent.common.stage.PermanentFailureException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every figure here is worked out by hand from the rows above it. */
class SnapshotFiguresIT {

  private static final Duration INSTANT = Duration.ofNanos(1000); // the database's own resolution

  private final TestFleet fleet = new TestFleet();

  @Test
  void countsClustersByStatus() throws Exception {
    fleet.cluster("a").cluster("b").cluster("c");
    fleet.cluster(Cluster.of("s").status("suspended"));
    fleet.cluster(Cluster.of("t1").status("terminated"));
    fleet.cluster(Cluster.of("t2").status("terminated"));

    FleetSnapshot snapshot = take();

    assertThat(snapshot.clusterCounts()).isEqualTo(new ClusterCounts(6, 3, 1, 2));
    assertThat(snapshot.takenAt()).isEqualTo(NOW);
  }

  @Test
  void putsBoundaryScoresIntoTheUpperBand() throws Exception {
    fleet.cluster("c0").score("c0", "0", hours(1)); // poor
    fleet.cluster("c1").score("c1", "59.99", hours(1)); // poor
    fleet.cluster("c2").score("c2", "60", hours(1)); // moderate
    fleet.cluster("c3").score("c3", "79.99", hours(1)); // moderate
    fleet.cluster("c4").score("c4", "80", hours(1)); // healthy
    fleet.cluster("c5").score("c5", "100", hours(1)); // healthy

    assertThat(take().healthDistribution()).isEqualTo(new HealthDistribution(2, 2, 2, 0));
  }

  @Test
  void countsAClusterWithoutARowAsUnknown() throws Exception {
    fleet.cluster("scored").score("scored", "95", hours(1));
    fleet.cluster("assessed").risk("assessed", "Healthy", hours(1));
    fleet.cluster("silent");

    FleetSnapshot snapshot = take();

    assertThat(snapshot.healthDistribution()).isEqualTo(new HealthDistribution(1, 0, 0, 2));
    assertThat(snapshot.riskDistribution()).isEqualTo(new RiskDistribution(0, 0, 1, 2));
  }

  @Test
  void leavesSuspendedAndTerminatedClustersOutOfDistributionsAndLists() throws Exception {
    fleet.cluster("up").score("up", "90", hours(1)).risk("up", "Healthy", hours(1));
    for (String status : List.of("suspended", "terminated")) {
      fleet.cluster(Cluster.of(status).tier("S").status(status));
      fleet.score(status, "1", hours(1)).risk(status, "Critical", hours(1));
    }

    FleetSnapshot snapshot = take();

    assertThat(snapshot.healthDistribution()).isEqualTo(new HealthDistribution(1, 0, 0, 0));
    assertThat(snapshot.riskDistribution()).isEqualTo(new RiskDistribution(0, 0, 1, 0));
    assertThat(ids(snapshot.worstClusters())).containsExactly("up");
    assertThat(snapshot.priorityClusters()).isEmpty();
  }

  @Test
  void letsTheLatestRowCountAndNoEarlierOne() throws Exception {
    fleet.cluster("c");
    fleet.score("c", "10", hours(3)).score("c", "85", hours(1)).score("c", "50", hours(2));
    fleet.risk("c", "Critical", hours(2)).risk("c", "Warning", hours(1));

    FleetSnapshot snapshot = take();

    assertThat(snapshot.healthDistribution()).isEqualTo(new HealthDistribution(1, 0, 0, 0));
    assertThat(snapshot.riskDistribution()).isEqualTo(new RiskDistribution(0, 1, 0, 0));
  }

  @Test
  void letsALatestRowCountHoweverOldItIs() throws Exception {
    fleet.cluster("c").score("c", "42", hours(24 * 90)).risk("c", "Critical", hours(24 * 90));

    FleetSnapshot snapshot = take();

    assertThat(snapshot.healthDistribution()).isEqualTo(new HealthDistribution(0, 0, 1, 0));
    assertThat(snapshot.riskDistribution()).isEqualTo(new RiskDistribution(1, 0, 0, 0));
    assertThat(snapshot.worstClusters().get(0).scoredAt()).isEqualTo(NOW.minus(hours(24 * 90)));
  }

  @Test
  void takesTheRowWrittenLaterWhereTwoAreOfTheSameInstant() throws Exception {
    fleet.cluster("c").score("c", "10", hours(1)).score("c", "90", hours(1));
    fleet.risk("c", "Critical", hours(1)).risk("c", "Healthy", hours(1));
    fleet.cluster("d").score("d", "90", hours(1)).score("d", "10", hours(1));
    fleet.risk("d", "Healthy", hours(1)).risk("d", "Critical", hours(1));

    FleetSnapshot snapshot = take();

    assertThat(snapshot.worstClusters())
        .extracting(
            ProblemCluster::clusterId, ProblemCluster::healthScore, ProblemCluster::riskLevel)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("d", 10.0, "Critical"),
            org.assertj.core.api.Assertions.tuple("c", 90.0, "Healthy"));
    assertThat(snapshot.healthDistribution()).isEqualTo(new HealthDistribution(1, 0, 1, 0));
    assertThat(snapshot.riskDistribution()).isEqualTo(new RiskDistribution(1, 0, 1, 0));
  }

  @Test
  void countsAlertsByWhenTheyFiredOrWereResolved() throws Exception {
    fleet.cluster("c").cluster(Cluster.of("gone").status("terminated"));
    fleet.firing("c", hours(1)); // firing
    fleet.firing("c", hours(24).minus(INSTANT)); // firing: just within
    fleet.firing("c", hours(24)); // from before: the day leaves out the instant it begins at
    fleet.firing("c", hours(24 * 30)); // from before
    fleet.firing("gone", hours(24 * 30)); // from before: still an alert, whatever its cluster is
    fleet.resolved("c", hours(5), hours(4)); // resolved
    fleet.resolved("c", hours(100), hours(23)); // resolved: within, fired before
    fleet.resolved("c", hours(100), hours(24)); // neither: exactly a day ago
    fleet.resolved("c", hours(100), hours(99)); // neither

    assertThat(take().alerts24h()).isEqualTo(new AlertCounts(2, 2, 3));
  }

  @Test
  void countsOngoingIssuesBySeverity() throws Exception {
    fleet.cluster("c").cluster(Cluster.of("s").status("suspended"));
    fleet.issue("c", "critical", "ongoing").issue("c", "high", "ongoing");
    fleet.issue("s", "high", "ongoing").issue("c", "low", "ongoing");
    fleet.issue("c", "medium", "resolved").issue("c", "critical", "resolved");

    assertThat(take().openIssues()).isEqualTo(new IssueCounts(1, 2, 0, 1));
  }

  @Test
  void listsTheTenLowestScoresLowestFirstAndEqualOnesById() throws Exception {
    for (int i = 12; i >= 1; i--) {
      String id = "c%02d".formatted(i);
      fleet.cluster(id).score(id, i <= 3 ? "70" : String.valueOf(60 + i), hours(1));
    }
    fleet.cluster("unscored").risk("unscored", "Critical", hours(1));

    // c04…c12 score 64…72, c01…c03 70: 64 65 66 67 68 69 70 70 70 70 | 71 72
    assertThat(ids(take().worstClusters()))
        .containsExactly("c04", "c05", "c06", "c07", "c08", "c09", "c01", "c02", "c03", "c10");
  }

  @Test
  void saysOfAProblemClusterAllThatIsKnown() throws Exception {
    fleet.cluster(Cluster.of("c").tier("A").customer("Globex").region("us-east-1"));
    fleet.score("c", "12.5", hours(2));
    fleet.risk(
        "c",
        "Critical",
        hours(1),
        """
        [{"code": "DISK_FILLING", "detail": "91 %"}, {"code": "CRASH_LOOP"}]""");

    FleetSnapshot snapshot = take();

    ProblemCluster expected =
        new ProblemCluster(
            "c",
            "c name",
            "Globex",
            "A",
            "aws",
            "us-east-1",
            "3.2.1",
            12.5,
            NOW.minus(hours(2)),
            "Critical",
            List.of(new RiskReason("DISK_FILLING", "91 %"), new RiskReason("CRASH_LOOP", null)),
            NOW.minus(hours(1)));
    assertThat(snapshot.worstClusters()).containsExactly(expected);
    assertThat(snapshot.priorityClusters()).containsExactly(expected);
  }

  @Test
  void listsEveryTierSAndAClusterThatIsCriticalOrPoorBesideTheWorstTen() throws Exception {
    fleet.cluster(Cluster.of("a-critical").tier("A")).risk("a-critical", "Critical", hours(1));
    fleet.cluster(Cluster.of("a-poor").tier("A")).score("a-poor", "59.99", hours(1));
    fleet.cluster(Cluster.of("s-poor").tier("S")).score("s-poor", "40", hours(1));
    fleet.cluster(Cluster.of("s-both").tier("S")).score("s-both", "50", hours(1));
    fleet.risk("s-both", "Critical", hours(1));
    fleet.cluster(Cluster.of("s-moderate").tier("S")).score("s-moderate", "60", hours(1));
    fleet.cluster(Cluster.of("s-warning").tier("S")).risk("s-warning", "Warning", hours(1));
    fleet.cluster(Cluster.of("s-unknown").tier("S"));
    fleet.cluster(Cluster.of("b-critical").tier("B")).risk("b-critical", "Critical", hours(1));
    fleet.cluster(Cluster.of("c-poor").tier("C")).score("c-poor", "3", hours(1));

    FleetSnapshot snapshot = take();

    // Tier S first, Critical first, lowest score first, without a score last
    assertThat(ids(snapshot.priorityClusters()))
        .containsExactly("s-both", "s-poor", "a-critical", "a-poor");
    assertThat(ids(snapshot.worstClusters()))
        .containsExactly("c-poor", "s-poor", "s-both", "a-poor", "s-moderate");
  }

  @Test
  void hasNothingToPatrolInAnEmptyFleet() {
    assertThatThrownBy(this::take)
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageContaining("the fleet has no cluster at all");
  }

  @Test
  void hasNothingToPatrolWhereNoClusterIsActive() {
    fleet.cluster(Cluster.of("t").status("terminated"));

    assertThatThrownBy(this::take)
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageContaining("the fleet has no active cluster, only 1 out of service");
  }

  @Test
  void isTakenAtTheDatabasesTimeUnlessToldOtherwise() throws Exception {
    fleet.cluster("c");
    Instant before =
        fleet.jdbi().withHandle(h -> h.createQuery("select now()").mapTo(Instant.class).one());

    FleetSnapshot snapshot =
        new SnapshotTaker(fleet.jdbi(), SqlFiles.shipped(), new SimpleMeterRegistry())
            .take(Scope.FLEET);

    Instant after =
        fleet.jdbi().withHandle(h -> h.createQuery("select now()").mapTo(Instant.class).one());
    assertThat(snapshot.takenAt()).isBetween(before, after);
  }

  private FleetSnapshot take() throws PermanentFailureException {
    return new SnapshotTaker(fleet.jdbi(), SqlFiles.shipped(), new SimpleMeterRegistry())
        .take(Scope.FLEET, NOW);
  }

  private static List<String> ids(List<ProblemCluster> clusters) {
    return clusters.stream().map(ProblemCluster::clusterId).toList();
  }
}
