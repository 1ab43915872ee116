package io.patrolagent.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patrolagent.common.config.Env;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.scheduler.schedule.ScheduleSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A scheduler on a clock that the test sets: what is triggered at each turn, and what is not. */
class SchedulerTest {

  private final FakeClock clock = new FakeClock("2026-11-24T06:00:00Z");
  private final FakeTriggers triggers = new FakeTriggers();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void aSlotIsTriggeredWhenItComesAndNotAgain() throws Exception {
    Scheduler scheduler = daily();

    assertThat(turnAt(scheduler, "2026-11-24T06:59:59.999Z")).isEmpty();
    assertThat(turnAt(scheduler, "2026-11-24T07:00:00Z"))
        .containsExactly("morning 2026-11-24T07:00:00Z");
    assertThat(turnAt(scheduler, "2026-11-24T07:00:00.001Z")).isEmpty();
    assertThat(turnAt(scheduler, "2026-11-24T07:59:00Z")).isEmpty();
    assertThat(turnAt(scheduler, "2026-11-24T19:00:20Z"))
        .containsExactly("evening 2026-11-24T19:00:00Z");
    assertThat(triggered("morning", "sent")).isEqualTo(1);
    assertThat(lateness("evening")).isEqualTo(20);
  }

  @Test
  void twoSchedulersAndOneThatRestartsAskForTheSamePatrol() throws Exception {
    FakeTriggers others = new FakeTriggers();
    clock.set("2026-11-24T07:00:03Z");
    daily().turn();
    new Scheduler(settings(Map.of()), others, clock, new SimpleMeterRegistry()).turn();
    clock.set("2026-11-24T07:30:00Z");
    daily().turn();

    assertThat(triggers.sent).hasSize(2);
    assertThat(others.sent).hasSize(1);
    assertThat(triggers.sent.get(1)).isEqualTo(triggers.sent.get(0)).isEqualTo(others.sent.get(0));
    assertThat(triggers.sent.get(0).patrolId())
        .isEqualTo(PatrolId.ofSlot("morning", LocalDateTime.parse("2026-11-24T07:00")));
  }

  @Test
  void aSlotThatWasMissedIsCaughtUpOnceWithinTheGrace() throws Exception {
    Scheduler scheduler = daily();

    assertThat(turnAt(scheduler, "2026-11-24T07:59:59Z"))
        .containsExactly("morning 2026-11-24T07:00:00Z");
    assertThat(turnAt(scheduler, "2026-11-24T07:59:59.500Z")).isEmpty();
  }

  @Test
  void aSlotThatWasMissedLongerAgoThanTheGraceIsLeft() throws Exception {
    assertThat(turnAt(daily(), "2026-11-24T08:00:00Z")).isEmpty();
    assertThat(triggered("morning", "missed")).as("somebody else may have triggered it").isZero();
  }

  /** What an outage held up is worth one patrol, not one for each slot. */
  @Test
  void ofSeveralMissedSlotsTheLatestAloneIsCaughtUp() throws Exception {
    Scheduler scheduler = scheduler(Map.of("PATROL_SCHEDULE_MORNING", "*/10 * * * *"));

    assertThat(turnAt(scheduler, "2026-11-24T06:05:00Z"))
        .containsExactly("morning 2026-11-24T06:00:00Z");
    assertThat(turnAt(scheduler, "2026-11-24T06:35:00Z"))
        .containsExactly("morning 2026-11-24T06:30:00Z");
    assertThat(triggered("morning", "missed")).isEqualTo(2);
  }

  @Test
  void aClockThatJumpsForwardIsCaughtUpWithinTheGraceAndNoFurther() throws Exception {
    Scheduler scheduler = daily();
    turnAt(scheduler, "2026-11-24T06:00:00Z");

    assertThat(turnAt(scheduler, "2026-11-24T07:40:00Z"))
        .containsExactly("morning 2026-11-24T07:00:00Z");
    assertThat(turnAt(scheduler, "2026-11-26T08:30:00Z")).isEmpty();
    assertThat(triggered("morning", "missed")).as("of the last day and the grace").isEqualTo(1);
    assertThat(turnAt(scheduler, "2026-11-26T19:00:00Z"))
        .containsExactly("evening 2026-11-26T19:00:00Z");
  }

  @Test
  void aClockThatGoesBackALittleTriggersNothingTwice() throws Exception {
    Scheduler scheduler = daily();
    turnAt(scheduler, "2026-11-24T07:00:00.005Z");

    assertThat(turnAt(scheduler, "2026-11-24T06:59:59.990Z")).isEmpty();
    assertThat(turnAt(scheduler, "2026-11-24T07:00:00Z")).isEmpty();
    assertThat(turnAt(scheduler, "2026-11-25T07:00:00Z"))
        .containsExactly("morning 2026-11-25T07:00:00Z");
    assertThat(triggered("morning", "missed")).isZero();
  }

  /** Otherwise a clock that was wrong by a year would silence the scheduler for a year. */
  @Test
  void aClockThatWasFarAheadDoesNotSilenceTheSlotsThatComeAgain() throws Exception {
    Scheduler scheduler = daily();
    turnAt(scheduler, "2027-11-24T07:00:00Z");
    turnAt(scheduler, "2026-11-24T06:50:00Z");

    assertThat(turnAt(scheduler, "2026-11-24T07:00:00Z"))
        .containsExactly("morning 2026-11-24T07:00:00Z");
  }

  @Test
  void aBrokerThatIsDownIsTriedUntilItTakesTheTriggerAndReadinessSaysSo() throws Exception {
    Scheduler scheduler = daily();
    triggers.down = true;
    clock.set("2026-11-24T07:00:00Z");

    assertThat(scheduler.turn()).isEqualTo(Scheduler.RETRY);
    assertThatThrownBy(scheduler::requireReady)
        .hasMessageContaining(
            PatrolId.ofSlot("morning", LocalDateTime.parse("2026-11-24T07:00")).toString())
        .hasMessageContaining("schedule morning")
        .hasMessageContaining("tries until 2026-11-24T08:00:00Z: no broker answers");
    assertThat(turnAt(scheduler, "2026-11-24T07:00:05Z")).isEmpty();
    triggers.down = false;

    assertThat(turnAt(scheduler, "2026-11-24T07:30:00Z"))
        .containsExactly("morning 2026-11-24T07:00:00Z");
    assertThatCode(scheduler::requireReady).doesNotThrowAnyException();
    assertThat(triggered("morning", "failed")).isEqualTo(2);
    assertThat(triggered("morning", "missed")).isZero();
    assertThat(lateness("morning")).isEqualTo(1800);
  }

  @Test
  void aSlotThatNoBrokerTookWithinTheGraceIsGivenUpAndCounted() throws Exception {
    Scheduler scheduler = daily();
    triggers.down = true;
    turnAt(scheduler, "2026-11-24T07:00:00Z");
    turnAt(scheduler, "2026-11-24T07:59:59Z");
    assertThat(triggered("morning", "missed")).isZero();
    turnAt(scheduler, "2026-11-24T08:00:00Z");
    triggers.down = false;

    assertThat(turnAt(scheduler, "2026-11-24T08:00:05Z")).isEmpty();
    assertThat(triggered("morning", "missed")).isEqualTo(1);
    assertThatCode(scheduler::requireReady).doesNotThrowAnyException();
  }

  @Test
  void withoutItsTopicNothingIsSentAndReadinessNamesIt() throws Exception {
    Scheduler scheduler = daily();
    assertThatThrownBy(scheduler::requireReady).hasMessageContaining("has not started");
    triggers.topicMissing = true;
    assertThat(turnAt(scheduler, "2026-11-24T07:00:00Z")).isEmpty();
    assertThatThrownBy(scheduler::requireReady).hasMessageContaining("patrol.requested");
    triggers.topicMissing = false;

    assertThat(turnAt(scheduler, "2026-11-24T07:00:05Z"))
        .containsExactly("morning 2026-11-24T07:00:00Z");
  }

  @Test
  void theWaitEndsAtTheNextSlotAndWithinSecondsSoThatASetClockIsNoticed() throws Exception {
    Scheduler scheduler = daily();

    assertThat(scheduler.turn()).isEqualTo(Scheduler.LONGEST_WAIT);
    clock.set("2026-11-24T06:59:58.500Z");
    assertThat(scheduler.turn()).isEqualTo(Duration.ofMillis(1500));
    clock.set("2026-11-24T06:59:59.999999Z");
    assertThat(scheduler.turn()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(1));
  }

  @Test
  void theNextSlotIsAMetricOfEachSchedule() {
    daily();

    assertThat(nextSlot("morning")).isEqualTo("2026-11-24T07:00:00Z");
    assertThat(nextSlot("evening")).isEqualTo("2026-11-24T19:00:00Z");
    assertThat(nextSlot("weekly")).isEqualTo("2026-11-30T07:30:00Z");
    clock.set("2026-11-24T07:00:00Z");
    assertThat(nextSlot("morning")).isEqualTo("2026-11-25T07:00:00Z");
  }

  private Scheduler daily() {
    return scheduler(Map.of());
  }

  private Scheduler scheduler(Map<String, String> variables) {
    return new Scheduler(settings(variables), triggers, clock, meters);
  }

  private static ScheduleSettings settings(Map<String, String> variables) {
    return ScheduleSettings.from(Env.of(variables));
  }

  private List<String> turnAt(Scheduler scheduler, String instant) throws Exception {
    clock.set(instant);
    scheduler.turn();
    return triggers.take();
  }

  private double triggered(String schedule, String result) {
    return meters
        .get("patrol.schedule.triggers")
        .tags("schedule", schedule, "result", result)
        .counter()
        .count();
  }

  private double lateness(String schedule) {
    return meters.get("patrol.schedule.last.lateness").tag("schedule", schedule).gauge().value();
  }

  private String nextSlot(String schedule) {
    double seconds =
        meters.get("patrol.schedule.next.slot").tag("schedule", schedule).gauge().value();
    return Instant.ofEpochSecond((long) seconds).toString();
  }
}
