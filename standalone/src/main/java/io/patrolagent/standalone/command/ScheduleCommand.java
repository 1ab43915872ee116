package io.patrolagent.standalone.command;

import io.patrolagent.common.config.Env;
import io.patrolagent.scheduler.schedule.Schedule;
import io.patrolagent.scheduler.schedule.ScheduleSettings;
import io.patrolagent.scheduler.schedule.Slot;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code patrol schedule}: when patrols will be made, without connecting to anything. */
@Command(
    name = "schedule",
    mixinStandardHelpOptions = true,
    description =
        "Prints the next slots of each schedule that PATROL_SCHEDULE_… configures, in its time zone"
            + " and in UTC, with the ids that their patrols will have.")
final class ScheduleCommand implements Callable<Integer> {

  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm", Locale.ROOT);

  private final Terminal terminal;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "5",
      description = "slots of each; default: ${DEFAULT-VALUE}")
  private int count;

  ScheduleCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * The schedules that the environment configures.
   *
   * @throws io.patrolagent.common.config.ConfigurationException naming everything that is wrong
   */
  static ScheduleSettings settings(Terminal terminal) {
    Env env = Env.of(terminal.variables());
    ScheduleSettings settings = ScheduleSettings.from(env);
    env.verify();
    return settings;
  }

  /** {@code Wed 2026-11-25 07:00 Europe/Berlin}. */
  static String nextSlot(Schedule schedule) {
    Slot slot = schedule.next(Instant.now());
    return LOCAL.format(slot.local()) + " " + schedule.zone();
  }

  @Override
  public Integer call() {
    var schedules = settings(terminal).schedules();
    if (schedules.isEmpty()) {
      terminal.err().println("patrol: no schedule is on");
      return PatrolCommand.FAILED;
    }
    for (Schedule schedule : schedules) {
      terminal.out().println(schedule);
      Slot slot = schedule.next(Instant.now());
      for (int i = 0; i < count; i++, slot = schedule.next(slot.at())) {
        terminal
            .out()
            .printf(
                "  %s  %s  %s%n", LOCAL.format(slot.local()), slot.at(), schedule.patrolId(slot));
      }
    }
    return PatrolCommand.OK;
  }
}
