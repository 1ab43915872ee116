package io.patrolagent.agentrunner.tool;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What the samples of one metric in a window come to, fed in the order of their time. Not
 * thread-safe.
 */
final class MetricSummary {

  static final int POINTS = 24;

  private static final Duration HORIZON = Duration.ofDays(30);
  private static final double MILLIS_PER_HOUR = 3_600_000;

  private final String metric;
  private final Instant since;
  private final Instant now;
  private final LinearTrend trend = new LinearTrend();
  private final double[] sums = new double[POINTS];
  private final long[] counts = new long[POINTS];
  private long samples;
  private double sum;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private double latest;
  private @Nullable Instant firstAt;
  private @Nullable Instant latestAt;

  MetricSummary(String metric, Instant since, Instant now) {
    this.metric = metric;
    this.since = since;
    this.now = now;
  }

  void add(Instant at, double value) {
    if (firstAt == null) {
      firstAt = at;
    }
    latestAt = at;
    latest = value;
    samples++;
    sum += value;
    min = Math.min(min, value);
    max = Math.max(max, value);
    trend.add(hoursFromStart(at), value);
    int point = point(at);
    sums[point] += value;
    counts[point]++;
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("metric", metric);
    json.put("samples", samples);
    json.put("first_at", firstAt == null ? null : firstAt.toString());
    json.put("latest_at", latestAt == null ? null : latestAt.toString());
    if (samples == 0) {
      return json;
    }
    json.put("latest", Figures.plain(latest));
    json.put("min", Figures.plain(min));
    json.put("max", Figures.plain(max));
    json.put("mean", Figures.plain(sum / samples));
    put(json, "slope_per_hour", trend.slope());
    put(json, "r_squared", trend.rSquared());
    forecast(json);
    json.set("series", series());
    return json;
  }

  private void forecast(ObjectNode json) {
    Optional<Threshold> threshold = Threshold.of(metric);
    Optional<Instant> crossing = threshold.flatMap(this::crossing);
    threshold.ifPresentOrElse(
        end -> {
          json.put("threshold", Figures.plain(end.value()));
          json.put("threshold_direction", end.direction().wireName());
          json.put("beyond_threshold", end.isBeyond(latest));
        },
        () -> {
          json.putNull("threshold");
          json.putNull("threshold_direction");
        });
    crossing.ifPresentOrElse(
        at -> {
          json.put("crosses_at", at.toString());
          json.put("hours_to_threshold", Figures.hours(now, at));
        },
        () -> {
          json.putNull("crosses_at");
          json.putNull("hours_to_threshold");
        });
  }

  /** Never before now: a line that met it since the last sample meets it at any moment. */
  private Optional<Instant> crossing(Threshold threshold) {
    if (threshold.isBeyond(latest)
        || !trend.significant()
        || !threshold.isAhead(trend.slope().orElse(0))) {
      return Optional.empty();
    }
    double hours = trend.meets(threshold.value()).orElse(Double.NaN);
    double hoursAhead = hours - hoursFromStart(now);
    if (!(hoursAhead <= HORIZON.toHours())) {
      return Optional.empty();
    }
    long seconds = Math.round(Math.max(0, hoursAhead) * 3600);
    return Optional.of(now.plusSeconds(seconds));
  }

  /** Averages of equal parts of the window, each at its middle; parts without a sample are left. */
  private ArrayNode series() {
    ArrayNode series = JsonNodeFactory.instance.arrayNode();
    long width = Duration.between(since, now).toMillis() / POINTS;
    for (int point = 0; point < POINTS; point++) {
      if (counts[point] > 0) {
        Instant middle = since.plusMillis(width * point + width / 2);
        series.addArray().add(middle.toString()).add(Figures.plain(sums[point] / counts[point]));
      }
    }
    return series;
  }

  private int point(Instant at) {
    double share =
        (double) Duration.between(since, at).toMillis() / Duration.between(since, now).toMillis();
    return (int) Math.max(0, Math.min(POINTS - 1, Math.ceil(share * POINTS) - 1));
  }

  private double hoursFromStart(Instant at) {
    return Duration.between(since, at).toMillis() / MILLIS_PER_HOUR;
  }

  private static void put(ObjectNode json, String name, OptionalDouble value) {
    if (value.isPresent()) {
      json.put(name, Figures.plain(value.getAsDouble()));
    } else {
      json.putNull(name);
    }
  }
}
