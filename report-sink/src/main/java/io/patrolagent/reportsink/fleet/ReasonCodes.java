package io.patrolagent.reportsink.fleet;

import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import io.patrolagent.common.patrol.FleetSnapshot.RiskReason;
import io.patrolagent.common.report.ReasonCode;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/**
 * Assigns reason codes from the data alone. The bounds are those of the fleet's own ratings where
 * it has some, and otherwise where an operator would be called: a disk at 90 %, a certificate with
 * a week left, a nightly backup that missed a night.
 */
public final class ReasonCodes {

  private static final double POOR_BELOW = 60;
  private static final double DISK_PERCENT = 90;
  private static final double CERTIFICATE_DAYS = 7;
  private static final double BACKUP_HOURS = 26;
  private static final double RESTARTS = 5;

  /** Of a collector's own code the first code that one of its words stands for. */
  private static final Map<ReasonCode, Set<String>> WORDS = words();

  private ReasonCodes() {}

  /** What is wrong with a cluster as the tables have it, in the order of the list. */
  static List<ReasonCode> of(
      @Nullable String riskLevel,
      List<RiskReason> reasons,
      @Nullable Double score,
      Map<String, Double> figures) {
    Set<ReasonCode> codes = rated(riskLevel, reasons, score);
    holds(figures, "disk_used_percent", v -> v >= DISK_PERCENT, ReasonCode.DISK_FILLING, codes);
    holds(
        figures,
        "certificate_days_left",
        v -> v <= CERTIFICATE_DAYS,
        ReasonCode.CERTIFICATE_EXPIRING,
        codes);
    holds(figures, "backup_age_hours", v -> v > BACKUP_HOURS, ReasonCode.BACKUP_OVERDUE, codes);
    holds(figures, "restarts_24h", v -> v >= RESTARTS, ReasonCode.CRASH_LOOP, codes);
    holds(figures, "nodes_not_running", v -> v > 0, ReasonCode.NODE_DOWN, codes);
    holds(figures, "firing_critical_alerts", v -> v > 0, ReasonCode.ALERT_FIRING, codes);
    holds(figures, "open_issues_critical", v -> v > 0, ReasonCode.OPEN_ISSUE, codes);
    holds(figures, "open_issues_high", v -> v > 0, ReasonCode.OPEN_ISSUE, codes);
    return List.copyOf(codes);
  }

  /** What the snapshot alone says is wrong with a cluster, in the order of the list. */
  public static List<ReasonCode> of(ProblemCluster cluster) {
    return List.copyOf(rated(cluster.riskLevel(), cluster.riskReasons(), cluster.healthScore()));
  }

  private static Set<ReasonCode> rated(
      @Nullable String riskLevel, List<RiskReason> reasons, @Nullable Double score) {
    Set<ReasonCode> codes = EnumSet.noneOf(ReasonCode.class);
    boolean rated = "Critical".equals(riskLevel) || "Warning".equals(riskLevel);
    if (rated) {
      reasons.forEach(reason -> codes.add(ofCollector(reason.code())));
      if (reasons.isEmpty()) {
        codes.add(ReasonCode.AT_RISK);
      }
    }
    if (score != null && score < POOR_BELOW) {
      codes.add(ReasonCode.HEALTH_POOR);
    }
    return codes;
  }

  /** A collector's code as one of the list: {@link ReasonCode#AT_RISK} where none fits. */
  static ReasonCode ofCollector(@Nullable String code) {
    if (code == null) {
      return ReasonCode.AT_RISK;
    }
    Set<String> words =
        Set.copyOf(Arrays.asList(code.toUpperCase(Locale.ROOT).split("[^A-Z0-9]+")));
    return WORDS.entrySet().stream()
        .filter(entry -> entry.getValue().stream().anyMatch(words::contains))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(ReasonCode.AT_RISK);
  }

  private static void holds(
      Map<String, Double> figures,
      String name,
      DoublePredicate bound,
      ReasonCode code,
      Set<ReasonCode> codes) {
    Double value = figures.get(name);
    if (value != null && bound.test(value)) {
      codes.add(code);
    }
  }

  private static Map<ReasonCode, Set<String>> words() {
    Map<ReasonCode, Set<String>> words = new LinkedHashMap<>();
    words.put(ReasonCode.DISK_FILLING, Set.of("DISK", "DISKS", "STORAGE", "VOLUME"));
    words.put(ReasonCode.CERTIFICATE_EXPIRING, Set.of("CERTIFICATE", "CERT", "TLS"));
    words.put(ReasonCode.BACKUP_OVERDUE, Set.of("BACKUP", "BACKUPS"));
    words.put(ReasonCode.CRASH_LOOP, Set.of("CRASH", "CRASHLOOP", "RESTART", "RESTARTS", "OOM"));
    words.put(ReasonCode.QUOTA_EXHAUSTED, Set.of("QUOTA", "QUOTAS"));
    words.put(ReasonCode.COMPACTION_BEHIND, Set.of("COMPACTION"));
    words.put(ReasonCode.REPLICATION_LAG, Set.of("REPLICATION", "REPLICA", "REPLICAS", "LAG"));
    words.put(ReasonCode.MEMORY_PRESSURE, Set.of("MEMORY", "HEAP"));
    words.put(ReasonCode.CPU_PRESSURE, Set.of("CPU", "LOAD"));
    words.put(ReasonCode.QUERY_TROUBLE, Set.of("QUERY", "QUERIES", "LATENCY", "ERROR", "ERRORS"));
    words.put(ReasonCode.NODE_DOWN, Set.of("NODE", "NODES", "UNREACHABLE", "DOWN", "OFFLINE"));
    words.put(ReasonCode.COLLECTOR_STALE, Set.of("COLLECTOR", "STALE", "TELEMETRY", "METRICS"));
    return words;
  }
}
