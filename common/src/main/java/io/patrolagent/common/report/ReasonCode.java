package io.patrolagent.common.report;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Arrays;

/**
 * What is wrong with a cluster: the closed list by which problems are told apart from one report to
 * the next. Code assigns them from the fleet's data, never from what a writer wrote, so that a new
 * wording is no new problem. The names are the same in rows and events.
 */
public enum ReasonCode {
  /** A disk is or will soon be full. */
  DISK_FILLING,
  /** A certificate runs out within days. */
  CERTIFICATE_EXPIRING,
  /** The last good backup is too old. */
  BACKUP_OVERDUE,
  /** A node dies and comes back, again and again. */
  CRASH_LOOP,
  /** A node is not running. */
  NODE_DOWN,
  /** A quota of the cloud account is used up. */
  QUOTA_EXHAUSTED,
  /** Compaction does not keep up. */
  COMPACTION_BEHIND,
  /** Replicas lag behind. */
  REPLICATION_LAG,
  /** Memory is short. */
  MEMORY_PRESSURE,
  /** The processors are. */
  CPU_PRESSURE,
  /** Queries are slow or fail. */
  QUERY_TROUBLE,
  /** What is known of the cluster is old. */
  COLLECTOR_STALE,
  /** Its health score is poor, below 60. */
  HEALTH_POOR,
  /** It is rated Critical or Warning for no reason that is on this list. */
  AT_RISK,
  /** An issue of severity critical or high is open. */
  OPEN_ISSUE,
  /** A critical alert fires. */
  ALERT_FIRING,
  /** The writer flags it, and nothing in the data says why. */
  OTHER;

  /** Of a newer version's code, which this one does not know, it is {@link #OTHER}. */
  @JsonCreator
  static ReasonCode parse(String name) {
    return Arrays.stream(values()).filter(c -> c.name().equals(name)).findFirst().orElse(OTHER);
  }
}
