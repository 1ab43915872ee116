package io.patrolagent.common.patrol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** How a patrol ended. Every patrol ends in exactly one of these. */
public enum ReportStatus {
  /** A full report. */
  COMPLETED,
  /** A report of which a part is missing or could not be read; its warnings say what. */
  PARTIAL,
  /** A full report that the offline analyst wrote because no provider could. */
  DEGRADED,
  /** No report; {@code error} says why. */
  FAILED,
  /** No report, because the trigger's {@code expires_at} passed first. */
  EXPIRED,
  /**
   * No report, because the patrol was not let in: a cap or the budget; {@code error} says which.
   */
  REJECTED,
  /** No report, because somebody cancelled the patrol; {@code error} says who. */
  CANCELLED,
  /** No report of its own: {@code shared_with} is the patrol that answers the same request. */
  SHARED;

  /** Whether there is a report to read. */
  public boolean isReport() {
    return this == COMPLETED || this == PARTIAL || this == DEGRADED;
  }

  /** The name in events and rows: {@code completed}, … */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a wire name, exactly.
   *
   * @throws IllegalArgumentException for any other text
   */
  @JsonCreator
  public static ReportStatus parse(String text) {
    return Arrays.stream(values())
        .filter(status -> status.wireName().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("status '" + text + "' is not known"));
  }
}
