package io.patrolagent.common.event;

import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.ReportType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The names of the topics behind a prefix, and what each has to be configured with.
 *
 * <p>The prefix, empty by default, also goes before consumer groups and transactional ids, so that
 * several installations share a cluster.
 */
public record Topics(String prefix) {

  /** What a dead letter's value may add up to: the largest record and its headers. */
  private static final int MAX_DEAD_LETTER_BYTES = 5 * 1024 * 1024;

  private static final int MAX_RECORD_BYTES = 4 * 1024 * 1024;

  /** A trigger, a cancellation or a status, 64 KiB at most, and its headers. */
  private static final int MAX_STATUS_BYTES = 128 * 1024;

  private static final int MAX_REPORT_BYTES = 1024 * 1024;
  private static final String DEAD_LETTER = ".dlt";
  private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]{0,100}");

  /** Without a prefix. */
  public static final Topics DEFAULT = new Topics("");

  public Topics {
    if (!LEGAL.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "the topic prefix may hold letters, digits, '.', '_' and '-', at most 100, not '"
              + prefix
              + "'");
    }
  }

  public String requested() {
    return prefix + EventType.REQUESTED.name();
  }

  /** The lane of scheduled patrols. */
  public String snapshotTaken() {
    return prefix + EventType.SNAPSHOT_TAKEN.name();
  }

  /** The lane of patrols that somebody waits for. */
  public String snapshotTakenOnDemand() {
    return snapshotTaken() + ".on-demand";
  }

  /** The lane that a request's snapshot goes to. */
  public String snapshotTaken(PatrolRequest request) {
    return request.reportType() == ReportType.ON_DEMAND ? snapshotTakenOnDemand() : snapshotTaken();
  }

  public String agentFinished() {
    return prefix + EventType.AGENT_FINISHED.name();
  }

  public String failed() {
    return prefix + EventType.FAILED.name();
  }

  public String reportFinished() {
    return prefix + EventType.REPORT_FINISHED.name();
  }

  public String cancelRequested() {
    return prefix + EventType.CANCEL_REQUESTED.name();
  }

  /** Where every patrol is at present; compacted, keyed by patrol id. */
  public String status() {
    return prefix + EventType.STATUS.name();
  }

  /** Triggers keyed by patrol id, within the status view; as many partitions as the lanes. */
  public String statusRequested() {
    return group("status") + "-requested-repartition";
  }

  /** What the status view recovers its state from; as many partitions as the lanes. */
  public String statusChangelog() {
    return group("status") + "-patrols-changelog";
  }

  /** The agent-runner's journal of a lane; as many partitions as the lane. */
  public String journal(String snapshotTopic) {
    return snapshotTopic.equals(snapshotTakenOnDemand())
        ? prefix + "patrol.journal.on-demand"
        : prefix + "patrol.journal";
  }

  /**
   * The topics that are keyed by patrol and read together, which therefore have equally many
   * partitions.
   */
  public List<String> keyedByPatrol() {
    return List.of(
        snapshotTaken(),
        snapshotTakenOnDemand(),
        journal(snapshotTaken()),
        journal(snapshotTakenOnDemand()),
        agentFinished(),
        failed(),
        reportFinished(),
        statusRequested(),
        statusChangelog());
  }

  /** Where a topic's undecodable records go. */
  public static String deadLetter(String topic) {
    return topic + DEAD_LETTER;
  }

  /** Whether a topic holds dead letters. */
  public static boolean isDeadLetter(String topic) {
    return topic.endsWith(DEAD_LETTER);
  }

  /** The topic an event goes to. */
  public String topicOf(Event event) {
    return event instanceof SnapshotTaken taken
        ? snapshotTaken(taken.request())
        : prefix + event.type().name();
  }

  /** A consumer group's name behind the prefix. */
  public String group(String stage) {
    return prefix + "patrol." + stage;
  }

  /** Every topic with its configuration; a topic that is consumed comes with its dead letters. */
  public List<Specification> specifications() {
    List<Specification> all = new ArrayList<>();
    for (String consumed :
        List.of(requested(), snapshotTaken(), snapshotTakenOnDemand(), agentFinished())) {
      all.add(specification(consumed, Duration.ofDays(7), MAX_RECORD_BYTES));
      all.add(specification(deadLetter(consumed), Duration.ofDays(30), MAX_DEAD_LETTER_BYTES));
    }
    for (String lane : List.of(snapshotTaken(), snapshotTakenOnDemand())) {
      all.add(specification(journal(lane), Duration.ofDays(30), MAX_RECORD_BYTES));
    }
    all.add(specification(failed(), Duration.ofDays(30), MAX_RECORD_BYTES));
    all.add(specification(deadLetter(failed()), Duration.ofDays(30), MAX_DEAD_LETTER_BYTES));
    all.add(specification(cancelRequested(), Duration.ofDays(7), MAX_STATUS_BYTES));
    all.add(specification(reportFinished(), Duration.ofDays(30), MAX_REPORT_BYTES));
    all.add(specification(statusRequested(), Duration.ofDays(7), MAX_STATUS_BYTES));
    for (String compacted : List.of(status(), statusChangelog())) {
      all.add(compacted(compacted));
    }
    return List.copyOf(all);
  }

  private static Specification compacted(String name) {
    return new Specification(
        name,
        Map.of(
            "cleanup.policy", "compact",
            "compression.type", "zstd",
            "max.message.bytes", Integer.toString(MAX_STATUS_BYTES),
            "message.timestamp.type", "LogAppendTime"));
  }

  private static Specification specification(String name, Duration retention, int maxBytes) {
    return new Specification(
        name,
        Map.of(
            "cleanup.policy", "delete",
            "compression.type", "zstd",
            "max.message.bytes", Integer.toString(maxBytes),
            "message.timestamp.type", "LogAppendTime",
            "retention.ms", Long.toString(retention.toMillis())));
  }

  /** A topic and the configuration it needs; partitions and replication are the installation's. */
  public record Specification(String name, Map<String, String> configuration) {}
}
