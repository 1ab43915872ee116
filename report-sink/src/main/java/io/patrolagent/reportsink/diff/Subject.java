package io.patrolagent.reportsink.diff;

import io.patrolagent.common.report.ReasonCode;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a prediction can be about, so that data can speak to it: by a closed list of words, the
 * figure that measures it with the units it is measured in, and the reason code. The empty unit is
 * a number alone.
 */
enum Subject {
  DISK("disks?|storage|volumes?", ReasonCode.DISK_FILLING, "disk_used_percent", "%", "percent", ""),
  MEMORY("memory|heap|ram", ReasonCode.MEMORY_PRESSURE, "memory_percent", "%", "percent", ""),
  CPU("cpus?|processors?", ReasonCode.CPU_PRESSURE, "cpu_percent", "%", "percent", ""),
  SCORE("health|(?<!compaction )score", ReasonCode.HEALTH_POOR, "health_score", "", "points"),
  CERTIFICATE(
      "cert(?:ificate)?s?|tls", ReasonCode.CERTIFICATE_EXPIRING, "certificate_days_left", ""),
  BACKUP("backups?", ReasonCode.BACKUP_OVERDUE, null),
  REPLICATION(
      "replication|replicas?",
      ReasonCode.REPLICATION_LAG,
      "replication_lag_seconds",
      "s",
      "sec",
      "seconds"),
  COMPACTION("compactions?", ReasonCode.COMPACTION_BEHIND, "compaction_score", ""),
  LATENCY("latency|p99", ReasonCode.QUERY_TROUBLE, "query_p99_ms", "ms"),
  ERRORS("error rate", ReasonCode.QUERY_TROUBLE, "error_rate_percent", "%", "percent"),
  CRASH("crash\\w*|restarts?|restarting", ReasonCode.CRASH_LOOP, "restarts_24h", "restarts"),
  NODE("nodes? (?:\\S{1,20} )?(?:down|unreachable|offline|lost)", ReasonCode.NODE_DOWN, null),
  QUOTA("quotas?", ReasonCode.QUOTA_EXHAUSTED, null);

  private final Pattern words;
  private final ReasonCode code;
  private final @Nullable String figure;

  @SuppressWarnings("ImmutableEnumChecker") // nobody changes it
  private final Set<String> units;

  Subject(String words, ReasonCode code, @Nullable String figure, String... units) {
    this.words = Pattern.compile("\\b(?:" + words + ")\\b");
    this.code = code;
    this.figure = figure;
    this.units = Set.of(units);
  }

  /** The one that a text in small letters is about; null where it is about none or several. */
  static @Nullable Subject in(String text) {
    List<Subject> found =
        Arrays.stream(values()).filter(subject -> subject.words.matcher(text).find()).toList();
    return found.size() == 1 ? found.get(0) : null;
  }

  ReasonCode code() {
    return code;
  }

  @Nullable String figure() {
    return figure;
  }

  /** Whether its figure is measured in that. */
  boolean isMeasuredIn(String unit) {
    return units.contains(unit);
  }

  /** Whether less of it is worse. */
  boolean fallsWhenWorse() {
    return this == SCORE || this == CERTIFICATE;
  }
}
