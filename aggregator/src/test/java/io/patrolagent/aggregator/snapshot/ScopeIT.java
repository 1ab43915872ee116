package io.patrolagent.aggregator.snapshot;

import static io.patrolagent.aggregator.TestFleet.NOW;
import static io.patrolagent.aggregator.TestFleet.hours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patrolagent.aggregator.TestFleet;
import io.patrolagent.aggregator.TestFleet.Cluster;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import io.patrolagent.common.patrol.Scope;
import io.patrolagent.common.stage.PermanentFailureException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScopeIT {

  private static final TestFleet FLEET = fleet();
  private static final List<String> ALL = List.of();

  /** Each with one row in every source, so that every figure is the number of clusters in scope. */
  private static TestFleet fleet() {
    TestFleet fleet = new TestFleet();
    fleet.cluster(cluster("c1", "acct-1", "Acme", "S", "eu-west-1"));
    fleet.cluster(cluster("c2", "acct-1", "Acme", "A", "us-east-1"));
    fleet.cluster(cluster("c3", "acct-2", "Acme", "S", "us-east-1"));
    fleet.cluster(cluster("c4", "acct-3", "O'Neil, \"{Söhne}\"", "A", "eu-west-1"));
    fleet.cluster(cluster("c5", "acct-3", "Globex", "S", "ap-south-1"));
    for (String id : List.of("c1", "c2", "c3", "c4", "c5")) {
      fleet.score(id, "10", hours(1)).risk(id, "Critical", hours(1));
      fleet.firing(id, hours(1)).resolved(id, hours(2), hours(1)).firing(id, hours(30));
      fleet.issue(id, "high", "ongoing");
    }
    return fleet;
  }

  static Stream<Arguments> scopes() {
    return Stream.of(
        Arguments.of(Scope.FLEET, List.of("c1", "c2", "c3", "c4", "c5")),
        Arguments.of(accounts("acct-1"), List.of("c1", "c2")),
        Arguments.of(accounts("acct-2", "acct-3"), List.of("c3", "c4", "c5")),
        Arguments.of(customers("Acme"), List.of("c1", "c2", "c3")),
        Arguments.of(customers("O'Neil, \"{Söhne}\""), List.of("c4")),
        Arguments.of(tiers("A"), List.of("c2", "c4")),
        Arguments.of(regions("us-east-1", "ap-south-1"), List.of("c2", "c3", "c5")),
        Arguments.of(clusters("c5", "c1", "unheard-of"), List.of("c1", "c5")),
        Arguments.of(
            new Scope(ALL, List.of("Acme"), List.of("S"), List.of("us-east-1"), ALL),
            List.of("c3")),
        Arguments.of(
            new Scope(
                List.of("acct-1", "acct-3"),
                List.of("Acme", "Globex"),
                List.of("S", "A"),
                List.of("eu-west-1", "us-east-1"),
                List.of("c1", "c2", "c3", "c4", "c5")),
            List.of("c1", "c2")));
  }

  @ParameterizedTest
  @MethodSource("scopes")
  void everyFigureKeepsToTheScope(Scope scope, List<String> inScope) throws Exception {
    FleetSnapshot snapshot = take(scope);

    int n = inScope.size();
    assertThat(snapshot.clusterCounts()).isEqualTo(new FleetSnapshot.ClusterCounts(n, n, 0, 0));
    assertThat(snapshot.riskDistribution())
        .isEqualTo(new FleetSnapshot.RiskDistribution(n, 0, 0, 0));
    assertThat(snapshot.healthDistribution())
        .isEqualTo(new FleetSnapshot.HealthDistribution(0, 0, n, 0));
    assertThat(snapshot.alerts24h()).isEqualTo(new FleetSnapshot.AlertCounts(n, n, n));
    assertThat(snapshot.openIssues()).isEqualTo(new FleetSnapshot.IssueCounts(0, n, 0, 0));
    assertThat(snapshot.worstClusters())
        .extracting(ProblemCluster::clusterId)
        .containsExactlyElementsOf(inScope);
    assertThat(snapshot.priorityClusters())
        .extracting(ProblemCluster::clusterId)
        .containsExactlyInAnyOrderElementsOf(inScope);
    assertThat(snapshot.warnings()).isEmpty();
  }

  @Test
  void aScopeThatMatchesNothingIsNeverHealthyAndSaysWhichItWas() {
    Scope scope = new Scope(ALL, List.of("Globex"), ALL, List.of("eu-west-1"), ALL);

    assertThatThrownBy(() -> take(scope))
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageContaining(
            "the scope (customers Globex; regions eu-west-1) matches no cluster at all");
  }

  @Test
  void aValueIsNeverReadAsSql() {
    Scope scope = customers("Acme') or ('1' = '1");

    assertThatThrownBy(() -> take(scope)).isInstanceOf(PermanentFailureException.class);
  }

  private static FleetSnapshot take(Scope scope) throws PermanentFailureException {
    return new SnapshotTaker(FLEET.jdbi(), SqlFiles.shipped(), new SimpleMeterRegistry())
        .take(scope, NOW);
  }

  private static Cluster cluster(
      String id, String account, String customer, String tier, String region) {
    return Cluster.of(id).account(account).customer(customer).tier(tier).region(region);
  }

  private static Scope accounts(String... values) {
    return new Scope(List.of(values), ALL, ALL, ALL, ALL);
  }

  private static Scope customers(String... values) {
    return new Scope(ALL, List.of(values), ALL, ALL, ALL);
  }

  private static Scope tiers(String... values) {
    return new Scope(ALL, ALL, List.of(values), ALL, ALL);
  }

  private static Scope regions(String... values) {
    return new Scope(ALL, ALL, ALL, List.of(values), ALL);
  }

  private static Scope clusters(String... values) {
    return new Scope(ALL, ALL, ALL, ALL, List.of(values));
  }
}
