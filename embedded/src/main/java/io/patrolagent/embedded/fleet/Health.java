package io.patrolagent.embedded.fleet;

/**
 * A health score with its components, in whole tenths. The score is half the components' mean and
 * half the weakest of them, so that one thing that is badly wrong is not averaged away.
 */
record Health(
    long disk, long queries, long resources, long compaction, long replication, long nodes) {

  static Health of(Readings readings, Condition condition, double hoursAgo) {
    double wear = readings.traits().wear();
    return new Health(
        tenths(disk(readings.at(Metric.DISK_USED_PERCENT, hoursAgo))),
        tenths(queries(readings, hoursAgo) - wear),
        tenths(resources(readings, hoursAgo) - 0.5 * wear),
        tenths(100 - 0.14 * Math.max(0, readings.at(Metric.COMPACTION_SCORE, hoursAgo) - 70)),
        tenths(100 - 0.5 * Math.max(0, readings.at(Metric.REPLICATION_LAG_SECONDS, hoursAgo) - 5)),
        tenths(condition.nodesComponent(hoursAgo)));
  }

  /** The score in hundredths. */
  long score() {
    long sum = disk + queries + resources + compaction + replication + nodes;
    long weakest =
        Math.min(
            Math.min(Math.min(disk, queries), Math.min(resources, compaction)),
            Math.min(replication, nodes));
    return Math.round(10 * (sum / 6.0 + weakest) / 2);
  }

  String json() {
    StringBuilder json = new StringBuilder(110);
    append(json.append("{\"disk\": "), disk);
    append(json.append(", \"queries\": "), queries);
    append(json.append(", \"resources\": "), resources);
    append(json.append(", \"compaction\": "), compaction);
    append(json.append(", \"replication\": "), replication);
    append(json.append(", \"nodes\": "), nodes);
    return json.append('}').toString();
  }

  private static double disk(double used) {
    if (used <= 80) {
      return 100 - 4 * Math.max(0, used - 70);
    }
    return used <= 90 ? 60 - 3.6 * (used - 80) : 24 - 2.4 * (used - 90);
  }

  private static double queries(Readings readings, double hoursAgo) {
    double slowdown = readings.at(Metric.QUERY_P99_MS, hoursAgo) / readings.traits().p99Millis();
    double errors = readings.at(Metric.ERROR_RATE_PERCENT, hoursAgo);
    double forLatency = Math.min(52, 26 * Math.max(0, slowdown - 1.4));
    double forErrors = 40 * between(0, errors - 0.4, 1.1) + 8 * Math.max(0, errors - 1.5);
    return 100 - forLatency - forErrors;
  }

  private static double resources(Readings readings, double hoursAgo) {
    double cpu = readings.at(Metric.CPU_PERCENT, hoursAgo);
    double memory = readings.at(Metric.MEMORY_PERCENT, hoursAgo);
    return 100 - 1.5 * Math.max(0, cpu - 66) - 2 * Math.max(0, memory - 80);
  }

  private static long tenths(double component) {
    return Math.round(10 * between(0, component, 100));
  }

  private static double between(double low, double value, double high) {
    return Math.max(low, Math.min(high, value));
  }

  private static void append(StringBuilder json, long tenths) {
    json.append(tenths / 10).append('.').append(tenths % 10);
  }
}
