package io.patrolagent.reportsink.status;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.patrolagent.common.patrol.PatrolId;
import java.time.Instant;
import java.util.Comparator;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a patrol, from one record or from all that were met.
 *
 * <p>{@link #and} is associative, commutative and idempotent: each part keeps one of two by an
 * order of its own. So topics may be read in any order, and records again: what is known in the end
 * is the same, and it never becomes less. {@code lastAt} is the latest time that any of them told.
 */
record PatrolFacts(
    PatrolId patrolId,
    @Nullable RequestFacts request,
    @Nullable Instant snapshotAt,
    @Nullable Instant startedAt,
    @Nullable RoundFacts round,
    @Nullable Instant agentFinishedAt,
    @Nullable EndFacts end,
    @Nullable PatrolId sharedWith,
    @Nullable Instant overdueSince,
    Instant lastAt) {

  PatrolFacts {
    lastAt = lastAt == null ? Instant.EPOCH : lastAt;
  }

  static PatrolFacts requested(PatrolId patrol, RequestFacts request) {
    Instant at = request.requestedAt() == null ? Instant.EPOCH : request.requestedAt();
    return new PatrolFacts(patrol, request, null, null, null, null, null, null, null, at);
  }

  static PatrolFacts snapshotTaken(PatrolId patrol, Instant at) {
    return new PatrolFacts(patrol, null, at, null, null, null, null, null, null, at);
  }

  static PatrolFacts started(PatrolId patrol, Instant at) {
    return new PatrolFacts(patrol, null, null, at, null, null, null, null, null, at);
  }

  /** The agent is at this step, and so has begun at the latest then. */
  static PatrolFacts inRound(PatrolId patrol, RoundFacts round) {
    Instant at = round.at();
    return new PatrolFacts(patrol, null, null, at, round, null, null, null, null, at);
  }

  static PatrolFacts agentFinished(PatrolId patrol, Instant at) {
    return new PatrolFacts(patrol, null, null, null, null, at, null, null, null, at);
  }

  static PatrolFacts ended(PatrolId patrol, EndFacts end) {
    return new PatrolFacts(patrol, null, null, null, null, null, end, null, null, end.at());
  }

  static PatrolFacts shared(PatrolId patrol, PatrolId with) {
    return new PatrolFacts(patrol, null, null, null, null, null, null, with, null, Instant.EPOCH);
  }

  static PatrolFacts overdue(PatrolId patrol, Instant since) {
    return new PatrolFacts(patrol, null, null, null, null, null, null, null, since, since);
  }

  PatrolFacts and(PatrolFacts other) {
    return new PatrolFacts(
        patrolId,
        both(request, other.request, RequestFacts::or),
        both(snapshotAt, other.snapshotAt, PatrolFacts::earlier),
        both(startedAt, other.startedAt, PatrolFacts::earlier),
        both(round, other.round, RoundFacts::or),
        both(agentFinishedAt, other.agentFinishedAt, PatrolFacts::earlier),
        both(end, other.end, EndFacts::or),
        both(sharedWith, other.sharedWith, BinaryOperator.minBy(Comparator.naturalOrder())),
        both(overdueSince, other.overdueSince, PatrolFacts::earlier),
        lastAt.isAfter(other.lastAt) ? lastAt : other.lastAt);
  }

  /** When it is overdue unless it ends before; null for one that has ended or is overdue. */
  @JsonIgnore
  @Nullable Instant deadline() {
    return end != null || overdueSince != null || request == null ? null : request.deadline();
  }

  @JsonIgnore
  boolean isOverdue() {
    return overdueSince != null && end == null;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static <T> @Nullable T both(
      @Nullable T one, @Nullable T other, BinaryOperator<T> choice) {
    if (one == null) {
      return other;
    }
    return other == null ? one : choice.apply(one, other);
  }
}
