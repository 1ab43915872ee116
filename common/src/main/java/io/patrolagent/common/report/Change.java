package io.patrolagent.common.report;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a problem stands against the report before. */
public enum Change {
  /** It is there and was not in the report before. */
  NEW,
  /** It was there, and its numbers or its severity have got worse. */
  WORSE,
  /** It was there, and its numbers or its severity have got better. */
  BETTER,
  /** It was there and is there still, much the same. */
  PERSISTING,
  /** It was there, and the data proves that it is gone. */
  RESOLVED,
  /** It was there, and nothing proves that it is or is not. */
  NOT_ASSESSED;

  /** The name in events and rows. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
