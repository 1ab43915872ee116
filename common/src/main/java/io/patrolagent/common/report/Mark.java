package io.patrolagent.common.report;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a check came to. */
public enum Mark {
  /** The data says the same, as a reader would compare it. */
  VERIFIED,
  /** The data says otherwise, and the claim's {@code found} is what it says. */
  CONTRADICTED,
  /** Nothing that was read speaks to it. */
  UNSUPPORTED;

  /** The name in events and rows. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
