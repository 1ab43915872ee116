package io.patrolagent.common.report;

import org.jspecify.annotations.Nullable;

/**
 * What to do, in order of priority; {@code urgency} is {@code Immediate}, {@code Today}, {@code
 * This Week} or null. {@code added_from} says where code took the whole entry from; null where the
 * writer wrote it.
 */
public record RecommendedAction(
    @Nullable String urgency, String text, @Nullable AddedFrom addedFrom) {

  public RecommendedAction {
    if (text == null) {
      throw new IllegalArgumentException("recommended_actions.text is missing");
    }
  }

  /** As the writer wrote it. */
  public RecommendedAction(@Nullable String urgency, String text) {
    this(urgency, text, null);
  }
}
