package io.patrolagent.agentrunner.tool;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;

/** Figures with as many digits as say something. */
final class Figures {

  private static final int SIGNIFICANT = 6;

  private Figures() {}

  /** To six significant digits. */
  static BigDecimal plain(double value) {
    return significant(value, SIGNIFICANT);
  }

  static BigDecimal significant(double value, int digits) {
    BigDecimal rounded =
        BigDecimal.valueOf(value)
            .round(new MathContext(digits, RoundingMode.HALF_UP))
            .stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }

  /** Hours from one to the other, to a tenth. */
  static BigDecimal hours(Instant from, Instant to) {
    return BigDecimal.valueOf(Duration.between(from, to).toMillis())
        .divide(BigDecimal.valueOf(3_600_000), 1, RoundingMode.HALF_UP);
  }
}
