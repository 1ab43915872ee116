package io.patrolagent.embedded.fleet;

/** How busy people keep a cluster: quiet at night, a peak after lunch, less at weekends. */
final class Rhythm {

  private static final long DAY = 86_400;
  private static final double PEAK_HOUR = 14;
  private static final double WEEKEND = 0.6;

  private Rhythm() {}

  /** Load between about 0.15 and 1 at that moment, in the region's local time. */
  static double load(long epochSecond, int utcOffsetHours) {
    long local = epochSecond + utcOffsetHours * 3600L;
    double hour = Math.floorMod(local, DAY) / 3600.0;
    double day = 0.62 + 0.38 * Math.cos((hour - PEAK_HOUR) * Math.PI / 12);
    return isWeekend(local) ? day * WEEKEND : day;
  }

  private static boolean isWeekend(long localEpochSecond) {
    // the epoch began on a Thursday: its third and fourth day were a weekend
    long weekday = Math.floorMod(Math.floorDiv(localEpochSecond, DAY), 7L);
    return weekday == 2 || weekday == 3;
  }
}
