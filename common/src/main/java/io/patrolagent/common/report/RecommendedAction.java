package io.patrolagent.common.report;

import org.jspecify.annotations.Nullable;

/**
 * What to do, in order of priority; {@code urgency} is {@code Immediate}, {@code Today}, {@code
 * This Week} or null.
 */
public record RecommendedAction(@Nullable String urgency, String text) {

  public RecommendedAction {
    if (text == null) {
      throw new IllegalArgumentException("recommended_actions.text is missing");
    }
  }
}
