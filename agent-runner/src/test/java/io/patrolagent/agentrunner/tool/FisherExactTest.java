package io.patrolagent.agentrunner.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FisherExactTest {

  /**
   * By hand from binomial coefficients. Of 8 cups 4 have milk first: all 4 found is 1/70, at least
   * 3 is (16+1)/70. Of 10 with 3 bad, a cohort of 3: all 3 is 1/120, at least 2 is (3·7+1)/120, at
   * least 1 is 1-35/120. Of 20 with 5 bad, a cohort of 6 with at least 4: (C(5,4)·C(15,2)+C(15,1))
   * / C(20,6) = (525+15)/38760.
   */
  @ParameterizedTest
  @CsvSource({
    "8, 4, 4, 4, 0.0142857142857",
    "8, 3, 4, 4, 0.2428571428571",
    "10, 3, 3, 3, 0.0083333333333",
    "10, 2, 3, 3, 0.1833333333333",
    "10, 1, 3, 3, 0.7083333333333",
    "10, 0, 3, 3, 1",
    "20, 4, 6, 5, 0.0139318885449",
    "5, 5, 5, 5, 1",
    "5, 4, 3, 5, 0",
    "0, 0, 0, 0, 1"
  })
  void theTailIsThatOfTheHypergeometricDistribution(
      int population, int hits, int cohort, int allHits, double expected) {
    assertThat(new FisherExact(population).atLeast(hits, cohort, allHits))
        .isCloseTo(expected, within(1e-12));
  }

  @Test
  void whatCannotBeOtherwiseIsCertain() {
    // of 10 with 8 bad, a cohort of 5 has at least 3 of them
    assertThat(new FisherExact(10).atLeast(3, 5, 8)).isCloseTo(1, within(1e-12));
    assertThat(new FisherExact(10).atLeast(4, 5, 8)).isCloseTo(1 - 56 / 252.0, within(1e-12));
  }

  @Test
  void aTailFarBelowWhatADoubleAddsUpToIsStillRight() {
    // all 50 of a cohort of 50, of 100 that 50 have: 1 / C(100, 50)
    assertThat(new FisherExact(100).atLeast(50, 50, 50) * 1.0089134454556419e29)
        .isCloseTo(1, within(1e-9));
  }

  @Test
  void aLargeFleetIsNoSumOfItsRoundingErrors() {
    // by symmetry: at least half of an even split is half of it plus half of the peak
    FisherExact fisher = new FisherExact(100_000);
    double atLeast = fisher.atLeast(500, 1_000, 50_000);
    double more = fisher.atLeast(501, 1_000, 50_000);

    assertThat(atLeast + more).isCloseTo(1, within(1e-8));
  }

  @Test
  void moreThanThereAreIsAnError() {
    assertThatThrownBy(() -> new FisherExact(5).atLeast(1, 6, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("population of 5, got 6 and 2");
  }
}
