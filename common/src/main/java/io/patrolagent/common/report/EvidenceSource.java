package io.patrolagent.common.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a claim's ground stands: {@code snapshot}, {@code fleet} (its tables, read when the report
 * was checked), or a tool with the {@code arguments} it was called with, as JSON text; and when
 * that was so.
 */
public record EvidenceSource(String name, @Nullable String arguments, @Nullable Instant at) {

  /** What the writer was given. */
  public static final String SNAPSHOT = "snapshot";

  /** The fleet's tables at the time of the check. */
  public static final String FLEET = "fleet";

  public EvidenceSource {
    if (name == null) {
      throw new IllegalArgumentException("sources.name is missing");
    }
  }
}
