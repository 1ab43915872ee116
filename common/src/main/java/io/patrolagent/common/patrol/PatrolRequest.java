package io.patrolagent.common.patrol;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A trigger made complete: what one patrol was asked for. It travels unchanged in every event of
 * the patrol, so that each stage, and the row, can say who asked for what and until when.
 *
 * <p>{@code triggered_by} is free text that nobody verified. {@code focus} is a sentence for the
 * agent. {@code due_at} is when the report is promised, null where nobody promised it; from then on
 * no model is waited for. {@code expires_at} is when it is no longer worth making. {@code retry_of}
 * is the patrol that this one repeats.
 */
public record PatrolRequest(
    PatrolId patrolId,
    ReportType reportType,
    String triggeredBy,
    Scope scope,
    @Nullable String focus,
    Instant requestedAt,
    @Nullable Instant dueAt,
    Instant expiresAt,
    @Nullable PatrolId retryOf) {

  public PatrolRequest {
    require("patrol_id", patrolId);
    require("report_type", reportType);
    require("triggered_by", triggeredBy);
    require("scope", scope);
    require("requested_at", requestedAt);
    require("expires_at", expiresAt);
    if (patrolId.equals(retryOf)) {
      throw new IllegalArgumentException("retry_of must name another patrol than " + patrolId);
    }
  }

  /** Whether a report is no longer worth making. */
  public boolean isExpired(Instant now) {
    return !now.isBefore(expiresAt);
  }

  /** Whether the report is late. */
  public boolean isDue(Instant now) {
    return dueAt != null && !now.isBefore(dueAt);
  }

  private static void require(String name, @Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException("request." + name + " is missing");
    }
  }
}
