package io.patrolagent.agentrunner.loop;

import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.report.Usage;
import org.jspecify.annotations.Nullable;

/**
 * A run ends without a report: {@code failed} because nobody could write one, or {@code cancelled}.
 * Carries what it cost nevertheless, null where no model was asked.
 */
public final class NoReportException extends Exception {

  private final ReportStatus status;
  private final @Nullable Usage usage;

  NoReportException(ReportStatus status, String reason, @Nullable Usage usage) {
    super(reason);
    this.status = status;
    this.usage = usage;
  }

  public ReportStatus status() {
    return status;
  }

  public @Nullable Usage usage() {
    return usage;
  }
}
