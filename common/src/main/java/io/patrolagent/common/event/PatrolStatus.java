package io.patrolagent.common.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.patrol.ReportType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a patrol is at present, without any of its content: what a UI shows while it waits.
 *
 * <p>{@code status} and {@code finished_at} are set in state {@code finished} alone. {@code round}
 * counts model calls from 1 and is 0 before the first; {@code tools} are the calls of the round
 * under way, empty while the model is asked. {@code run_by} names the process that works on it.
 * {@code overdue} says that the report is late: {@code due_at} passed, or {@code expires_at} where
 * nothing was promised. {@code reason} says why there is no report, {@code shared_with} which
 * patrol's to read instead. What a view has not seen is null.
 */
public record PatrolStatus(
    int schemaVersion,
    PatrolId patrolId,
    @Nullable ReportType reportType,
    @Nullable String triggeredBy,
    State state,
    @Nullable ReportStatus status,
    int round,
    int maxRounds,
    List<String> tools,
    @Nullable String runBy,
    @Nullable Instant requestedAt,
    @Nullable Instant dueAt,
    @Nullable Instant expiresAt,
    @Nullable Instant snapshotAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    Instant updatedAt,
    boolean overdue,
    @Nullable PatrolId retryOf,
    @Nullable PatrolId sharedWith,
    @Nullable String reason)
    implements Event {

  /** The steps of a patrol, in their order. */
  public enum State {
    /** Its trigger was read. */
    REQUESTED,
    /** The fleet is condensed, an agent has not begun. */
    SNAPSHOT_TAKEN,
    /** The agent works on it. */
    RUNNING,
    /** The report is written, and not yet stored. */
    AGENT_FINISHED,
    /** It has ended, as {@code status} says. */
    FINISHED;

    /** The name in events: {@code snapshot_taken}, … */
    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a wire name, exactly.
     *
     * @throws IllegalArgumentException for any other text
     */
    @JsonCreator
    public static State parse(String text) {
      return Arrays.stream(values())
          .filter(state -> state.wireName().equals(text))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("state '" + text + "' is not known"));
    }
  }

  public PatrolStatus {
    schemaVersion = Event.checkedVersion(schemaVersion);
    Event.required("patrol_status", "patrol_id", patrolId);
    Event.required("patrol_status", "state", state);
    Event.required("patrol_status", "updated_at", updatedAt);
    if ((state == State.FINISHED) != (status != null)) {
      throw new IllegalArgumentException(
          "patrol_status.status belongs to state finished, and no other; state is "
              + state.wireName());
    }
    tools = tools == null ? List.of() : List.copyOf(tools);
  }

  @Override
  public PatrolId patrol() {
    return patrolId;
  }

  @Override
  public Instant occurredAt() {
    return updatedAt;
  }

  @Override
  public EventType<PatrolStatus> type() {
    return EventType.STATUS;
  }
}
