package io.patrolagent.reportsink.status;

import io.patrolagent.common.patrol.ReportStatus;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * How a patrol ended. {@code announced} is that of its row, which is the truth; a stage that gave
 * the patrol up may have come second to another end.
 */
record EndFacts(ReportStatus status, @Nullable String reason, Instant at, boolean announced) {

  private static final Comparator<EndFacts> BEFORE =
      Comparator.comparing(EndFacts::announced)
          .reversed()
          .thenComparing(EndFacts::at)
          .thenComparing(EndFacts::toString);

  EndFacts or(EndFacts other) {
    return BEFORE.compare(this, other) <= 0 ? this : other;
  }
}
