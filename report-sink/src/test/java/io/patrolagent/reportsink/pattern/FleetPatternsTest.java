package io.patrolagent.reportsink.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.patrolagent.common.report.ClusterFacts;
import io.patrolagent.common.report.FlaggedCluster;
import io.patrolagent.common.report.FleetPattern;
import io.patrolagent.common.report.ReasonCode;
import io.patrolagent.reportsink.fleet.FleetView;
import io.patrolagent.reportsink.fleet.FleetView.Cohort;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FleetPatternsTest {

  private final List<FlaggedCluster> flagged = new ArrayList<>();
  private final Map<String, ClusterFacts> facts = new HashMap<>();

  @Test
  void aVersionWhoseClustersAreSickFarMoreOftenThanOthersIsAPattern() {
    sick(9, "3.2.1", "active");
    sick(1, "3.1.0", "active");

    assertThat(patterns(new Cohort("version", "3.2.1", 30), new Cohort("version", "3.1.0", 90)))
        .containsExactly(
            new FleetPattern(ReasonCode.COMPACTION_BEHIND, "version", "3.2.1", 9, 3, 30, 1, 90));
  }

  @Test
  void whatIsAsFrequentElsewhereIsNone() {
    sick(9, "3.2.1", "active");
    sick(9, "3.1.0", "active");

    assertThat(patterns(new Cohort("version", "3.2.1", 30), new Cohort("version", "3.1.0", 90)))
        .isEmpty();
  }

  @Test
  void whatIsASymptomOnlyIsNoLead() {
    sick(9, "3.2.1", "active", ReasonCode.HEALTH_POOR);

    assertThat(patterns(new Cohort("version", "3.2.1", 30), new Cohort("version", "3.1.0", 90)))
        .isEmpty();
  }

  @Test
  void twoClustersAreNone() {
    sick(2, "3.2.1", "active");

    assertThat(patterns(new Cohort("version", "3.2.1", 30), new Cohort("version", "3.1.0", 90)))
        .isEmpty();
  }

  @Test
  void whatTheWholeFleetSharesIsNone() {
    sick(9, "3.2.1", "active");

    assertThat(patterns(new Cohort("version", "3.2.1", 30))).isEmpty();
  }

  @Test
  void clustersThatDoNotRunDoNotCount() {
    sick(9, "3.2.1", "suspended");

    assertThat(patterns(new Cohort("version", "3.2.1", 30), new Cohort("version", "3.1.0", 90)))
        .isEmpty();
  }

  private List<FleetPattern> patterns(Cohort... cohorts) {
    return FleetPatterns.among(
        flagged, new FleetView(Instant.EPOCH, facts, List.of(), List.of(cohorts), null));
  }

  private void sick(int clusters, String version, String status) {
    sick(clusters, version, status, ReasonCode.COMPACTION_BEHIND);
  }

  private void sick(int clusters, String version, String status, ReasonCode code) {
    for (int i = 0; i < clusters; i++) {
      String id = version + "-" + i;
      flagged.add(new FlaggedCluster(id, "critical", null, Map.of()));
      facts.put(
          id,
          new ClusterFacts(
              id,
              id,
              "customer " + i % 3,
              "B",
              "aws",
              "eu-west-1",
              version,
              status,
              null,
              null,
              null,
              List.of(),
              null,
              Map.of(),
              List.of(code)));
    }
  }
}
