package io.patrolagent.common.report;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where code took an entry from that the writer left out. */
public enum AddedFrom {
  /** The snapshot that the writer was given. */
  SNAPSHOT,
  /** The fleet's tables, read when the report was checked. */
  FLEET;

  /** The name in events and rows. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
