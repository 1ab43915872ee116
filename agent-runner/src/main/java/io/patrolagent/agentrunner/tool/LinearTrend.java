package io.patrolagent.agentrunner.tool;

import java.util.OptionalDouble;

/**
 * A straight line through samples by least squares, fed one by one. Not thread-safe.
 *
 * <p>Means and sums of squares are updated as samples come (Welford), so that values that hardly
 * differ do not cancel each other out.
 */
final class LinearTrend {

  private static final int FEWEST_SAMPLES = 6;
  private static final double LEAST_R_SQUARED = 0.5;
  private static final double LEAST_T = 3;

  private long samples;
  private double meanX;
  private double meanY;
  private double squaresX;
  private double squaresY;
  private double products;

  void add(double x, double y) {
    samples++;
    double dx = x - meanX;
    double dy = y - meanY;
    meanX += dx / samples;
    meanY += dy / samples;
    squaresX += dx * (x - meanX);
    squaresY += dy * (y - meanY);
    products += dx * (y - meanY);
  }

  /** Change of y for each x; empty for less than two different x. */
  OptionalDouble slope() {
    return squaresX > 0 ? OptionalDouble.of(products / squaresX) : OptionalDouble.empty();
  }

  /** The share of y's variance that the line explains; 0 where y does not vary. */
  OptionalDouble rSquared() {
    if (!(squaresX > 0)) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        squaresY > 0 ? Math.min(1, products / squaresX * products / squaresY) : 0);
  }

  /**
   * Whether the line may be drawn on: from six samples, if it explains at least half of the
   * variance, and its slope is at least three standard errors away from none. A daily rhythm alone
   * explains less.
   */
  boolean significant() {
    if (samples < FEWEST_SAMPLES) {
      return false;
    }
    double explained = rSquared().orElse(0);
    double unexplained = 1 - explained;
    return explained >= LEAST_R_SQUARED
        && explained * (samples - 2) >= LEAST_T * LEAST_T * unexplained;
  }

  /** The x at which the line meets that y; empty where it is level or there is none. */
  OptionalDouble meets(double y) {
    double slope = slope().orElse(0);
    return slope == 0 ? OptionalDouble.empty() : OptionalDouble.of(meanX + (y - meanY) / slope);
  }
}
