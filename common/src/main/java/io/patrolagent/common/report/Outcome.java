package io.patrolagent.common.report;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What became of a prediction whose window has passed. */
public enum Outcome {
  /** The data shows it. */
  CAME_TRUE,
  /** The data shows otherwise; perhaps because somebody acted. */
  DID_NOT_COME_TRUE,
  /** No data speaks to it. */
  NOT_ASSESSABLE;

  /** The name in events and rows. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
