package io.patrolagent.embedded.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReadingsTest {

  /** A Tuesday, 12:00 in UTC. */
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private static final FleetPlan PLAN =
      FleetPlan.of(FleetOptions.defaults(NOW).withClusters(300).withProfile(FleetProfile.HEALTHY));

  @Test
  void readingsDoNotDependOnTheOrderInWhichTheyAreAskedFor() {
    // given
    Readings readings = readings(PLAN.clusters().get(0), Condition.ORDINARY);

    // when
    double before = readings.at(Metric.CPU_PERCENT, 5);
    readings.at(Metric.CPU_PERCENT, 6);

    // then
    assertThat(readings.at(Metric.CPU_PERCENT, 5)).isEqualTo(before);
  }

  @Test
  void weekendsAreQuieterThanWorkingDays() {
    // when
    double tuesday = meanQueries(0);
    double sunday = meanQueries(48);

    // then
    assertThat(sunday).isBetween(0.5 * tuesday, 0.7 * tuesday);
  }

  @Test
  void nightsAreQuieterThanDays() {
    assertThat(meanLocal(14)).isGreaterThan(2.5 * meanLocal(2));
  }

  @Test
  void backupsRunEveryNightUnlessTheyStopped() {
    // given
    Cluster cluster = PLAN.clusters().get(0);
    Condition stopped =
        new Condition() {
          @Override
          public double backupsUntilHoursAgo() {
            return 31;
          }
        };

    // then
    for (double hoursAgo = 0; hoursAgo < 100; hoursAgo += 1.7) {
      assertThat(readings(cluster, Condition.ORDINARY).at(Metric.BACKUP_AGE_HOURS, hoursAgo))
          .isBetween(0.0, 24.0);
    }
    assertThat(readings(cluster, stopped).at(Metric.BACKUP_AGE_HOURS, 0)).isEqualTo(31);
    assertThat(readings(cluster, stopped).at(Metric.BACKUP_AGE_HOURS, 10)).isEqualTo(21);
  }

  @Test
  void aHealthScoreIsHalfTheMeanAndHalfTheWeakestComponent() {
    // given
    Health health = new Health(400, 1000, 1000, 1000, 1000, 1000);

    // then
    assertThat(health.score()).isEqualTo(6500);
    assertThat(health.json())
        .isEqualTo(
            "{\"disk\": 40.0, \"queries\": 100.0, \"resources\": 100.0, \"compaction\": 100.0,"
                + " \"replication\": 100.0, \"nodes\": 100.0}");
  }

  @Test
  void anOrdinaryClusterIsHealthyAtAnyHour() {
    for (Cluster cluster : PLAN.clusters()) {
      for (double hoursAgo = 0; hoursAgo < 170; hoursAgo += 7) {
        Readings readings = readings(cluster, Condition.ORDINARY);
        assertThat(Health.of(readings, Condition.ORDINARY, hoursAgo).score())
            .isBetween(8200L, 10_000L);
        assertThat(Risk.of(readings, Condition.ORDINARY, hoursAgo).level())
            .isEqualTo(RiskLevel.HEALTHY);
      }
    }
  }

  @Test
  void aScheduleIsOldestFirstAndDenserLately() {
    // when
    double[] times = new Schedule(6, 24, 72).times(old(), Condition.ORDINARY);

    // then
    assertThat(times[0]).isBetween(27 * 24.0, 30 * 24.0);
    assertThat(times[times.length - 1]).isBetween(0.0, 0.25);
    for (int i = 1; i < times.length; i++) {
      double step = times[i - 1] - times[i];
      double expected = times[i] < 48 ? 6 : times[i] < 14 * 24 ? 24 : 72;
      assertThat(step).isCloseTo(expected, within(1e-9));
    }
  }

  private static Cluster old() {
    return PLAN.clusters().stream().filter(Cluster::isSettled).findFirst().orElseThrow();
  }

  private static double meanQueries(double hoursAgo) {
    return PLAN.clusters().stream()
        .mapToDouble(c -> readings(c, Condition.ORDINARY).at(Metric.QUERIES_PER_SECOND, hoursAgo))
        .average()
        .orElseThrow();
  }

  /** Mean queries per second at that hour of today, each cluster in its own region's time. */
  private static double meanLocal(int hour) {
    return PLAN.clusters().stream()
        .mapToDouble(
            c ->
                readings(c, Condition.ORDINARY)
                    .at(Metric.QUERIES_PER_SECOND, 12 + c.region().utcOffsetHours() - hour))
        .average()
        .orElseThrow();
  }

  private static Readings readings(Cluster cluster, Condition condition) {
    return new Readings(cluster, Traits.of(cluster), condition, NOW);
  }
}
