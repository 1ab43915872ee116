package io.patrolagent.common.event;

import java.util.List;

/**
 * A kind of event: its name (CloudEvents' {@code type}, and the topic's name without prefix and
 * lane), its record, and the largest value it may have, in bytes.
 */
public record EventType<E extends Event>(String name, Class<E> javaType, int maxBytes) {

  public static final EventType<PatrolRequested> REQUESTED =
      new EventType<>("patrol.requested", PatrolRequested.class, 64 * 1024);
  public static final EventType<CancelRequested> CANCEL_REQUESTED =
      new EventType<>("patrol.cancel-requested", CancelRequested.class, 64 * 1024);
  public static final EventType<SnapshotTaken> SNAPSHOT_TAKEN =
      new EventType<>("patrol.snapshot-taken", SnapshotTaken.class, 4 * 1024 * 1024);
  public static final EventType<AgentFinished> AGENT_FINISHED =
      new EventType<>("patrol.agent-finished", AgentFinished.class, 4 * 1024 * 1024);
  public static final EventType<PatrolFailed> FAILED =
      new EventType<>("patrol.failed", PatrolFailed.class, 4 * 1024 * 1024);
  public static final EventType<ReportFinished> REPORT_FINISHED =
      new EventType<>("patrol.report-finished", ReportFinished.class, 900_000);

  public static final EventType<PatrolStatus> STATUS =
      new EventType<>("patrol.status", PatrolStatus.class, 64 * 1024);

  public static final List<EventType<?>> ALL =
      List.of(
          REQUESTED,
          CANCEL_REQUESTED,
          SNAPSHOT_TAKEN,
          AGENT_FINISHED,
          FAILED,
          REPORT_FINISHED,
          STATUS);
}
