package io.patrolagent.reportsink;

import io.patrolagent.common.ops.ServiceMain;

/** The report-sink's process. */
final class Main {

  private Main() {}

  public static void main(String[] args) {
    ServiceMain.run(
        SinkHandler.STAGE,
        "Writes every patrol's report, or why there is none, and announces it.",
        args,
        ReportSinkService::create);
  }
}
