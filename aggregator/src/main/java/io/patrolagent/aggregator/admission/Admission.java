package io.patrolagent.aggregator.admission;

import io.patrolagent.common.patrol.PatrolId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What becomes of a trigger before anything is spent on it. */
public sealed interface Admission {

  /**
   * It gets its patrol. {@code offlineReason} says why no model may be asked for it; null where one
   * may.
   */
  record Admitted(@Nullable String offlineReason) implements Admission {}

  /** Another patrol answers the same request. */
  record Shared(PatrolId with) implements Admission {}

  /** A cap or the budget stands against it. */
  record Rejected(String reason) implements Admission {}

  /** Somebody cancelled it before it began. */
  record Cancelled(String reason) implements Admission {}

  /** A word for metrics: {@code admitted}, {@code offline}, {@code shared}, … */
  default String word() {
    return this instanceof Admitted admitted && admitted.offlineReason() != null
        ? "offline"
        : getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }
}
