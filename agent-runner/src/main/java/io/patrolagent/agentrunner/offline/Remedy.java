package io.patrolagent.agentrunner.offline;

import io.patrolagent.agentrunner.offline.rule.Words;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What to do about a reason code. The first whose words the code holds applies, so what is more
 * specific stands higher. {@code urgency} is meant for a critical cluster.
 */
@SuppressWarnings("ImmutableEnumChecker") // the words are made by Set.of, which is immutable
enum Remedy {
  DISK(
      Urgency.IMMEDIATE,
      "Expand the volume or free space before it is full",
      Set.of("DISK", "STORAGE", "VOLUME")),
  CERTIFICATE(
      Urgency.IMMEDIATE,
      "Renew the certificate by hand, see that every node serves the new one, and mend the renewal",
      Set.of("CERTIFICATE", "CERT", "TLS")),
  BACKUP(
      Urgency.IMMEDIATE,
      "Run a backup now, then find out why the schedule stopped",
      Set.of("BACKUP", "BACKUPS")),
  CRASH(
      Urgency.IMMEDIATE,
      "Read the crashing node's last log lines, undo the latest change or replace the node",
      Set.of("CRASH", "CRASHLOOP", "RESTART", "RESTARTS", "OOM")),
  QUOTA(
      Urgency.IMMEDIATE,
      "Have the cloud account's quota raised, which takes the customer, and hold what scales until"
          + " then",
      Set.of("QUOTA", "QUOTAS")),
  COMPACTION(
      Urgency.TODAY,
      "Slow down ingestion until compaction catches up, and look for the version among the known"
          + " issues",
      Set.of("COMPACTION")),
  REPLICATION(
      Urgency.TODAY,
      "Find out which replicas lag behind and why, before a failover needs them",
      Set.of("REPLICATION", "REPLICA", "REPLICAS")),
  MEMORY(
      Urgency.TODAY,
      "Find the queries or loads that hold the memory, and limit them",
      Set.of("MEMORY", "HEAP")),
  CPU(Urgency.TODAY, "Find what uses the CPU, and limit it or add nodes", Set.of("CPU", "LOAD")),
  QUERIES(
      Urgency.TODAY,
      "Look at the slowest and the failing queries and at what changed before them",
      Set.of("QUERY", "QUERIES", "LATENCY", "ERROR", "ERRORS")),
  NODE(
      Urgency.IMMEDIATE,
      "Bring the missing nodes back or replace them",
      Set.of("NODE", "NODES", "UNREACHABLE", "DOWN", "OFFLINE")),
  COLLECTOR(
      Urgency.TODAY,
      "Get the collector to deliver again",
      Set.of("COLLECTOR", "STALE", "TELEMETRY", "METRICS"));

  private final Urgency urgency;
  private final String instruction;
  private final Set<String> words;

  Remedy(Urgency urgency, String instruction, Set<String> words) {
    this.urgency = urgency;
    this.instruction = instruction;
    this.words = words;
  }

  /** The remedy for a reason code; empty for a code that no rule knows. */
  static Optional<Remedy> of(String code) {
    List<String> codeWords = Words.of(code);
    return Arrays.stream(values())
        .filter(remedy -> codeWords.stream().anyMatch(remedy.words::contains))
        .findFirst();
  }

  Urgency urgency() {
    return urgency;
  }

  /** What to do, as an imperative without a full stop. */
  String instruction() {
    return instruction;
  }
}
