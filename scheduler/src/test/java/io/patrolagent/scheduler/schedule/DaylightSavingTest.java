package io.patrolagent.scheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.patrolagent.common.patrol.ReportType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Slots across the changes of the clocks, against a walk through every minute with a second reading
 * of the expression: whatever the clocks have passed for the first time is due.
 */
class DaylightSavingTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("2028-01-01T00:00:00Z");

  /** Changes at 1, 2 and 3 h, at midnight, by half an hour, both hemispheres, and none. */
  private static final List<String> ZONES =
      List.of(
          "UTC",
          "Europe/Berlin",
          "Europe/London",
          "America/New_York",
          "America/Santiago",
          "Australia/Lord_Howe",
          "Africa/Casablanca",
          "Pacific/Apia",
          "Pacific/Chatham",
          "Asia/Kolkata");

  private static final List<String> EXPRESSIONS =
      List.of(
          "0 7 * * *",
          "30 7 * * 1",
          "30 2 * * *",
          "15 1,2,3 * * *",
          "0 0 * * *",
          "*/45 0-4 * * *",
          "30 0-3 * * 0",
          "59 1 * 3,4,9-11 *",
          "0 2 1,15 * 7");

  @ParameterizedTest
  @FieldSource("ZONES")
  void inTwoYearsNoSlotIsSkippedAndNoneComesTwice(String zone) {
    Map<String, List<Slot>> walked = walk(ZoneId.of(zone), EXPRESSIONS, START, END);

    walked.forEach(
        (expression, slots) ->
            assertThat(slots(zone, expression, START, END)).as(expression).isEqualTo(slots));
  }

  /** One a day by its id, too: the date on the wall is the patrol's. */
  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, 30 2 * * *",
    "America/New_York, 30 1 * * *",
    "America/Santiago, 0 0 * * *",
    "Australia/Lord_Howe, 45 1 * * *",
    "UTC, 0 7 * * *"
  })
  void aDailyScheduleMakesOnePatrolForEachDateOfTheYear(String zone, String expression) {
    Schedule schedule = schedule(zone, expression);
    List<Slot> slots = slots(zone, expression, START, END);

    assertThat(slots.stream().map(slot -> slot.local().toLocalDate()).distinct())
        .hasSameSizeAs(slots)
        .containsAll(LocalDate.of(2026, 1, 2).datesUntil(LocalDate.of(2027, 12, 31)).toList());
    assertThat(slots.stream().map(schedule::patrolId)).doesNotHaveDuplicates();
  }

  @Test
  void aSkippedSlotComesRightAfterTheGap() {
    assertThat(next("Europe/Berlin", "30 2 * * *", "2026-03-28T12:00:00Z"))
        .isEqualTo(slot("2026-03-29T02:30", "2026-03-29T01:00:00Z"));
    assertThat(next("Australia/Lord_Howe", "15 2 * * *", "2026-10-03T12:00:00Z"))
        .isEqualTo(slot("2026-10-04T02:15", "2026-10-03T15:30:00Z"));
  }

  @Test
  void aSlotThatTheClocksShowTwiceComesTheFirstTimeAlone() {
    Slot first = next("America/New_York", "30 1 * * *", "2026-11-01T00:00:00Z");

    assertThat(first).isEqualTo(slot("2026-11-01T01:30", "2026-11-01T05:30:00Z"));
    assertThat(next("America/New_York", "30 1 * * *", "2026-11-01T05:30:00Z"))
        .isEqualTo(slot("2026-11-02T01:30", "2026-11-02T06:30:00Z"));
    assertThat(next("America/New_York", "30 1 * * *", "2026-11-01T06:10:00Z").local())
        .isEqualTo(LocalDateTime.parse("2026-11-02T01:30"));
  }

  /** Three skipped slots and the one after the gap fall on one instant, and are one patrol. */
  @Test
  void slotsThatTheGapMovesOntoOneInstantAreOne() {
    assertThat(
            slots(
                "Europe/Berlin",
                "*/20 * * * *",
                instant("2026-03-29T00:39:00Z"),
                instant("2026-03-29T01:21:00Z")))
        .containsExactly(
            slot("2026-03-29T01:40", "2026-03-29T00:40:00Z"),
            slot("2026-03-29T02:00", "2026-03-29T01:00:00Z"),
            slot("2026-03-29T03:20", "2026-03-29T01:20:00Z"));
  }

  /** Samoa had no 30 December 2011. */
  @Test
  void aDayThatAZoneLeavesOutHasItsSlotWhenTheNextBegins() {
    assertThat(
            slots(
                "Pacific/Apia",
                "0 7 * * *",
                instant("2011-12-29T12:00:00Z"),
                instant("2011-12-31T12:00:00Z")))
        .containsExactly(
            slot("2011-12-29T07:00", "2011-12-29T17:00:00Z"),
            slot("2011-12-30T07:00", "2011-12-30T10:00:00Z"),
            slot("2011-12-31T07:00", "2011-12-30T17:00:00Z"));
  }

  /** A scheduler that starts in the hour that comes twice has no slot of the first pass. */
  @Test
  void fromWhereverOneAsksTheNextSlotIsTheSame() {
    List<Slot> slots =
        slots(
            "Europe/Berlin",
            "*/20 * * * *",
            instant("2026-10-24T23:00:00Z"),
            instant("2026-10-25T03:00:00Z"));
    for (Instant asked = instant("2026-10-24T23:00:00Z");
        asked.isBefore(instant("2026-10-25T02:00:00Z"));
        asked = asked.plusSeconds(37)) {
      Instant from = asked;
      assertThat(next("Europe/Berlin", "*/20 * * * *", from.toString()))
          .isEqualTo(slots.stream().filter(s -> s.at().isAfter(from)).findFirst().orElseThrow());
    }
  }

  /** What a clerk with a wall clock and a list would do, minute by minute. */
  private static Map<String, List<Slot>> walk(
      ZoneId zone, List<String> expressions, Instant from, Instant to) {
    Map<String, List<Slot>> slots = new TreeMap<>();
    expressions.forEach(expression -> slots.put(expression, new ArrayList<>()));
    List<PlainCron> crons = expressions.stream().map(PlainCron::of).toList();
    LocalDateTime seen = LocalDateTime.ofInstant(from, zone);
    for (Instant now = from.plusSeconds(60); !now.isAfter(to); now = now.plusSeconds(60)) {
      ZoneOffset offset = zone.getRules().getOffset(now);
      LocalDateTime wall = LocalDateTime.ofEpochSecond(now.getEpochSecond(), 0, offset);
      Set<String> due = new HashSet<>();
      while (seen.isBefore(wall)) {
        seen = seen.plusMinutes(1);
        for (int i = 0; i < crons.size(); i++) {
          String expression = expressions.get(i);
          if (crons.get(i).matches(seen) && due.add(expression)) {
            slots.get(expression).add(new Slot(seen, now));
          }
        }
      }
    }
    return slots;
  }

  private static List<Slot> slots(String zone, String expression, Instant from, Instant to) {
    Schedule schedule = schedule(zone, expression);
    return Stream.iterate(
            schedule.next(from), slot -> !slot.at().isAfter(to), slot -> schedule.next(slot.at()))
        .toList();
  }

  private static Slot next(String zone, String expression, String after) {
    return schedule(zone, expression).next(Instant.parse(after));
  }

  private static Schedule schedule(String zone, String expression) {
    return Schedule.of(ReportType.MORNING, Cron.parse(expression), ZoneId.of(zone));
  }

  private static Slot slot(String local, String at) {
    return new Slot(LocalDateTime.parse(local), Instant.parse(at));
  }

  private static Instant instant(String text) {
    return Instant.parse(text);
  }
}
