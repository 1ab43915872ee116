package io.patrolagent.reportsink.verification;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A number as somebody wrote it: what it may be read as, its unit if it has one, and how exact it
 * wants to be taken.
 */
record Quantity(List<Reading> readings, @Nullable Unit unit, Bound bound) {

  private static final double ABOUT = 0.1;
  private static final double BEYOND = 0.1;

  /** Binary fractions are not decimal ones: a half that was rounded up must not fall out. */
  private static final double SLACK = 1e-12;

  Quantity {
    readings = List.copyOf(readings);
  }

  /** How a number is introduced. */
  enum Bound {
    EXACT,
    /** {@code about 40}. */
    ABOUT,
    /** {@code more than 40}. */
    OVER,
    /** {@code under 40}. */
    UNDER
  }

  /** One way to read the digits: the value, and half a unit of its last decimal. */
  record Reading(double value, double half) {

    static Reading of(double value, int decimals) {
      return new Reading(value, 0.5 * Math.pow(10, -decimals));
    }
  }

  /** What a value may be and still be what was written, both ends included. */
  record Interval(double low, double high) {

    boolean has(double value) {
      return low <= value && value <= high;
    }
  }

  /** The values that a reader accepts for this reading. */
  Interval interval(Reading reading) {
    double value = reading.value();
    double half = reading.half() + SLACK * Math.max(1, Math.abs(value));
    double size = Math.abs(value);
    return switch (bound) {
      case EXACT -> new Interval(value - half, value + half);
      case ABOUT ->
          new Interval(value - Math.max(half, ABOUT * size), value + Math.max(half, ABOUT * size));
      case OVER ->
          new Interval(
              value - half,
              Math.max(
                  value + Math.max(half, BEYOND * size),
                  unit == Unit.PERCENT && value >= 90 && value < 100 ? 100 : value));
      case UNDER ->
          new Interval(value <= 1 ? 0 : value - Math.max(half, BEYOND * size), value + half);
    };
  }

  /** Whether it is written with decimals, which counts of things are not. */
  boolean hasDecimals() {
    return readings.stream().anyMatch(reading -> reading.half() < 0.5);
  }

  Quantity with(Bound other) {
    return new Quantity(readings, unit, other);
  }
}
