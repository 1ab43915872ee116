package io.patrolagent.reportsink.verification;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a number counts, where it is written or follows from a name; most numbers have none. */
enum Unit {
  PERCENT(Dimension.SHARE, 1),
  MICROSECOND(Dimension.TIME, 1e-6),
  MILLISECOND(Dimension.TIME, 1e-3),
  SECOND(Dimension.TIME, 1),
  MINUTE(Dimension.TIME, 60),
  HOUR(Dimension.TIME, 3_600),
  DAY(Dimension.TIME, 86_400),
  WEEK(Dimension.TIME, 604_800),
  BYTE(Dimension.BYTES, 1),
  KILOBYTE(Dimension.BYTES, 1e3, 0x1p10),
  MEGABYTE(Dimension.BYTES, 1e6, 0x1p20),
  GIGABYTE(Dimension.BYTES, 1e9, 0x1p30),
  TERABYTE(Dimension.BYTES, 1e12, 0x1p40),
  PETABYTE(Dimension.BYTES, 1e15, 0x1p50),
  KIBIBYTE(Dimension.BYTES, 0x1p10),
  MEBIBYTE(Dimension.BYTES, 0x1p20),
  GIBIBYTE(Dimension.BYTES, 0x1p30),
  TEBIBYTE(Dimension.BYTES, 0x1p40),
  PEBIBYTE(Dimension.BYTES, 0x1p50);

  enum Dimension {
    SHARE,
    TIME,
    BYTES
  }

  private static final Map<String, Unit> WORDS = words();

  private final Dimension dimension;

  /** In the dimension's first unit. */
  private final double factor;

  /** What people mean by the same word as well. */
  private final double otherFactor;

  Unit(Dimension dimension, double factor) {
    this(dimension, factor, factor);
  }

  Unit(Dimension dimension, double factor, double otherFactor) {
    this.dimension = dimension;
    this.factor = factor;
    this.otherFactor = otherFactor;
  }

  boolean isTime() {
    return dimension == Dimension.TIME;
  }

  boolean isBytes() {
    return dimension == Dimension.BYTES;
  }

  double factor() {
    return factor;
  }

  /** Whether numbers of the two may be compared at all. */
  static boolean comparable(@Nullable Unit one, @Nullable Unit other) {
    return one == null || other == null || one.dimension == other.dimension;
  }

  /** What a fact's number may be multiplied with to stand in the claim's unit; none if unlike. */
  static double[] conversions(@Nullable Unit claim, @Nullable Unit fact) {
    if (claim == fact || claim == null || fact == null) {
      return new double[] {1};
    }
    if (claim.dimension != fact.dimension) {
      return new double[0];
    }
    if (!claim.isBytes()) {
      return new double[] {fact.factor / claim.factor};
    }
    return new double[] {
      fact.factor / claim.factor,
      fact.otherFactor / claim.otherFactor,
      fact.factor / claim.otherFactor,
      fact.otherFactor / claim.factor
    };
  }

  /** The unit that a word stands for, or null. */
  static @Nullable Unit of(String word) {
    Unit exact = WORDS.get(word);
    return exact != null ? exact : WORDS.get(word.toLowerCase(Locale.ROOT));
  }

  private static Map<String, Unit> words() {
    Map<String, Unit> words = new HashMap<>();
    put(words, PERCENT, "%", "percent", "pct", "percentage", "％", "percents", "pp");
    put(words, MICROSECOND, "us", "µs", "μs", "microseconds");
    put(words, MILLISECOND, "ms", "msec", "millis", "millisecond", "milliseconds");
    put(words, SECOND, "s", "sec", "secs", "second", "seconds");
    put(words, MINUTE, "m", "min", "mins", "minute", "minutes");
    put(words, HOUR, "h", "hr", "hrs", "hour", "hours");
    put(words, DAY, "d", "day", "days");
    put(words, WEEK, "w", "week", "weeks");
    put(words, BYTE, "B", "byte", "bytes");
    put(words, KILOBYTE, "kb", "K", "kilobytes");
    put(words, MEGABYTE, "mb", "megabytes");
    put(words, GIGABYTE, "gb", "G", "gigabytes");
    put(words, TERABYTE, "tb", "T", "terabytes");
    put(words, PETABYTE, "pb", "petabytes");
    put(words, KIBIBYTE, "kib", "Ki");
    put(words, MEBIBYTE, "mib", "Mi");
    put(words, GIBIBYTE, "gib", "Gi");
    put(words, TEBIBYTE, "tib", "Ti");
    put(words, PEBIBYTE, "pib", "Pi");
    return words;
  }

  private static void put(Map<String, Unit> words, Unit unit, String... names) {
    for (String name : names) {
      words.put(name, unit);
    }
  }
}
