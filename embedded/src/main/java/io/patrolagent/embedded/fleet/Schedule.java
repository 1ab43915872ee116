package io.patrolagent.embedded.fleet;

/**
 * When a source reported about a cluster: once a day over a month, and every few hours in the last
 * two days of it. Hours before now, the oldest first.
 */
final class Schedule {

  static final double HISTORY_HOURS = 30 * 24;
  private static final double DENSE_HOURS = 48;
  private static final double DAY = 24;

  private Schedule() {}

  /** Empty where collecting ended before the month began. */
  static double[] of(Cluster cluster, Condition condition, double stepHours) {
    double newest = newest(cluster, condition);
    double oldest = Math.min(HISTORY_HOURS, cluster.ageHours());
    int count = 0;
    for (double hours = newest; hours < oldest; hours = next(hours, stepHours)) {
      count++;
    }
    double[] times = new double[count];
    double hours = newest;
    for (int i = count - 1; i >= 0; i--) {
      times[i] = hours;
      hours = next(hours, stepHours);
    }
    return times;
  }

  /** A few minutes ago, each cluster at its own minute, or whenever collecting ended. */
  static double newest(Cluster cluster, Condition condition) {
    return condition.collectedUntilHoursAgo() + 0.03 + 0.2 * Noise.unit(cluster.seed(), 104);
  }

  private static double next(double hours, double stepHours) {
    return hours + (hours < DENSE_HOURS ? stepHours : DAY);
  }
}
