package io.patrolagent.agentrunner.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.patrolagent.common.report.ReportParser;
import io.patrolagent.embedded.fleet.FleetProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Patrols of demo fleets whose incidents are known beforehand, through the agent's loop. */
class OfflineAnalystIT {

  private static final int CLUSTERS = 300;
  private static final int KINDS = 9;

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void everyPlantedIncidentIsFoundAndNothingIsFlaggedThatIsWell(long seed) throws Exception {
    DemoPatrol patrol = DemoPatrol.run(FleetProfile.INCIDENTS, seed, CLUSTERS);

    assertThat(patrol.grade().verdicts()).hasSizeGreaterThanOrEqualTo(KINDS);
    assertThat(patrol.grade().verdicts())
        .allSatisfy(verdict -> assertThat(verdict.isFound()).as("%s", verdict).isTrue());
    assertThat(patrol.grade().falseFlags()).isEmpty();
    assertThat(patrol.grade().warnings()).isEmpty();
    assertThat(patrol.result().usage().rounds()).isLessThanOrEqualTo(6);
  }

  @Test
  void aHealthyFleetIsCalledHealthyAndNothingIsFlagged() throws Exception {
    DemoPatrol patrol = DemoPatrol.run(FleetProfile.HEALTHY, 1, CLUSTERS);

    assertThat(patrol.result().report()).contains("The fleet is healthy");
    assertThat(ReportParser.parse(patrol.result().report()).flaggedClusters()).isEmpty();
    assertThat(patrol.grade().falseFlags()).isEmpty();
  }
}
