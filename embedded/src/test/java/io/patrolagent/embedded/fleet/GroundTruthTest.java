package io.patrolagent.embedded.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroundTruthTest {

  private static final GroundTruth TRUTH =
      FleetPlan.of(FleetOptions.defaults(Instant.parse("2026-11-24T06:00:00Z")).withClusters(200))
          .groundTruth();

  @TempDir Path directory;

  @Test
  void whatIsWrittenIsReadBack() throws Exception {
    // given
    Path file = directory.resolve("made/on/the/way/truth.json");

    // when
    TRUTH.writeTo(file);

    // then
    assertThat(GroundTruth.readFrom(file)).isEqualTo(TRUTH);
  }

  @Test
  void fieldsAreInSnakeCaseAndValuesAsTheTablesSpellThem() throws Exception {
    // given
    Path file = directory.resolve("truth.json");

    // when
    TRUTH.writeTo(file);

    // then
    assertThat(Files.readString(file))
        .contains(
            "\"now\" : \"2026-11-24T06:00:00Z\"",
            "\"profile\" : \"incidents\"",
            "\"unknown_cluster_ids\" : [",
            "\"kind\" : \"disk_filling\"",
            "\"cluster_ids\" : [",
            "\"severity\" : \"Critical\"");
  }

  @Test
  void anIncidentNeedsClustersAndEvidence() {
    Evidence evidence = new Evidence("byoc.clusters", "true", "all of them");
    assertThatThrownBy(() -> incident(List.of(), List.of(evidence)))
        .hasMessage("planted incident DISK_FILLING: needs a cluster");
    assertThatThrownBy(() -> incident(List.of("c-0001"), List.of()))
        .hasMessage("planted incident DISK_FILLING: needs evidence");
  }

  @Test
  void evidenceNeedsAConditionToSelectBy() {
    assertThatThrownBy(() -> new Evidence("byoc.clusters", " ", "all of them"))
        .hasMessage("evidence: where must not be blank");
  }

  private static PlantedIncident incident(List<String> clusterIds, List<Evidence> evidence) {
    return new PlantedIncident(
        IncidentKind.DISK_FILLING,
        clusterIds,
        List.of("Halden Freight"),
        Tier.S,
        RiskLevel.CRITICAL,
        "A disk is filling.",
        evidence);
  }
}
