package io.patrolagent.agentrunner.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FisherExactTest {

  @Test
  void agreesWithWhatCanBeCountedByHand() {
    // three of three marked ones in a sample of three out of ten: one in 120
    assertThat(FisherExact.atLeast(3, 3, 3, 10)).isCloseTo(1.0 / 120, within(1e-12));
    // at least one: all but the draws from the seven others, 35 of 120
    assertThat(FisherExact.atLeast(1, 3, 3, 10)).isCloseTo(85.0 / 120, within(1e-12));
    assertThat(FisherExact.atLeast(0, 3, 3, 10)).isCloseTo(1, within(1e-12));
  }

  @Test
  void holdsForLargeFleetsAndForFiguresThatDoNotFit() {
    assertThat(FisherExact.atLeast(40, 4_000, 60, 100_000)).isBetween(0.0, 1e-20);
    assertThat(FisherExact.atLeast(5, 3, 9, 10)).isEqualTo(1);
    assertThat(FisherExact.atLeast(2, 30, 3, 10)).isEqualTo(1);
  }
}
