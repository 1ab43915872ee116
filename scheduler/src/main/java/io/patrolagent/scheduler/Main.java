package io.patrolagent.scheduler;

import io.patrolagent.common.ops.ServiceMain;

/** The scheduler's process. */
final class Main {

  private Main() {}

  public static void main(String[] args) {
    ServiceMain.run(
        SchedulerService.NAME,
        "Triggers the morning, evening and weekly patrols, or those of a schedule file.",
        args,
        SchedulerService::create);
  }
}
