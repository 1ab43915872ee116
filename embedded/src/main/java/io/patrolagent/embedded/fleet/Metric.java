package io.patrolagent.embedded.fleet;

import java.util.Locale;

/**
 * The metrics of a cluster. Ordered by name, which is the order of the primary key, so that the
 * load appends to its index.
 */
enum Metric {
  BACKUP_AGE_HOURS,
  CERTIFICATE_DAYS_LEFT,
  COMPACTION_SCORE,
  CONNECTIONS,
  CPU_PERCENT,
  DISK_USED_PERCENT,
  ERROR_RATE_PERCENT,
  MEMORY_PERCENT,
  QUERIES_PER_SECOND,
  QUERY_P99_MS,
  REPLICATION_LAG_SECONDS;

  private static final Metric[] ALL = values();

  private final String column = name().toLowerCase(Locale.ROOT);

  /** The value of the column {@code metric}. */
  String column() {
    return column;
  }

  /** Whether one reading a day says all there is to say. */
  boolean isSlow() {
    return this == CERTIFICATE_DAYS_LEFT;
  }

  /** What tells its noise from that of the other metrics at the same time. */
  long salt() {
    return column.hashCode();
  }

  static Metric[] all() {
    return ALL;
  }
}
