package io.patrolagent.agentrunner.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LinearTrendTest {

  @Test
  void theLineIsTheLeastSquaresOne() {
    // x 1..5, y 2 4 5 4 5: Sxx 10, Sxy 6, Syy 6; slope 0.6, through (3, 4), r² = 36/60
    LinearTrend trend = trend(2, 4, 5, 4, 5);

    assertThat(trend.slope().getAsDouble()).isCloseTo(0.6, within(1e-12));
    assertThat(trend.rSquared().getAsDouble()).isCloseTo(0.6, within(1e-12));
    assertThat(trend.meets(10).getAsDouble()).isCloseTo(13, within(1e-9));
  }

  @Test
  void valuesThatHardlyDifferDoNotCancelOut() {
    LinearTrend trend = new LinearTrend();
    for (int x = 0; x < 100; x++) {
      trend.add(1e9 + x, 1e9 + 0.001 * x);
    }

    assertThat(trend.slope().getAsDouble()).isCloseTo(0.001, within(1e-6));
  }

  @Test
  void oneSampleOrOneInstantHasNoLine() {
    LinearTrend trend = new LinearTrend();
    trend.add(1, 5);
    trend.add(1, 9);

    assertThat(trend.slope()).isEmpty();
    assertThat(trend.rSquared()).isEmpty();
    assertThat(trend.significant()).isFalse();
    assertThat(trend.meets(10)).isEmpty();
  }

  @Test
  void aLevelLineExplainsNothingAndMeetsNothing() {
    LinearTrend trend = trend(4, 4, 4, 4, 4, 4, 4);

    assertThat(trend.slope()).hasValue(0);
    assertThat(trend.rSquared()).hasValue(0);
    assertThat(trend.significant()).isFalse();
    assertThat(trend.meets(10)).isEmpty();
  }

  @Test
  void itTakesSixSamplesToBeSignificant() {
    assertThat(trend(1, 2, 3, 4, 5).significant()).isFalse();
    assertThat(trend(1, 2, 3, 4, 5, 6).significant()).isTrue();
  }

  @Test
  void halfOfTheVarianceMustBeExplained() {
    // a rise of 1 under a swing of ±8, often enough for the slope's error to be small
    LinearTrend swinging = new LinearTrend();
    LinearTrend rising = new LinearTrend();
    for (int x = 0; x < 240; x++) {
      swinging.add(x, x / 24.0 + 8 * Math.sin(x * Math.PI / 12));
      rising.add(x, x / 2.4 + 8 * Math.sin(x * Math.PI / 12));
    }

    assertThat(swinging.rSquared().getAsDouble()).isBetween(0.05, 0.45);
    assertThat(swinging.significant()).isFalse();
    assertThat(rising.significant()).isTrue();
  }

  @Test
  void theSlopeMustBeThreeStandardErrorsFromNone() {
    // x 1..6, y 0 2 0 2 2 3: Sxx 17.5, Sxy 8.5, Syy 7.5; r² = 0.5505, t² = 4.9
    LinearTrend trend = trend(0, 2, 0, 2, 2, 3);

    assertThat(trend.rSquared().getAsDouble()).isCloseTo(72.25 / 131.25, within(1e-12));
    assertThat(trend.significant()).isFalse();
  }

  private static LinearTrend trend(double... values) {
    LinearTrend trend = new LinearTrend();
    for (int index = 0; index < values.length; index++) {
      trend.add(index + 1, values[index]);
    }
    return trend;
  }
}
