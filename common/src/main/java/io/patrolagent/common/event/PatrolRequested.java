package io.patrolagent.common.event;

import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.patrol.Scope;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A trigger, as any producer may write it: only {@code report_type} is required. {@link #toRequest}
 * fills in the rest.
 *
 * <p>{@code triggered_by} holds at most 200 characters and {@code focus} at most 2,000.
 */
public record PatrolRequested(
    int schemaVersion,
    @Nullable PatrolId patrolId,
    ReportType reportType,
    @Nullable String triggeredBy,
    @Nullable Scope scope,
    @Nullable String focus,
    @Nullable Instant requestedAt,
    @Nullable Instant dueAt,
    @Nullable Instant expiresAt,
    @Nullable PatrolId retryOf)
    implements Event {

  private static final int MAX_TRIGGERED_BY = 200;
  private static final int MAX_FOCUS = 2000;

  public PatrolRequested {
    schemaVersion = Event.checkedVersion(schemaVersion);
    if (reportType == null) {
      throw new IllegalArgumentException(
          "report_type is missing; a trigger needs at least {\"report_type\":\"on_demand\"}");
    }
    atMost("triggered_by", triggeredBy, MAX_TRIGGERED_BY);
    atMost("focus", focus, MAX_FOCUS);
    if (patrolId != null && patrolId.equals(retryOf)) {
      throw new IllegalArgumentException("retry_of must name another patrol than patrol_id");
    }
  }

  /** A trigger for the whole fleet with a new id. */
  public static PatrolRequested of(ReportType reportType, String triggeredBy) {
    return of(reportType, triggeredBy, null, null, null, null);
  }

  /** A trigger with a new id; what is null takes its default. */
  public static PatrolRequested of(
      ReportType reportType,
      String triggeredBy,
      @Nullable Scope scope,
      @Nullable String focus,
      @Nullable Instant expiresAt,
      @Nullable PatrolId retryOf) {
    return new PatrolRequested(
        SCHEMA_VERSION,
        PatrolId.random(),
        reportType,
        triggeredBy,
        scope,
        focus,
        null,
        null,
        expiresAt,
        retryOf);
  }

  /**
   * The complete request: absent fields become the derived id, the record's time, the whole fleet,
   * and the report type's promise and lifetime.
   */
  public PatrolRequest toRequest(PatrolId derivedId, Instant recordTime) {
    Instant requested = requestedAt == null ? recordTime : requestedAt;
    return new PatrolRequest(
        patrolId == null ? derivedId : patrolId,
        reportType,
        triggeredBy == null ? "unknown" : triggeredBy,
        scope == null ? Scope.FLEET : scope,
        focus,
        requested,
        dueAt == null ? reportType.promise().map(requested::plus).orElse(null) : dueAt,
        expiresAt == null ? requested.plus(reportType.lifetime()) : expiresAt,
        retryOf);
  }

  @Override
  public @Nullable PatrolId patrol() {
    return patrolId;
  }

  @Override
  public @Nullable Instant occurredAt() {
    return requestedAt;
  }

  @Override
  public EventType<PatrolRequested> type() {
    return EventType.REQUESTED;
  }

  private static void atMost(String field, @Nullable String value, int max) {
    if (value != null && value.length() > max) {
      throw new IllegalArgumentException(
          field + " may hold at most " + max + " characters, not " + value.length());
    }
  }
}
