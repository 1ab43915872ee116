package io.patrolagent.reportsink.status;

import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.report.PatrolReport;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** What a patrol was asked for; of a report alone not all of it is known. */
record RequestFacts(
    @Nullable ReportType reportType,
    @Nullable String triggeredBy,
    @Nullable Instant requestedAt,
    @Nullable Instant dueAt,
    @Nullable Instant expiresAt,
    @Nullable PatrolId retryOf) {

  /**
   * What is known whole goes before what a report tells, and where a patrol id was triggered twice,
   * the first trigger; the rest makes the choice the same in whichever order the two are met.
   */
  private static final Comparator<RequestFacts> BEFORE =
      Comparator.comparing((RequestFacts request) -> request.expiresAt() == null)
          .thenComparing(RequestFacts::requestedAt, Comparator.nullsLast(Instant::compareTo))
          .thenComparing(RequestFacts::toString);

  static RequestFacts of(PatrolRequest request) {
    return new RequestFacts(
        request.reportType(),
        request.triggeredBy(),
        request.requestedAt(),
        request.dueAt(),
        request.expiresAt(),
        request.retryOf());
  }

  static RequestFacts of(PatrolReport report) {
    return new RequestFacts(
        report.reportType(),
        report.triggeredBy(),
        report.requestedAt(),
        report.dueAt(),
        null,
        report.retryOf());
  }

  /** When the patrol counts as overdue, if that is known. */
  @Nullable Instant deadline() {
    return dueAt == null ? expiresAt : dueAt;
  }

  RequestFacts or(RequestFacts other) {
    return BEFORE.compare(this, other) <= 0 ? this : other;
  }
}
