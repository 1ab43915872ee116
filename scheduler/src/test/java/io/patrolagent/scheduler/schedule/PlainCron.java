package io.patrolagent.scheduler.schedule;

import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A second reading of cron expressions, as plain as possible and without the library: whether a
 * minute on the wall matches. Numbers alone, {@code *}, lists, ranges and steps.
 */
record PlainCron(
    BitSet minutes, BitSet hours, BitSet days, BitSet months, BitSet weekdays, boolean either) {

  static PlainCron of(String expression) {
    String[] fields = expression.split(" ");
    BitSet weekdays = field(fields[4], 0, 7);
    weekdays.set(0, weekdays.get(0) || weekdays.get(7));
    return new PlainCron(
        field(fields[0], 0, 59),
        field(fields[1], 0, 23),
        field(fields[2], 1, 31),
        field(fields[3], 1, 12),
        weekdays,
        restricted(fields[2]) && restricted(fields[4]));
  }

  private static boolean restricted(String field) {
    return !field.equals("*") && !field.equals("*/1");
  }

  private static BitSet field(String text, int min, int max) {
    BitSet set = new BitSet();
    for (String part : text.split(",")) {
      List<String> step = Arrays.asList(part.split("/"));
      List<String> range = Arrays.asList(step.get(0).split("-"));
      int from = step.get(0).equals("*") ? min : Integer.parseInt(range.get(0));
      int to = step.get(0).equals("*") ? max : Integer.parseInt(range.get(range.size() - 1));
      for (int i = from; i <= to; i += step.size() > 1 ? Integer.parseInt(step.get(1)) : 1) {
        set.set(i);
      }
    }
    return set;
  }

  boolean matches(LocalDateTime minute) {
    boolean day = days.get(minute.getDayOfMonth());
    boolean weekday = weekdays.get(minute.getDayOfWeek().getValue() % 7);
    return minutes.get(minute.getMinute())
        && hours.get(minute.getHour())
        && months.get(minute.getMonthValue())
        && (either ? day || weekday : day && weekday);
  }
}
