package io.patrolagent.common.report;

import org.jspecify.annotations.Nullable;

/**
 * What the writer expects in the next 24-48 hours; {@code confidence} is {@code High}, {@code
 * Medium}, {@code Low} or null.
 */
public record Prediction(@Nullable String confidence, String text) {

  public Prediction {
    if (text == null) {
      throw new IllegalArgumentException("predictions.text is missing");
    }
  }
}
