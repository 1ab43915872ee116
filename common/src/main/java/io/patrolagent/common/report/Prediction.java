package io.patrolagent.common.report;

import org.jspecify.annotations.Nullable;

/**
 * What the writer expects in the next 24-48 hours. {@code text} is the whole of it, in the writer's
 * words; everything else was read out of it and is null where it could not be.
 *
 * <ul>
 *   <li>{@code confidence}: {@code High}, {@code Medium} or {@code Low}. A probability of 70 % or
 *       more is High, of 40 % or more Medium, anything below Low.
 *   <li>{@code cluster_id}: the one cluster that it is about; null where it names several.
 *   <li>{@code event}: what will happen, as written.
 *   <li>{@code threshold}: the bound that will be crossed, as written, such as {@code above 95 %};
 *       always text, for a number in another locale is not ours to guess.
 *   <li>{@code window}: when, as written, such as {@code within 36 h} or {@code by 14:00 UTC}.
 *   <li>{@code window_hours_from}, {@code window_hours_to}: that window in hours after the report
 *       was written; from is 0 where the window has an end only. Null where the words are not a
 *       number of hours, days or weeks, nor a time in UTC.
 * </ul>
 */
public record Prediction(
    @Nullable String confidence,
    @Nullable String clusterId,
    @Nullable String event,
    @Nullable String threshold,
    @Nullable String window,
    @Nullable Double windowHoursFrom,
    @Nullable Double windowHoursTo,
    String text) {

  public Prediction {
    if (text == null) {
      throw new IllegalArgumentException("predictions.text is missing");
    }
    if (windowHoursFrom != null && windowHoursTo != null && windowHoursFrom > windowHoursTo) {
      throw new IllegalArgumentException(
          "predictions.window_hours_from is after window_hours_to: "
              + windowHoursFrom
              + " > "
              + windowHoursTo);
    }
  }

  /** A prediction of which nothing but the confidence was read. */
  public Prediction(@Nullable String confidence, String text) {
    this(confidence, null, null, null, null, null, null, text);
  }
}
