package io.patrolagent.aggregator.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.patrolagent.aggregator.history.PreviousPatrol;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceWarningsTest {

  private static final Instant NOW = Instant.parse("2026-11-24T07:00:00Z");
  private static final Instant FRESH = NOW.minus(Duration.ofMinutes(10));

  @Test
  void saysNothingOfAFleetThatIsSeenWhole() {
    assertThat(warnings(region("eu", 1000, 0, 0, FRESH), region("us", 1, 0, 0, FRESH))).isEmpty();
  }

  @Test
  void saysThatNoClusterAtAllHasAFreshRowAndSinceWhen() {
    Instant newest = NOW.minus(Duration.ofHours(30));

    assertThat(warnings(region("eu", 1000, 10, 990, newest), region("us", 234, 0, 234, null)))
        .containsExactly(
            "health scores: none of the 1,234 active clusters has one from the last 24 h; the"
                + " newest is from 2026-11-23T01:00:00Z, 30 h before");
  }

  @Test
  void saysThatThereIsNoRowAtAll() {
    assertThat(warnings(region("eu", 3, 3, 0, null)))
        .containsExactly(
            "health scores: none of the 3 active clusters has one from the last 24 h; there is"
                + " none at all");
  }

  @ParameterizedTest
  @CsvSource({
    "20, 1, 0, true", // 5 %
    "20, 0, 1, true",
    "21, 1, 0, false", // 4.8 %
    "1000, 25, 25, true", // 5 %
    "1000, 25, 24, false",
  })
  void speaksOfAShareOfFiveInAHundred(int active, int withoutRow, int stale, boolean said) {
    assertThat(warnings(region("eu", active, withoutRow, stale, FRESH))).hasSize(said ? 1 : 0);
  }

  @Test
  void speaksOfADarkRegionThatIsAFewInAHundredOfTheFleet() {
    assertThat(
            warnings(
                region("eu-west-1", 3000, 3, 0, FRESH),
                region("us-east-1", 888, 0, 0, FRESH),
                region("ap-south-1", 112, 10, 102, NOW.minus(Duration.ofHours(29)))))
        .containsExactly(
            "health scores: 115 of 4,000 active clusters (2.9 %) have none from the last 24 h (102"
                + " an older one, 13 none at all); most affected: ap-south-1 112 of 112, eu-west-1"
                + " 3 of 3,000");
  }

  @Test
  void aRegionIsDarkFromHalfOfItOn() {
    RegionCoverage rest = region("eu", 1000, 0, 0, FRESH);

    assertThat(warnings(rest, region("ap", 10, 5, 0, FRESH))).hasSize(1);
    assertThat(warnings(rest, region("ap", 10, 4, 0, FRESH))).isEmpty();
  }

  @Test
  void namesTheThreeRegionsThatKnowLeastByShare() {
    String warning =
        warnings(
                region("a", 100, 20, 0, FRESH),
                region("b", 10, 9, 0, FRESH),
                region("c", 50, 0, 25, FRESH),
                region("d", 1000, 30, 0, FRESH))
            .get(0);

    assertThat(warning).endsWith("most affected: b 9 of 10, c 25 of 50, a 20 of 100");
  }

  @Test
  void speaksOfARegionThatFellSilentWhileOthersGoOn() {
    assertThat(
            warnings(
                region("eu", 900, 0, 0, FRESH),
                region("ap", 100, 0, 0, FRESH.minus(Duration.ofHours(5)))))
        .containsExactly(
            "health scores: none from ap (100 active clusters) since 2026-11-24T01:50:00Z, while"
                + " others go on until 2026-11-24T06:50:00Z; how these clusters are now is not"
                + " known");
  }

  @Test
  void aRegionIsSilentFromFourHoursOn() {
    RegionCoverage rest = region("eu", 900, 0, 0, FRESH);

    assertThat(warnings(rest, region("ap", 9, 0, 0, FRESH.minus(Duration.ofHours(4))))).hasSize(1);
    assertThat(warnings(rest, region("ap", 9, 0, 0, FRESH.minus(Duration.ofMinutes(239)))))
        .isEmpty();
  }

  @Test
  void namesTheThreeLargestSilentRegions() {
    Instant silent = FRESH.minus(Duration.ofHours(6));

    assertThat(
            warnings(
                region("a", 9, 0, 0, FRESH),
                region("b", 1, 0, 0, silent),
                region("c", 3, 0, 0, silent),
                region("d", 2, 0, 0, silent),
                region("e", 4, 0, 0, silent)))
        .singleElement()
        .asString()
        .containsSubsequence("e (4 ", "c (3 ", "d (2 ", "and 1 more regions")
        .doesNotContain("b (1 ");
  }

  @Test
  void namesTheFilesThatDisagreeOnHowManyClustersThereAre() {
    SourceCoverage quietDropped =
        new SourceCoverage(
            SourceCoverage.HEALTH_SCORES,
            SnapshotQuery.HEALTH_DISTRIBUTION,
            List.of(region("eu", 90, 0, 0, FRESH)));

    assertThat(SourceWarnings.of(100, Optional.empty(), List.of(quietDropped), NOW))
        .singleElement()
        .asString()
        .startsWith("health_distribution.sql counts 90 active clusters and cluster_counts.sql 100");
  }

  @Test
  void doesNotTrustARowFromTheFuture() {
    assertThat(warnings(region("eu", 1, 0, 0, NOW.plus(Duration.ofMinutes(5))))).isEmpty();
    assertThat(warnings(region("eu", 1, 0, 0, NOW.plus(Duration.ofMinutes(6)))))
        .singleElement()
        .asString()
        .contains("the newest is from 2026-11-24T07:06:00Z");
  }

  @ParameterizedTest
  @CsvSource({"1000, 700, true", "1000, 701, false", "10, 7, true", "3, 3, false", "3, 9, false"})
  void speaksOfALossOfThirtyInAHundredSinceTheLastPatrol(int before, int active, boolean said) {
    assertThat(collapse(before, active)).hasSize(said ? 1 : 0);
  }

  @Test
  void saysOfACollapseFromWhatToWhatAndSinceWhen() {
    assertThat(collapse(4000, 2600))
        .containsExactly(
            "active clusters fell from 4,000 to 2,600 (by 35.0 %) since patrol"
                + " 0192f0c1-2b7e-7c55-8d7e-3f2a9c1b5e44 of 2026-11-24T06:50:00Z: unless they were"
                + " taken out of service, the inventory is incomplete");
  }

  @Test
  void aFleetWithoutClustersBeforeCannotCollapse() {
    assertThat(collapse(0, 5)).isEmpty();
  }

  private static List<String> collapse(int before, int active) {
    PreviousPatrol previous =
        new PreviousPatrol(UUID.fromString("0192f0c1-2b7e-7c55-8d7e-3f2a9c1b5e44"), FRESH, before);
    return SourceWarnings.of(active, Optional.of(previous), List.of(), NOW);
  }

  private static List<String> warnings(RegionCoverage... regions) {
    SourceCoverage source =
        new SourceCoverage(
            SourceCoverage.HEALTH_SCORES, SnapshotQuery.HEALTH_DISTRIBUTION, List.of(regions));
    return SourceWarnings.of(source.active(), Optional.empty(), List.of(source), NOW);
  }

  private static RegionCoverage region(
      String name, int active, int withoutRow, int stale, Instant latestAt) {
    return new RegionCoverage(name, active, withoutRow, stale, latestAt);
  }
}
