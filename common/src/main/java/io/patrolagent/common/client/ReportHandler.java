package io.patrolagent.common.client;

import io.patrolagent.common.event.ReportFinished;

/** What a subscriber does with a finished report. */
@FunctionalInterface
public interface ReportHandler {

  /**
   * Takes the report; whoever has seen its {@code report_id} before has seen the same.
   *
   * @throws Exception if it could not be taken; it is handed over again after a wait
   */
  void onReport(ReportFinished finished) throws Exception;
}
