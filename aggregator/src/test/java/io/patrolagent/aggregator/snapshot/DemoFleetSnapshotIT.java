package io.patrolagent.aggregator.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patrolagent.aggregator.TestDatabase;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.FleetSnapshot.HealthDistribution;
import io.patrolagent.common.patrol.FleetSnapshot.RiskDistribution;
import io.patrolagent.common.patrol.Scope;
import io.patrolagent.embedded.fleet.DemoFleet;
import io.patrolagent.embedded.fleet.FleetOptions;
import io.patrolagent.embedded.fleet.FleetProfile;
import io.patrolagent.embedded.fleet.IncidentKind;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On the demo fleet, whose rows are many and whose truth is known. */
class DemoFleetSnapshotIT {

  private static final FleetOptions OPTIONS =
      FleetOptions.defaults(Instant.parse("2026-11-24T07:00:00Z"));

  private static final Pattern HISTORY_SCAN =
      Pattern.compile("Seq Scan on cluster_(risk_snapshots|health_scores)");

  private static final DemoFleet DEMO = new DemoFleet(OPTIONS);
  private static Jdbi demo;

  @BeforeAll
  static void load() throws Exception {
    demo = loaded(DEMO);
  }

  @Test
  void aHealthyFleetIsSaidToBeHealthyAndNothingElse() throws Exception {
    FleetSnapshot snapshot =
        take(loaded(new DemoFleet(OPTIONS.withClusters(300).withProfile(FleetProfile.HEALTHY))));

    int active = snapshot.clusterCounts().active();
    assertThat(snapshot.clusterCounts().total()).isEqualTo(300);
    assertThat(snapshot.healthDistribution()).isEqualTo(new HealthDistribution(active, 0, 0, 0));
    assertThat(snapshot.riskDistribution()).isEqualTo(new RiskDistribution(0, 0, active, 0));
    assertThat(snapshot.priorityClusters()).isEmpty();
    assertThat(snapshot.warnings()).isEmpty();
  }

  @Test
  void theRegionWhoseCollectorFellSilentIsNamed() throws Exception {
    List<String> silent =
        DEMO.groundTruth().incidents(IncidentKind.STALE_COLLECTOR).get(0).clusterIds();
    String region =
        demo.withHandle(
            handle ->
                handle
                    .createQuery("select region from byoc.clusters where cluster_id = :id")
                    .bind("id", silent.get(0))
                    .mapTo(String.class)
                    .one());

    List<String> warnings = take(demo).warnings();

    for (String source : List.of("health scores", "risk snapshots")) {
      assertThat(warnings)
          .anyMatch(
              warning ->
                  warning.startsWith(source + ": none from ")
                      && warning.contains(
                          region + " (" + silent.size() + " active clusters) since "));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = SnapshotQuery.class,
      names = {"RISK_DISTRIBUTION", "HEALTH_DISTRIBUTION", "WORST_CLUSTERS"})
  void theHistoryIsProbedThroughItsIndexAndNeverReadWhole(SnapshotQuery query) {
    String plan = plan(query);

    assertThat(plan).containsPattern("Index Scan using cluster_\\w+_cluster_id_\\w+_at_idx");
    assertThat(plan).doesNotContainPattern(HISTORY_SCAN);
  }

  private static String plan(SnapshotQuery query) {
    String sql =
        SqlFiles.shipped()
            .get(query)
            .text()
            .replaceAll(":now\\b", "now()")
            .replaceAll(":(accounts|customers|tiers|regions|clusters)\\b", "'{}'");
    try (Handle handle = demo.open();
        Query explain = handle.createQuery("explain " + sql)) {
      explain.setTemplateEngine((text, context) -> text);
      return String.join("\n", explain.mapTo(String.class).list());
    }
  }

  private static Jdbi loaded(DemoFleet fleet) throws Exception {
    String url = TestDatabase.withReferenceSchema();
    try (Connection connection = DriverManager.getConnection(url, TestDatabase.user(), "")) {
      fleet.load(connection);
    }
    return TestDatabase.jdbi(url);
  }

  private static FleetSnapshot take(Jdbi jdbi) throws Exception {
    return new SnapshotTaker(jdbi, SqlFiles.shipped(), new SimpleMeterRegistry())
        .take(Scope.FLEET, OPTIONS.now());
  }
}
