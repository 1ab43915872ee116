package io.patrolagent.reportsink.diff;

import io.patrolagent.common.report.ClusterFacts;
import io.patrolagent.common.report.ReasonCode;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that say how bad a problem is, and by how much each has to move before anybody is
 * told: by {@code margin}, or by {@code share} of what it was, whichever is more.
 *
 * <p>A number that runs with the clock (a backup's age, a certificate's days) gets worse by itself,
 * so it is worse when it has passed one of its {@code steps}, and better when it has gone back by
 * its margin, which takes somebody's doing.
 *
 * <p>{@code clear} is where a problem that this number alone can make is over: far enough from the
 * bound at which it began ({@link io.patrolagent.reportsink.fleet.ReasonCodes}) that a number which
 * wobbles there neither ends it nor makes it new. Null where the bound is the collector's own.
 */
enum Figure {
  //             of the code                     name                 worse  margin share clear
  // steps
  DISK(ReasonCode.DISK_FILLING, "disk_used_percent", Worse.UP, 3, 0, 87.0),
  CERTIFICATE(
      ReasonCode.CERTIFICATE_EXPIRING, "certificate_days_left", Worse.DOWN, 1, 0, 8.0, 3, 1, 0),
  BACKUP(ReasonCode.BACKUP_OVERDUE, "backup_age_hours", Worse.UP, 1, 0, 26.0, 48, 72, 168),
  RESTARTS(ReasonCode.CRASH_LOOP, "restarts_24h", Worse.UP, 3, 0.25, 3.0),
  NODES(ReasonCode.NODE_DOWN, "nodes_not_running", Worse.UP, 1, 0, 0.0),
  COMPACTION(ReasonCode.COMPACTION_BEHIND, "compaction_score", Worse.UP, 10, 0.2, null),
  REPLICATION(ReasonCode.REPLICATION_LAG, "replication_lag_seconds", Worse.UP, 10, 0.5, null),
  MEMORY(ReasonCode.MEMORY_PRESSURE, "memory_percent", Worse.UP, 5, 0, null),
  CPU(ReasonCode.CPU_PRESSURE, "cpu_percent", Worse.UP, 10, 0, null),
  LATENCY(ReasonCode.QUERY_TROUBLE, "query_p99_ms", Worse.UP, 50, 0.25, null),
  ERRORS(ReasonCode.QUERY_TROUBLE, "error_rate_percent", Worse.UP, 1, 0.25, null),
  SCORE(ReasonCode.HEALTH_POOR, "health_score", Worse.DOWN, 5, 0, 65.0),
  CRITICAL_ISSUES(ReasonCode.OPEN_ISSUE, "open_issues_critical", Worse.UP, 1, 0, 0.0),
  HIGH_ISSUES(ReasonCode.OPEN_ISSUE, "open_issues_high", Worse.UP, 1, 0, 0.0),
  CRITICAL_ALERTS(ReasonCode.ALERT_FIRING, "firing_critical_alerts", Worse.UP, 1, 0, 0.0);

  /** Which way it gets worse. */
  enum Worse {
    UP,
    DOWN
  }

  private static final double ROUNDING = 1e-9;
  private static final Map<ReasonCode, List<Figure>> BY_CODE = byCode();

  final Worse worse;
  final double margin;
  final double share;
  final @Nullable Double clear;
  private final ReasonCode code;
  private final String wireName;

  @SuppressWarnings("ImmutableEnumChecker") // nobody changes it
  final double[] steps;

  Figure(
      ReasonCode code,
      String wireName,
      Worse worse,
      double margin,
      double share,
      @Nullable Double clear,
      double... steps) {
    this.code = code;
    this.wireName = wireName;
    this.worse = worse;
    this.margin = margin;
    this.share = share;
    this.clear = clear;
    this.steps = steps;
  }

  /** Those that say how bad a problem of this code is; none where no number does. */
  static List<Figure> of(ReasonCode code) {
    return BY_CODE.getOrDefault(code, List.of());
  }

  /** Whether a number alone, without a collector's rating, can make a problem of this code. */
  static boolean alone(ReasonCode code) {
    return of(code).stream().anyMatch(figure -> figure.clear != null);
  }

  String wireName() {
    return wireName;
  }

  /** What the facts say, or null. */
  @Nullable Double in(@Nullable ClusterFacts facts) {
    if (facts == null) {
      return null;
    }
    Double value = this == SCORE ? facts.healthScore() : facts.figures().get(wireName);
    return value == null || !Double.isFinite(value) ? null : value;
  }

  /** How it moved: positive is worse, negative better, 0 hardly or unknown. */
  int moved(@Nullable Double then, @Nullable Double now) {
    if (then == null || now == null) {
      return 0;
    }
    double by = badness(now) - badness(then);
    boolean notable = Math.abs(by) >= Math.max(margin, share * Math.abs(then)) - ROUNDING;
    if (steps.length > 0 && by > 0) {
      return passed(now) > passed(then) ? 1 : 0;
    }
    return notable ? (int) Math.signum(by) : 0;
  }

  /** Whether it is clear of the bound at which a problem begins. */
  boolean isClear(double value) {
    return clear == null || badness(value) <= badness(clear);
  }

  private long passed(double value) {
    return Arrays.stream(steps).filter(step -> badness(value) >= badness(step)).count();
  }

  private double badness(double value) {
    return worse == Worse.UP ? value : -value;
  }

  private static Map<ReasonCode, List<Figure>> byCode() {
    Map<ReasonCode, List<Figure>> byCode = new EnumMap<>(ReasonCode.class);
    for (ReasonCode code : ReasonCode.values()) {
      byCode.put(code, Arrays.stream(values()).filter(figure -> figure.code == code).toList());
    }
    return byCode;
  }
}
