package io.patrolagent.common.patrol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why a patrol is made, and so what its report looks at and how long its trigger is worth acting
 * on.
 */
public enum ReportType {
  MORNING(Duration.ofHours(12)),
  EVENING(Duration.ofHours(12)),
  WEEKLY(Duration.ofDays(7)),
  ON_DEMAND(Duration.ofHours(24));

  private static final Duration PROMISE = Duration.ofMinutes(15);

  private final Duration lifetime;

  ReportType(Duration lifetime) {
    this.lifetime = lifetime;
  }

  /**
   * How long a trigger that names no {@code expires_at} stays worth acting on: until the next slot
   * of its kind would supersede it, a day on demand.
   */
  public Duration lifetime() {
    return lifetime;
  }

  /** How long after its request a report is promised; empty on demand, where nobody promised. */
  public Optional<Duration> promise() {
    return this == ON_DEMAND ? Optional.empty() : Optional.of(PROMISE);
  }

  /** The name in events, rows and commands: {@code morning}, {@code on_demand}, … */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a wire name, exactly.
   *
   * @throws IllegalArgumentException for any other text, naming those allowed
   */
  @JsonCreator
  public static ReportType parse(String text) {
    return Arrays.stream(values())
        .filter(type -> type.wireName().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "report_type must be one of " + allowed() + ", not '" + text + "'"));
  }

  private static String allowed() {
    return Arrays.stream(values()).map(ReportType::wireName).collect(Collectors.joining(", "));
  }
}
