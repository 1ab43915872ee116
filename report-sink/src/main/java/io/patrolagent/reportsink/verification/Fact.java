package io.patrolagent.reportsink.verification;

import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/**
 * One thing that data says: a number or a text under a name, and which source says so; of what was
 * counted among a report's own entries none does. A time is a number of seconds since 1970.
 */
record Fact(
    String name,
    double value,
    @Nullable Unit unit,
    @Nullable String text,
    @Nullable Integer source,
    Standing standing) {

  private static final MathContext SHOWN = new MathContext(6);

  /** What a fact may be used for. */
  enum Standing {
    /** The thing of that name itself: a claim that differs is contradicted. */
    MEASURED,
    /** Of that name too, such as a minimum or an older sample: it verifies and contradicts none. */
    RELATED
  }

  static Fact number(
      String name, double value, @Nullable Unit unit, @Nullable Integer source, Standing as) {
    return new Fact(name, value, unit, null, source, as);
  }

  static Fact text(String name, String text, @Nullable Integer source, Standing as) {
    return new Fact(name, Double.NaN, null, text, source, as);
  }

  /** The same text, found by that number. */
  Fact at(double number) {
    return new Fact(name, number, null, text, source, standing);
  }

  boolean isNumber() {
    return text == null;
  }

  /** As a reader is told it. */
  String shown() {
    if (text != null) {
      return text;
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    return new BigDecimal(value).round(SHOWN).stripTrailingZeros().toPlainString();
  }
}
