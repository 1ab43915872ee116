package io.patrolagent.embedded.fleet;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetPlanTest {

  private static final FleetOptions OPTIONS =
      FleetOptions.defaults(Instant.parse("2026-11-24T06:00:00Z"));

  @Test
  void sameOptionsGiveTheSamePlan() {
    // when
    FleetPlan first = FleetPlan.of(OPTIONS);
    FleetPlan second = FleetPlan.of(OPTIONS);

    // then
    assertThat(second.clusters()).isEqualTo(first.clusters());
    assertThat(second.groundTruth()).isEqualTo(first.groundTruth());
  }

  @Test
  void anotherSeedGivesAnotherPlan() {
    // when
    FleetPlan one = FleetPlan.of(OPTIONS);
    FleetPlan other = FleetPlan.of(OPTIONS.withSeed(2));

    // then
    assertThat(other.clusters()).isNotEqualTo(one.clusters());
    assertThat(other.groundTruth().incidents()).isNotEqualTo(one.groundTruth().incidents());
  }

  @Test
  void aThousandClustersHaveEveryKindOfIncidentOnce() {
    // when
    GroundTruth truth = FleetPlan.of(OPTIONS).groundTruth();

    // then
    assertThat(truth.incidents())
        .extracting(PlantedIncident::kind)
        .containsExactlyInAnyOrder(IncidentKind.values());
    assertThat(only(truth, IncidentKind.COMPACTION_BUG).clusterIds()).hasSize(9);
    assertThat(only(truth, IncidentKind.COMPACTION_BUG).customers()).hasSizeGreaterThanOrEqualTo(4);
    assertThat(only(truth, IncidentKind.QUOTA_EXHAUSTED).clusterIds()).hasSizeBetween(2, 4);
    assertThat(only(truth, IncidentKind.QUOTA_EXHAUSTED).customers()).hasSize(1);
    assertThat(only(truth, IncidentKind.STALE_COLLECTOR).clusterIds()).hasSizeBetween(15, 60);
  }

  @Test
  void largerFleetsHaveMoreIncidents() {
    // when
    GroundTruth truth = FleetPlan.of(OPTIONS.withClusters(10_000)).groundTruth();

    // then
    Map<IncidentKind, Long> kinds =
        truth.incidents().stream().collect(groupingBy(PlantedIncident::kind, counting()));
    assertThat(kinds)
        .containsEntry(IncidentKind.DISK_FILLING, 3L)
        .containsEntry(IncidentKind.QUOTA_EXHAUSTED, 3L)
        .containsEntry(IncidentKind.NODE_CRASH_LOOP, 3L)
        .containsEntry(IncidentKind.CERTIFICATE_EXPIRING, 3L)
        .containsEntry(IncidentKind.BACKUP_STOPPED, 3L)
        .containsEntry(IncidentKind.NOISY_BUT_HEALTHY, 3L)
        .containsEntry(IncidentKind.PROMPT_INJECTION, 3L)
        .containsEntry(IncidentKind.COMPACTION_BUG, 1L)
        .containsEntry(IncidentKind.STALE_COLLECTOR, 1L);
    assertThat(only(truth, IncidentKind.COMPACTION_BUG).clusterIds()).hasSize(13);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anSAndAnACustomerAreHit(long seed) {
    // when
    List<PlantedIncident> toFlag =
        FleetPlan.of(OPTIONS.withSeed(seed)).groundTruth().incidents().stream()
            .filter(incident -> incident.severity() != RiskLevel.HEALTHY)
            .toList();

    // then
    assertThat(toFlag)
        .anyMatch(i -> i.kind() == IncidentKind.DISK_FILLING && i.tier() == Tier.S)
        .anyMatch(i -> i.kind() == IncidentKind.BACKUP_STOPPED && i.tier() == Tier.A);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8, 13, 20, 33, 50, 80, 200})
  void fleetsOfAnySizeGetTheIncidentsThatFit(int size) {
    for (long seed = 1; seed <= 8; seed++) {
      // when
      FleetPlan plan = FleetPlan.of(OPTIONS.withClusters(size).withSeed(seed));

      // then
      List<String> hit =
          plan.groundTruth().incidents().stream().flatMap(i -> i.clusterIds().stream()).toList();
      assertThat(plan.clusters()).hasSize(size);
      assertThat(hit).doesNotHaveDuplicates().isNotEmpty();
      assertThat(hit.size()).isLessThanOrEqualTo(Math.max(1, (int) (0.7 * size)));
      assertThat(activeIds(plan)).containsAll(hit);
    }
  }

  @Test
  void twentyClustersHaveMostKindsOfIncident() {
    for (long seed = 1; seed <= 8; seed++) {
      // when
      GroundTruth truth = FleetPlan.of(OPTIONS.withClusters(20).withSeed(seed)).groundTruth();

      // then
      assertThat(truth.incidents())
          .extracting(PlantedIncident::kind)
          .contains(
              IncidentKind.DISK_FILLING,
              IncidentKind.COMPACTION_BUG,
              IncidentKind.NODE_CRASH_LOOP,
              IncidentKind.BACKUP_STOPPED,
              IncidentKind.PROMPT_INJECTION)
          .hasSizeGreaterThanOrEqualTo(7);
    }
  }

  @Test
  void theCompactionBugIsOnItsVersionOnly() {
    // given
    FleetPlan plan = FleetPlan.of(OPTIONS);
    Set<String> hit =
        new HashSet<>(only(plan.groundTruth(), IncidentKind.COMPACTION_BUG).clusterIds());

    // then
    assertThat(plan.clusters().stream().filter(cluster -> hit.contains(cluster.id())))
        .allMatch(cluster -> cluster.version().equals(EngineVersions.WITH_COMPACTION_BUG));
    assertThat(
            plan.clusters().stream()
                .filter(c -> c.version().equals(EngineVersions.WITH_COMPACTION_BUG)))
        .as("others run the version and are well")
        .hasSizeGreaterThan(50);
  }

  @Test
  void theStaleRegionIsStaleAsAWholeAndHasNoOtherIncident() {
    // given
    FleetPlan plan = FleetPlan.of(OPTIONS.withClusters(6000));
    PlantedIncident stale = only(plan.groundTruth(), IncidentKind.STALE_COLLECTOR);
    Map<String, Cluster> byId = plan.clusters().stream().collect(toMap(Cluster::id, c -> c));
    Region region = byId.get(stale.clusterIds().get(0)).region();

    // then
    assertThat(stale.clusterIds())
        .containsExactlyElementsOf(
            plan.clusters().stream()
                .filter(cluster -> cluster.isActive() && cluster.region().equals(region))
                .map(Cluster::id)
                .toList());
  }

  @Test
  void tiersRunFromFewToMany() {
    // when
    FleetPlan plan = FleetPlan.of(OPTIONS.withClusters(5000));

    // then
    Set<Customer> customers = new HashSet<>();
    plan.clusters().forEach(cluster -> customers.add(cluster.customer()));
    Map<Tier, Long> tiers = customers.stream().collect(groupingBy(Customer::tier, counting()));
    assertThat(5000.0 / customers.size()).isBetween(8.0, 20.0);
    assertThat(tiers.get(Tier.S)).isLessThan(tiers.get(Tier.A));
    assertThat(tiers.get(Tier.A)).isLessThan(tiers.get(Tier.B));
    assertThat(tiers.get(Tier.B)).isLessThan(tiers.get(Tier.C));
    assertThat(share(tiers.get(Tier.S), customers.size())).isBetween(0.01, 0.05);
  }

  @Test
  void sharesAreThoseOfAnOrdinaryFleet() {
    // when
    List<Cluster> clusters = FleetPlan.of(OPTIONS.withClusters(5000)).clusters();

    // then
    Map<ClusterStatus, Long> statuses =
        clusters.stream().collect(groupingBy(Cluster::status, counting()));
    Map<String, Long> versions =
        clusters.stream().collect(groupingBy(Cluster::version, counting()));
    assertThat(share(statuses.get(ClusterStatus.ACTIVE), 5000)).isBetween(0.92, 0.96);
    assertThat(share(statuses.get(ClusterStatus.SUSPENDED), 5000)).isBetween(0.03, 0.05);
    assertThat(share(versions.get("3.2.4"), 5000)).isBetween(0.19, 0.25);
    assertThat(clusters)
        .allSatisfy(
            cluster -> assertThat(cluster.account().cloud().regions()).contains(cluster.region()));
  }

  @Test
  void clustersAreOrderedByTheirIdsAndHaveNamesOfTheirOwn() {
    // when
    List<Cluster> clusters = FleetPlan.of(OPTIONS).clusters();

    // then
    assertThat(clusters).isSortedAccordingTo(Comparator.comparing(Cluster::id));
    assertThat(clusters).extracting(Cluster::id).doesNotHaveDuplicates();
    assertThat(clusters).extracting(Cluster::name).doesNotHaveDuplicates();
  }

  @Test
  void someActiveClustersAreUnknown() {
    // when
    FleetPlan plan = FleetPlan.of(OPTIONS);

    // then
    List<Cluster> unseen =
        plan.clusters().stream()
            .filter(cluster -> plan.groundTruth().unknownClusterIds().contains(cluster.id()))
            .toList();
    assertThat(unseen).hasSizeBetween(2, 10).allMatch(Cluster::isActive);
    assertThat(unseen)
        .allMatch(
            cluster ->
                !plan.condition(cluster).hasHealthScores()
                    || !plan.condition(cluster).hasRiskSnapshots());
  }

  @Test
  void theHealthyProfileHasNothingWrong() {
    // when
    FleetPlan plan = FleetPlan.of(OPTIONS.withProfile(FleetProfile.HEALTHY));

    // then
    assertThat(plan.groundTruth().incidents()).isEmpty();
    assertThat(plan.groundTruth().unknownClusterIds()).isEmpty();
    assertThat(plan.clusters().stream().filter(Cluster::isActive))
        .allMatch(cluster -> plan.condition(cluster) == Condition.ORDINARY);
  }

  @Test
  void everyKindHasALabelOfItsOwn() {
    assertThat(Arrays.stream(IncidentKind.values()).map(IncidentKind::label))
        .doesNotHaveDuplicates()
        .contains("disk_filling", "prompt_injection");
  }

  private static PlantedIncident only(GroundTruth truth, IncidentKind kind) {
    assertThat(truth.incidents(kind)).hasSize(1);
    return truth.incidents(kind).get(0);
  }

  private static List<String> activeIds(FleetPlan plan) {
    Stream<Cluster> active = plan.clusters().stream().filter(Cluster::isActive);
    return active.map(Cluster::id).toList();
  }

  private static double share(long part, long whole) {
    return (double) part / whole;
  }
}
