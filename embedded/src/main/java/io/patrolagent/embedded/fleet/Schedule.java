package io.patrolagent.embedded.fleet;

/**
 * How often a source reported about a cluster within a month: every so many hours in its last two
 * days, in the two weeks up to then, and before. Scores are asked for over a month and kept daily;
 * readings are nine tenths of all rows, so that their older ones are thinned out.
 */
record Schedule(double lastDays, double lastWeeks, double before) {

  static final Schedule METRICS = new Schedule(4, 24, 72);
  static final Schedule SLOW_METRICS = new Schedule(24, 24, 72);
  static final Schedule HEALTH = new Schedule(4, 24, 24);
  static final Schedule RISK = new Schedule(6, 24, 24);

  private static final double MONTH = 30 * 24;
  private static final double TWO_DAYS = 48;
  private static final double TWO_WEEKS = 14 * 24;

  /**
   * Hours before now, the oldest first; none where collecting ended before the month began or the
   * cluster is younger than that.
   */
  double[] times(Cluster cluster, Condition condition) {
    double newest = newest(cluster, condition);
    double oldest = Math.min(MONTH, cluster.ageHours());
    int count = 0;
    for (double hours = newest; hours < oldest; hours = next(hours)) {
      count++;
    }
    double[] times = new double[count];
    double hours = newest;
    for (int i = count - 1; i >= 0; i--) {
      times[i] = hours;
      hours = next(hours);
    }
    return times;
  }

  /** A few minutes ago, each cluster at its own minute, or whenever collecting ended. */
  static double newest(Cluster cluster, Condition condition) {
    return condition.collectedUntilHoursAgo() + 0.03 + 0.2 * Noise.unit(cluster.seed(), 104);
  }

  private double next(double hours) {
    return hours + (hours < TWO_DAYS ? lastDays : hours < TWO_WEEKS ? lastWeeks : before);
  }
}
