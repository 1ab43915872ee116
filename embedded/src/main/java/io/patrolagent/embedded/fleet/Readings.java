package io.patrolagent.embedded.fleet;

import java.time.Instant;

/**
 * The metrics of one cluster as a function of time: what is normal for it, the rhythm of day and
 * week, noise, and its condition. Any time may be asked for, in any order.
 */
final class Readings {

  private static final double DAY = 24;

  /** Certificates are issued for ninety days and renewed a month before they expire. */
  private static final double RENEWED_DAYS_BEFORE = 30;

  private static final double CERTIFICATE_IN_USE_DAYS = 60;

  private final Cluster cluster;
  private final Traits traits;
  private final Condition condition;
  private final long now;
  private final double nowHourOfDay;

  Readings(Cluster cluster, Traits traits, Condition condition, Instant now) {
    this.cluster = cluster;
    this.traits = traits;
    this.condition = condition;
    this.now = now.getEpochSecond();
    this.nowHourOfDay = Math.floorMod(this.now, 86_400L) / 3600.0;
  }

  Traits traits() {
    return traits;
  }

  double at(Metric metric, double hoursAgo) {
    double value = condition.reading(metric, ordinary(metric, hoursAgo), hoursAgo);
    return Math.round(value * 1000) / 1000.0;
  }

  /** Hours before now at which the last nightly backup ended, as seen at that time. */
  double lastBackup(double hoursAgo) {
    double until = condition.backupsUntilHoursAgo();
    double last = until > 0 ? until : nowHourOfDay - traits.backupHour();
    double nightsBefore = Math.ceil((hoursAgo - last) / DAY);
    return last + DAY * (until > 0 ? Math.max(0, nightsBefore) : nightsBefore);
  }

  private double ordinary(Metric metric, double hoursAgo) {
    long second = now - (long) (hoursAgo * 3600);
    double noise = Noise.signed(cluster.seed() ^ second, metric.salt());
    return switch (metric) {
      case DISK_USED_PERCENT ->
          Math.max(3, traits.diskUsed() - traits.diskGrowthPerDay() * hoursAgo / DAY + 0.1 * noise);
      case CERTIFICATE_DAYS_LEFT ->
          RENEWED_DAYS_BEFORE
              + (traits.certificateAge() + hoursAgo / DAY) % CERTIFICATE_IN_USE_DAYS;
      case BACKUP_AGE_HOURS -> lastBackup(hoursAgo) - hoursAgo;
      default -> withRhythm(metric, Rhythm.load(second, cluster.region().utcOffsetHours()), noise);
    };
  }

  private double withRhythm(Metric metric, double load, double noise) {
    double jitter = 1 + 0.12 * noise;
    return switch (metric) {
      case CPU_PERCENT -> (traits.cpu() + 30 * load) * jitter;
      case MEMORY_PERCENT -> traits.memory() + 8 * load + 2 * noise;
      case QUERY_P99_MS -> traits.p99Millis() * (0.7 + 0.5 * load) * jitter;
      case QUERIES_PER_SECOND -> traits.queriesPerSecond() * load * jitter;
      case ERROR_RATE_PERCENT -> traits.errorRate() * (1 + 0.5 * noise);
      case COMPACTION_SCORE -> (traits.compactionScore() + 20 * load) * jitter;
      case REPLICATION_LAG_SECONDS -> traits.replicationLag() * (0.6 + load) * jitter;
      case CONNECTIONS -> Math.rint(traits.connections() * (0.3 + load) * jitter);
      default -> throw new IllegalArgumentException("metric " + metric + ": has no rhythm");
    };
  }
}
