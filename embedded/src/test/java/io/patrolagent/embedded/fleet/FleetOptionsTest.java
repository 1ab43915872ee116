package io.patrolagent.embedded.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class FleetOptionsTest {

  private static final Instant NOW = Instant.parse("2026-11-24T06:00:00Z");

  @Test
  void defaultsAreAThousandClustersWithIncidents() {
    assertThat(FleetOptions.defaults(NOW))
        .isEqualTo(new FleetOptions(1000, 1, FleetProfile.INCIDENTS, NOW));
  }

  @Test
  void nowIsKeptToTheSecond() {
    assertThat(FleetOptions.defaults(NOW.plusNanos(987_654_321)).now()).isEqualTo(NOW);
  }

  @Test
  void aFleetNeedsAtLeastOneCluster() {
    assertThatThrownBy(() -> FleetOptions.defaults(NOW).withClusters(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("fleet options: clusters must be between 1 and 1000000, was 0");
  }

  @Test
  void aFleetHasAtMostAMillionClusters() {
    assertThatThrownBy(() -> FleetOptions.defaults(NOW).withClusters(1_000_001))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("was 1000001");
  }

  @Test
  void nowMustBeATimeThatTheDatabaseCanHold() {
    assertThatThrownBy(() -> FleetOptions.defaults(Instant.MAX))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("fleet options: now must be between 2000-01-01");
  }

  @Test
  void profileAndNowMustBeGiven() {
    assertThatThrownBy(() -> new FleetOptions(1, 1, null, NOW))
        .hasMessage("fleet options: profile must be given");
    assertThatThrownBy(() -> new FleetOptions(1, 1, FleetProfile.HEALTHY, null))
        .hasMessage("fleet options: now must be given");
  }
}
