package io.patrolagent.aggregator.snapshot;

import static io.patrolagent.aggregator.TestFleet.NOW;
import static io.patrolagent.aggregator.TestFleet.hours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patrolagent.aggregator.TestFleet;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.FleetSnapshot.ClusterCounts;
import io.patrolagent.common.patrol.FleetSnapshot.HealthDistribution;
import io.patrolagent.common.patrol.FleetSnapshot.RiskDistribution;
import io.patrolagent.common.patrol.Scope;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SnapshotConsistencyIT {

  private final TestFleet fleet = new TestFleet();
  private final ExecutorService executor = Executors.newSingleThreadExecutor();

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  @Test
  void aWriterBetweenTheQueriesDoesNotTearTheSnapshot() throws Exception {
    fleet.cluster("c1").score("c1", "90", hours(1)).risk("c1", "Healthy", hours(1));
    SnapshotTaker taker =
        new SnapshotTaker(fleet.jdbi(), SqlFiles.shipped(), new SimpleMeterRegistry());

    Future<FleetSnapshot> taking;
    try (Handle writer = fleet.jdbi().open()) {
      writer.begin();
      // the clusters are counted already when the risk query has to wait for this lock
      writer.execute("lock table byoc.cluster_risk_snapshots in access exclusive mode");
      taking = executor.submit(() -> taker.take(Scope.FLEET, NOW));
      await().atMost(Duration.ofSeconds(30)).until(this::snapshotWaits);
      fleet.cluster("c2").score("c2", "10", hours(0)).score("c1", "20", hours(0));
      writer.execute(
          "insert into byoc.cluster_risk_snapshots (cluster_id, risk_level, snapshot_at)"
              + " values ('c1', 'Critical', now())");
      writer.commit();
    }
    FleetSnapshot snapshot = taking.get(30, TimeUnit.SECONDS);

    assertThat(snapshot.clusterCounts()).isEqualTo(new ClusterCounts(1, 1, 0, 0));
    assertThat(snapshot.riskDistribution()).isEqualTo(new RiskDistribution(0, 0, 1, 0));
    assertThat(snapshot.healthDistribution()).isEqualTo(new HealthDistribution(1, 0, 0, 0));
    assertThat(snapshot.worstClusters()).hasSize(1);
    assertThat(snapshot.worstClusters().get(0).healthScore()).isEqualTo(90.0);
    assertThat(snapshot.worstClusters().get(0).riskLevel()).isEqualTo("Healthy");
    assertThat(taker.take(Scope.FLEET, NOW).clusterCounts().active()).isEqualTo(2);
  }

  private boolean snapshotWaits() {
    return fleet
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select exists (select from pg_locks where not granted and relation ="
                            + " cast('byoc.cluster_risk_snapshots' as regclass))")
                    .mapTo(Boolean.class)
                    .one());
  }
}
