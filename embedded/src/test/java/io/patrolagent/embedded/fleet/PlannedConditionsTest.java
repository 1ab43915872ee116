package io.patrolagent.embedded.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conditions look the way the ground truth says at any hour, on any day and for any seed. */
class PlannedConditionsTest {

  @ParameterizedTest
  @CsvSource({
    "1, 2026-11-24T06:00:00Z",
    "2, 2026-11-24T18:30:00Z",
    "3, 2026-11-22T02:15:00Z",
    "4, 2027-02-28T23:59:59Z",
    "5, 2026-06-13T12:00:00Z",
    "6, 2024-02-29T00:00:00Z"
  })
  void severitiesAreThoseOfTheGroundTruth(long seed, Instant now) {
    // given
    FleetPlan plan = FleetPlan.of(new FleetOptions(1500, seed, FleetProfile.INCIDENTS, now));
    Map<String, PlantedIncident> planted = new HashMap<>();
    for (PlantedIncident incident : plan.groundTruth().incidents()) {
      incident.clusterIds().forEach(id -> planted.put(id, incident));
    }
    Set<String> unknown = new HashSet<>(plan.groundTruth().unknownClusterIds());

    for (Cluster cluster : plan.clusters()) {
      if (!cluster.isActive() || unknown.contains(cluster.id())) {
        continue;
      }
      // when
      Condition condition = plan.condition(cluster);
      Readings readings = new Readings(cluster, Traits.of(cluster), condition, now);
      double newest = Schedule.newest(cluster, condition);
      RiskLevel level = Risk.of(readings, condition, newest).level();
      double score = Health.of(readings, condition, newest).score() / 100.0;

      // then
      PlantedIncident incident = planted.get(cluster.id());
      if (incident == null) {
        assertThat(level).as(cluster.id()).isNotEqualTo(RiskLevel.CRITICAL);
        assertThat(score).as(cluster.id()).isGreaterThan(50);
      } else if (incident.kind() == IncidentKind.STALE_COLLECTOR) {
        assertThat(score).as(cluster.id()).isGreaterThanOrEqualTo(80);
      } else {
        assertThat(level).as("%s %s", incident.kind(), cluster.id()).isEqualTo(incident.severity());
        if (level == RiskLevel.CRITICAL) {
          assertThat(score).as("%s %s", incident.kind(), cluster.id()).isLessThan(70);
        } else {
          assertThat(score).as("%s %s", incident.kind(), cluster.id()).isGreaterThanOrEqualTo(80);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "4", "5", "6"})
  void nothingIsOlderThanItsCluster(long seed) {
    // given
    FleetPlan plan =
        FleetPlan.of(
            new FleetOptions(
                1500, seed, FleetProfile.INCIDENTS, Instant.parse("2026-11-24T06:00:00Z")));

    for (Cluster cluster : plan.clusters()) {
      // when
      Condition condition = plan.condition(cluster);

      // then
      assertThat(EverydayAlerts.alerts(cluster, condition))
          .as(cluster.id())
          .allMatch(alert -> alert.firedHoursAgo() <= cluster.ageHours());
      assertThat(EverydayAlerts.issues(cluster, condition))
          .as(cluster.id())
          .allMatch(issue -> issue.openedHoursAgo() <= cluster.ageHours());
      assertThat(condition.logs())
          .as(cluster.id())
          .allMatch(line -> line.hoursAgo() <= cluster.ageHours());
    }
  }
}
