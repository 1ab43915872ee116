package io.patrolagent.embedded.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A risk assessment: the reasons found in the readings, and the worst of their levels. */
record Risk(RiskLevel level, List<RiskReason> reasons) {

  private static final double DAY = 24;
  private static final double SOON_FULL_HOURS = 48;

  static Risk of(Readings readings, Condition condition, double hoursAgo) {
    List<RiskReason> reasons = new ArrayList<>(condition.reasons(hoursAgo));
    disk(readings, hoursAgo).ifPresent(reasons::add);
    overThreshold(
        reasons,
        readings,
        hoursAgo,
        Metric.COMPACTION_SCORE,
        150,
        400,
        "COMPACTION_BACKLOG",
        "compaction score %.0f");
    overThreshold(
        reasons,
        readings,
        hoursAgo,
        Metric.ERROR_RATE_PERCENT,
        1.5,
        5,
        "ERROR_RATE_HIGH",
        "%.1f %% of queries fail");
    overThreshold(
        reasons,
        readings,
        hoursAgo,
        Metric.REPLICATION_LAG_SECONDS,
        90,
        900,
        "REPLICATION_LAG",
        "replicas are %.0f s behind");
    overThreshold(
        reasons,
        readings,
        hoursAgo,
        Metric.BACKUP_AGE_HOURS,
        26,
        72,
        "BACKUP_STALE",
        "last backup ended %.0f h ago");
    latency(readings, hoursAgo).ifPresent(reasons::add);
    certificate(readings, hoursAgo).ifPresent(reasons::add);
    RiskLevel worst =
        reasons.stream().map(RiskReason::level).max(RiskLevel::compareTo).orElse(RiskLevel.HEALTHY);
    return new Risk(worst, reasons);
  }

  String reasonsJson() {
    return reasons.stream().map(RiskReason::json).collect(Collectors.joining(", ", "[", "]"));
  }

  private static Optional<RiskReason> disk(Readings readings, double hoursAgo) {
    double used = readings.at(Metric.DISK_USED_PERCENT, hoursAgo);
    if (used < 80) {
      return Optional.empty();
    }
    double perHour = (used - readings.at(Metric.DISK_USED_PERCENT, hoursAgo + DAY)) / DAY;
    double hoursLeft = perHour > 0 ? (100 - used) / perHour : Double.POSITIVE_INFINITY;
    if (hoursLeft <= SOON_FULL_HOURS) {
      return reason(
          RiskLevel.CRITICAL,
          "DISK_FILLING",
          "disk at %.1f %%, growing %.2f points an hour, full in about %.0f h",
          used,
          perHour,
          hoursLeft);
    }
    return reason(RiskLevel.WARNING, "DISK_FILLING", "disk at %.1f %%, hardly growing", used);
  }

  private static Optional<RiskReason> latency(Readings readings, double hoursAgo) {
    double p99 = readings.at(Metric.QUERY_P99_MS, hoursAgo);
    double slowdown = p99 / readings.traits().p99Millis();
    return slowdown < 4
        ? Optional.empty()
        : reason(
            RiskLevel.WARNING,
            "QUERY_LATENCY_HIGH",
            "p99 %.0f ms, %.1f times what is usual here",
            p99,
            slowdown);
  }

  private static Optional<RiskReason> certificate(Readings readings, double hoursAgo) {
    double days = readings.at(Metric.CERTIFICATE_DAYS_LEFT, hoursAgo);
    if (days > 7) {
      return Optional.empty();
    }
    return reason(
        days <= 1 ? RiskLevel.CRITICAL : RiskLevel.WARNING,
        "CERTIFICATE_EXPIRING",
        "certificate has %.1f days left",
        days);
  }

  private static void overThreshold(
      List<RiskReason> reasons,
      Readings readings,
      double hoursAgo,
      Metric metric,
      double warning,
      double critical,
      String code,
      String detail) {
    double value = readings.at(metric, hoursAgo);
    if (value >= warning) {
      RiskLevel level = value >= critical ? RiskLevel.CRITICAL : RiskLevel.WARNING;
      reason(level, code, detail, value).ifPresent(reasons::add);
    }
  }

  private static Optional<RiskReason> reason(
      RiskLevel level, String code, String detail, Object... values) {
    return Optional.of(new RiskReason(level, code, String.format(Locale.ROOT, detail, values)));
  }
}
