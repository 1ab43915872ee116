package io.patrolagent.embedded.fleet;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What any cluster writes into its log: nightly backups for three days, and small talk for two. */
final class EverydayLogs {

  private static final long SALT = 105;
  private static final double DAY = 24;
  private static final int NIGHTS = 3;
  private static final double TALK_HOURS = 48;
  private static final DateTimeFormatter BACKUP_NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmm").withZone(ZoneOffset.UTC);

  private EverydayLogs() {}

  static List<LogLine> of(Cluster cluster, Condition condition, Readings readings, Instant now) {
    List<LogLine> lines = new ArrayList<>(16);
    if (cluster.isActive()) {
      SplittableRandom random = new SplittableRandom(Noise.mix(cluster.seed(), SALT));
      addBackups(lines, cluster, readings, now, random);
      int talk = 6 + random.nextInt(5);
      double span = Math.min(TALK_HOURS, cluster.ageHours());
      for (int i = 0; i < talk; i++) {
        lines.add(smallTalk(cluster, span * random.nextDouble(), random));
      }
    }
    lines.addAll(condition.logs());
    return lines;
  }

  private static void addBackups(
      List<LogLine> lines,
      Cluster cluster,
      Readings readings,
      Instant now,
      SplittableRandom random) {
    double ended = readings.lastBackup(0);
    for (int night = 0; night < NIGHTS && ended < cluster.ageHours(); night++) {
      String name = BACKUP_NAME.format(now.minusSeconds((long) (ended * 3600)));
      String size = (20 + random.nextInt(900)) + " GB in " + (4 + random.nextInt(50)) + " min";
      lines.add(
          LogLine.info(ended, null, "backup-agent", "Backup " + name + " completed: " + size));
      ended = readings.lastBackup(ended + 0.5 * DAY);
    }
  }

  private static LogLine smallTalk(Cluster cluster, double hoursAgo, SplittableRandom random) {
    int number = random.nextInt(1000);
    String backend = cluster.backend(1 + number % 2);
    String frontend = NodeRole.FRONTEND.nodeId(cluster.id(), 1);
    return switch (random.nextInt(12)) {
      case 0 ->
          LogLine.info(
              hoursAgo, frontend, "checkpoint", "Catalog checkpoint written, image " + number);
      case 1 ->
          LogLine.info(
              hoursAgo,
              backend,
              "compaction",
              "Cumulative compaction done: " + number + " rowsets");
      case 2 ->
          LogLine.info(
              hoursAgo, backend, "loader", "Stream load finished: " + number * 731 + " rows");
      case 3 ->
          LogLine.info(
              hoursAgo, frontend, "statistics", "Statistics collected for " + number + " columns");
      case 4 ->
          LogLine.warn(
              hoursAgo,
              frontend,
              "query-executor",
              "Query took " + (2000 + 7 * number) + " ms, over the slow query threshold");
      case 5 ->
          LogLine.info(
              hoursAgo, frontend, "auth", "Session opened for svc_" + (char) ('a' + number % 20));
      case 6 ->
          LogLine.info(
              hoursAgo, backend, "tablet-balancer", "Moved " + number % 30 + " tablets, balanced");
      case 7 ->
          LogLine.warn(
              hoursAgo,
              backend,
              "network",
              "Brpc call retried once after " + (200 + number) + " ms, succeeded");
      case 8 ->
          LogLine.info(
              hoursAgo, backend, "storage-engine", "Trash swept, " + number % 90 + " GB released");
      case 9 ->
          LogLine.info(
              hoursAgo, frontend, "materialized-view", "Refreshed mv_" + number + " in 12 s");
      case 10 -> LogLine.info(hoursAgo, null, "controller", "Heartbeat of all nodes received");
      default ->
          LogLine.warn(
              hoursAgo,
              frontend,
              "loader",
              "Load label txn_" + number + " already used, request ignored");
    };
  }
}
