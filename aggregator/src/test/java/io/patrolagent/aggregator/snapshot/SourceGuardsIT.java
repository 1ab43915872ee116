package io.patrolagent.aggregator.snapshot;

import static io.patrolagent.aggregator.TestFleet.NOW;
import static io.patrolagent.aggregator.TestFleet.hours;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patrolagent.aggregator.TestFleet;
import io.patrolagent.aggregator.TestFleet.Cluster;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.FleetSnapshot.SourceFreshness;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.Scope;
import io.patrolagent.common.stage.PermanentFailureException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceGuardsIT {

  private static final List<String> ALL = List.of();

  private final TestFleet fleet = new TestFleet();

  @Test
  void saysHowFreshEachSourceIsAndWhoIsStaleOrMissing() throws Exception {
    fleet.cluster("fresh").score("fresh", "90", hours(24).minus(Duration.ofSeconds(1)));
    fleet.cluster("day-old").score("day-old", "90", hours(24)); // not younger than a day
    fleet.cluster("old").score("old", "90", hours(48)).risk("old", "Healthy", hours(72));
    fleet.cluster("none");
    fleet.cluster(Cluster.of("gone").status("terminated")).score("gone", "90", hours(0));

    FleetSnapshot snapshot = take(Scope.FLEET);

    assertThat(snapshot.sources())
        .containsExactly(
            new SourceFreshness(
                "health_scores", NOW.minus(hours(24)).plus(Duration.ofSeconds(1)), 1, 2),
            new SourceFreshness("risk_snapshots", NOW.minus(hours(72)), 3, 1));
    assertThat(snapshot.warnings())
        .containsExactly(
            "health scores: 3 of 4 active clusters (75.0 %) have none from the last 24 h (2 an"
                + " older one, 1 none at all); most affected: eu-west-1 3 of 4",
            "risk snapshots: none of the 4 active clusters has one from the last 24 h; the newest"
                + " is from 2026-11-21T07:00:00Z, 72 h before");
  }

  @Test
  void aDeadCollectorDoesNotReadAsAHealthyFleet() throws Exception {
    for (int i = 0; i < 30; i++) {
      String region = i == 0 ? "ap-south-1" : "eu-west-1";
      fleet.cluster(Cluster.of("c" + i).region(region));
      fleet.score("c" + i, "99", i == 0 ? hours(30) : hours(1));
      fleet.risk("c" + i, "Healthy", hours(1));
    }

    assertThat(take(Scope.FLEET).warnings())
        .singleElement()
        .asString()
        .contains("1 of 30 active clusters (3.3 %)", "most affected: ap-south-1 1 of 1");
  }

  @Test
  void comparesWithTheLastPatrolOfTheSameScopeThatHasASnapshot() throws Exception {
    healthyClusters(7);
    fleet.reportsTable();
    Scope scope = new Scope(ALL, ALL, List.of("S", "B"), List.of("eu-west-1"), ALL);
    Scope reordered = new Scope(ALL, ALL, List.of("B", "S"), List.of("eu-west-1"), ALL);
    fleet.report(scope, 7, hours(36)); // an older one
    PatrolId last = fleet.report(reordered, 10, hours(12));
    fleet.report(scope, -1, hours(1)); // failed before it had a snapshot
    fleet.report(Scope.FLEET, 7, hours(1)); // of another scope
    fleet.report(new Scope(ALL, ALL, List.of("B"), List.of("eu-west-1"), ALL), 7, hours(1));

    assertThat(take(scope).warnings())
        .singleElement()
        .asString()
        .startsWith(
            "active clusters fell from 10 to 7 (by 30.0 %) since patrol "
                + last
                + " of 2026-11-23T19:00:00Z");
    assertThat(take(Scope.FLEET).warnings()).isEmpty();
  }

  @Test
  void hasNothingToCompareWithWhereNoPatrolOfTheScopeEnded() throws Exception {
    healthyClusters(2);

    assertThat(take(Scope.FLEET).warnings()).isEmpty();
    fleet.reportsTable();
    assertThat(take(Scope.FLEET).warnings()).isEmpty();
  }

  private void healthyClusters(int clusters) {
    for (int i = 0; i < clusters; i++) {
      fleet.cluster("c" + i).score("c" + i, "95", hours(1)).risk("c" + i, "Healthy", hours(1));
    }
  }

  private FleetSnapshot take(Scope scope) throws PermanentFailureException {
    return new SnapshotTaker(fleet.jdbi(), SqlFiles.shipped(), new SimpleMeterRegistry())
        .take(scope, NOW);
  }
}
