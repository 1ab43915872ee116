package io.patrolagent.agentrunner.offline.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One metric of a cluster over the hours that were asked for: its latest value, and the straight
 * line through its samples. {@code crossesAt} is when that line meets the metric's threshold.
 */
public record MetricReading(
    String metric,
    int samples,
    @Nullable Double latest,
    @Nullable Instant latestAt,
    @Nullable Double max,
    @Nullable Double slopePerHour,
    @Nullable Double rSquared,
    @Nullable Double threshold,
    @Nullable Instant crossesAt,
    @Nullable Double hoursToThreshold) {

  static MetricReading of(JsonNode json) {
    return new MetricReading(
        Fields.textOrEmpty(json, "metric"),
        Fields.count(json, "samples"),
        Fields.number(json, "latest"),
        Fields.time(json, "latest_at"),
        Fields.number(json, "max"),
        Fields.number(json, "slope_per_hour"),
        Fields.number(json, "r_squared"),
        Fields.number(json, "threshold"),
        Fields.time(json, "crosses_at"),
        Fields.number(json, "hours_to_threshold"));
  }

  /** Whether a line through the samples says something about them. */
  public boolean isStraight(double atLeast) {
    return slopePerHour != null && rSquared != null && rSquared >= atLeast;
  }
}
