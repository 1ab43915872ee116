package io.patrolagent.scheduler.schedule;

import io.patrolagent.common.config.Env;
import io.patrolagent.common.config.Setting;
import io.patrolagent.common.patrol.ReportType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every schedule, how long after a slot its report is due, and how late a slot is still made. */
public record ScheduleSettings(List<Schedule> schedules, Duration dueAfter, Duration grace) {

  private static final Map<ReportType, Setting> VARIABLES =
      new EnumMap<>(
          Map.of(
              ReportType.MORNING, Setting.SCHEDULE_MORNING,
              ReportType.EVENING, Setting.SCHEDULE_EVENING,
              ReportType.WEEKLY, Setting.SCHEDULE_WEEKLY));

  private static final String OFF = "off";

  public ScheduleSettings {
    schedules = List.copyOf(schedules);
    if (dueAfter.isNegative() || dueAfter.isZero()) {
      throw new IllegalArgumentException("due after must be above 0, got " + dueAfter);
    }
    if (grace.isNegative() || grace.isZero()) {
      throw new IllegalArgumentException("grace must be above 0, got " + grace);
    }
  }

  /** From {@code PATROL_SCHEDULE_…}, and the file if one is named; notes problems in the env. */
  public static ScheduleSettings from(Env env) {
    ZoneId zone = zone(env);
    return new ScheduleSettings(
        env.isSet(Setting.SCHEDULE_FILE) ? ofFile(env, zone) : ofVariables(env, zone),
        env.duration(Setting.SCHEDULE_DUE_AFTER),
        env.duration(Setting.SCHEDULE_GRACE));
  }

  /** The report types that are made by schedule. */
  static Set<ReportType> types() {
    return VARIABLES.keySet();
  }

  private static List<Schedule> ofVariables(Env env, ZoneId zone) {
    return VARIABLES.entrySet().stream()
        .flatMap(
            entry ->
                cron(env, entry.getValue())
                    .map(cron -> Schedule.of(entry.getKey(), cron, zone))
                    .stream())
        .toList();
  }

  private static Optional<Cron> cron(Env env, Setting setting) {
    if (env.isBlank(setting)) {
      return Optional.empty();
    }
    String expression = env.string(setting);
    if (expression.equalsIgnoreCase(OFF)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Cron.parse(expression));
    } catch (IllegalArgumentException e) {
      env.problem(setting, e.getMessage() + ", or " + OFF);
      return Optional.empty();
    }
  }

  private static List<Schedule> ofFile(Env env, ZoneId zone) {
    for (Setting setting : VARIABLES.values()) {
      if (env.isSet(setting)) {
        env.problem(
            setting,
            "cannot be set beside "
                + Setting.SCHEDULE_FILE.variable()
                + ", which takes its place: make it one of the file's schedules");
      }
    }
    Optional<Path> file = env.file(Setting.SCHEDULE_FILE);
    return file.map(
            path ->
                ScheduleFile.read(
                    path, zone, problem -> env.problem(Setting.SCHEDULE_FILE, problem)))
        .orElse(List.of());
  }

  private static ZoneId zone(Env env) {
    try {
      return Zones.parse(env.string(Setting.SCHEDULE_ZONE));
    } catch (IllegalArgumentException e) {
      env.problem(Setting.SCHEDULE_ZONE, String.valueOf(e.getMessage()));
      return ZoneId.of(Setting.SCHEDULE_ZONE.example());
    }
  }
}
