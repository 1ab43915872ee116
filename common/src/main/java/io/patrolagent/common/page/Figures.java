package io.patrolagent.common.page;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/** Numbers for people, the same in every locale. */
final class Figures {

  private static final BigDecimal CENT = new BigDecimal("0.01");

  private Figures() {}

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 1 cluster}, {@code 2 clusters}. */
  static String counted(long number, String one, String several) {
    return count(number) + " " + (number == 1 ? one : several);
  }

  /** A measured number as short as it can be without lying: at most two decimals. */
  static String number(double value) {
    if (!Double.isFinite(value) || Math.abs(value) >= 1e15) {
      return String.valueOf(value);
    }
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP);
    String plain = rounded.stripTrailingZeros().toPlainString();
    int point = plain.indexOf('.');
    String whole = String.format(Locale.ROOT, "%,d", rounded.longValue());
    String sign = rounded.signum() < 0 && rounded.longValue() == 0 ? "-" : "";
    return point < 0 ? whole : sign + whole + plain.substring(point);
  }

  /**
   * {@code 42 s}, {@code 7 min}, {@code 5 h}, {@code 3 d}: the largest unit that is at least one.
   */
  static String age(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 120) {
      return seconds + " s";
    }
    if (seconds < 2 * 3600) {
      return seconds / 60 + " min";
    }
    return seconds < 48 * 3600 ? seconds / 3600 + " h" : count(seconds / 86400) + " d";
  }

  /** Dollars to the cent, more exactly where it costs less than one. */
  static String dollars(BigDecimal cost) {
    boolean tiny = cost.signum() > 0 && cost.compareTo(CENT) < 0;
    return "$" + cost.setScale(tiny ? 4 : 2, RoundingMode.HALF_UP).toPlainString();
  }
}
