package io.patrolagent.common.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.patrolagent.common.patrol.PatrolId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a patrol. Each event is a record that validates itself when it is
 * made, and so also when it is read.
 *
 * <p>{@code schema_version} is 1 and may be absent. It changes only when a reader of the present
 * version would misread an event, never because a field was added.
 */
public sealed interface Event
    permits PatrolRequested,
        CancelRequested,
        SnapshotTaken,
        AgentFinished,
        PatrolFailed,
        ReportFinished,
        PatrolStatus {

  /** The schema version that this code writes, and the newest it reads. */
  int SCHEMA_VERSION = 1;

  int schemaVersion();

  /** The patrol's id, null only for a trigger whose id is derived from where it lies. */
  @JsonIgnore
  @Nullable PatrolId patrol();

  /** When it happened, as CloudEvents' {@code time}; null where the producer did not say. */
  @JsonIgnore
  @Nullable Instant occurredAt();

  @JsonIgnore
  EventType<?> type();

  /** The version read, where absent (0) means 1. */
  static int checkedVersion(int schemaVersion) {
    int version = schemaVersion == 0 ? 1 : schemaVersion;
    if (version < 1 || version > SCHEMA_VERSION) {
      throw new IllegalArgumentException(
          "schema_version "
              + version
              + " is not one that this reader knows (1 to "
              + SCHEMA_VERSION
              + ")");
    }
    return version;
  }

  /** The field, or a clear error. */
  static <T> T required(String event, String field, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException(event + "." + field + " is missing");
    }
    return value;
  }
}
