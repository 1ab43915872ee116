package io.patrolagent.aggregator.admission;

import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.ReportStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An on-demand trigger in the log, as far as others depend on it. How its patrol ended is filled in
 * once that is known, and does not change any more. Not thread-safe: the log guards it.
 */
final class Trigger {

  private final Position position;
  private final PatrolId patrol;
  private final RequestKey key;
  private final boolean retry;
  private final Instant expiresAt;
  private @Nullable ReportStatus end;

  Trigger(Position position, PatrolRequest request) {
    this.position = position;
    this.patrol = request.patrolId();
    this.key = RequestKey.of(request);
    this.retry = request.retryOf() != null;
    this.expiresAt = request.expiresAt();
  }

  Position position() {
    return position;
  }

  Instant time() {
    return position.time();
  }

  PatrolId patrol() {
    return patrol;
  }

  RequestKey key() {
    return key;
  }

  boolean isRetry() {
    return retry;
  }

  boolean isExpired(Instant now) {
    return !now.isBefore(expiresAt);
  }

  /** How its patrol ended; null while that is not known. */
  @Nullable ReportStatus end() {
    return end;
  }

  void ended(ReportStatus status) {
    end = status;
  }
}
