package io.patrolagent.systemtests.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.systemtests.clock.SetClock;
import io.patrolagent.systemtests.process.ServiceProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A scheduler whose clock is set. Beside the schedule that a test is about there is one of every
 * minute, whose triggers show that the scheduler has looked at the clock.
 */
class ClockFaultsIT extends FaultKit {

  /**
   * The scheduler looks at the clock every other second; the rest is for a busy machine, and for a
   * clock that it finds set back across a minute, which has no more slots then.
   */
  private static final Duration NOTICED = Duration.ofSeconds(90);

  /** How far the clock may have gone on until the scheduler sees it. */
  private static final Duration PAST = Duration.ofMinutes(2);

  private static final String BEAT = "beat";
  private static final String TESTED = "tested";

  @TempDir private Path directory;
  private SetClock clock;

  @BeforeEach
  void makeClock() throws Exception {
    clock = new SetClock(directory);
  }

  /** With a schedule of that cron expression and zone. */
  private void schedule(String cron, String zone) throws Exception {
    Path file = directory.resolve("schedules.yaml");
    Files.writeString(
        file,
        """
        schedules:
          - {name: tested, type: morning, cron: "%s", zone: %s}
          - {name: beat, type: evening, cron: "* * * * *", zone: UTC}
        """
            .formatted(cron, zone));
    pipeline.with("PATROL_SCHEDULE_FILE", file.toString());
  }

  private void startScheduler() throws Exception {
    ServiceProcess scheduler = pipeline.launch("scheduler", List.of(clock.option()));
    Pipeline.awaitReady(scheduler);
  }

  /** Sets the clock to a time, and returns when the scheduler has seen it. */
  private void at(String time) throws Exception {
    Instant instant = Instant.parse(time);
    List<Instant> before = slots(BEAT);
    clock.set(instant);
    Instant beat = instant.truncatedTo(ChronoUnit.MINUTES);
    await()
        .alias("the scheduler has seen that it is " + time)
        .atMost(NOTICED)
        .until(
            () ->
                slots(BEAT).stream()
                    .skip(before.size())
                    .anyMatch(slot -> !slot.isBefore(beat) && slot.isBefore(beat.plus(PAST))));
  }

  /** When the triggered slots of a schedule were, in the order of their triggers. */
  private List<Instant> slots(String schedule) {
    return triggers(schedule).stream()
        .map(trigger -> Instant.parse(trigger.get("requested_at").asText()))
        .toList();
  }

  private List<PatrolId> patrols(String schedule) {
    return triggers(schedule).stream()
        .map(trigger -> PatrolId.parse(trigger.get("patrol_id").asText()))
        .toList();
  }

  private List<JsonNode> triggers(String schedule) {
    return pipeline.ledger().values(pipeline.topics().requested()).stream()
        .filter(trigger -> trigger.get("triggered_by").asText().equals("schedule:" + schedule))
        .toList();
  }

  private static PatrolId patrol(String localSlot) {
    return PatrolId.ofSlot(TESTED, LocalDateTime.parse(localSlot));
  }

  @Test
  void aClockThatJumpsTriggersNoSlotTwiceAndNoneThatIsOlderThanTheGrace() throws Exception {
    schedule("0 7 * * *", "UTC");
    clock.set(Instant.parse("2027-01-04T06:55:01Z"));
    startScheduler();
    at("2027-01-04T06:58:01Z");
    assertThat(slots(TESTED)).isEmpty();

    at("2027-01-04T07:00:01Z");
    at("2027-01-04T06:56:56Z"); // back over the slot
    at("2027-01-04T07:01:01Z"); // and forward over it again
    assertThat(patrols(TESTED)).containsExactly(patrol("2027-01-04T07:00"));

    at("2027-01-06T08:30:01Z"); // past two slots, the later by more than an hour
    assertThat(patrols(TESTED)).hasSize(1);
    assertThat(pipeline.service("scheduler").hasLogged("slot 2027-01-06T07:00 UTC)")).isTrue();

    at("2027-01-07T07:45:01Z"); // past one by less than an hour
    assertThat(patrols(TESTED))
        .containsExactly(patrol("2027-01-04T07:00"), patrol("2027-01-07T07:00"));

    pipeline.service("scheduler").kill();
    clock.set(Instant.parse("2027-01-10T07:45:01Z"));
    startScheduler(); // down for three days
    at("2027-01-10T07:46:01Z");
    assertThat(patrols(TESTED))
        .containsExactly(
            patrol("2027-01-04T07:00"), patrol("2027-01-07T07:00"), patrol("2027-01-10T07:00"));
  }

  @Test
  void aLocalTimeThatComesTwiceIsOneSlotAndOneThatIsSkippedIsNotMissed() throws Exception {
    schedule("30 2 * * *", "Europe/Berlin");
    clock.set(Instant.parse("2026-10-25T00:28:01Z"));
    startScheduler();

    at("2026-10-25T00:29:01Z"); // 02:29 in summer time
    assertThat(slots(TESTED)).isEmpty();
    at("2026-10-25T00:30:01Z");
    at("2026-10-25T01:30:01Z"); // 02:30 again, in winter time
    at("2026-10-25T01:31:01Z");
    assertThat(patrols(TESTED)).containsExactly(patrol("2026-10-25T02:30"));
    assertThat(slots(TESTED)).containsExactly(Instant.parse("2026-10-25T00:30:00Z"));

    at("2027-03-28T00:59:01Z"); // 01:59 in winter time, and 03:00 a minute later
    assertThat(patrols(TESTED)).hasSize(1);
    at("2027-03-28T01:00:01Z");
    at("2027-03-28T01:30:01Z"); // 03:30: what 02:30 would have been without the change
    assertThat(patrols(TESTED))
        .containsExactly(patrol("2026-10-25T02:30"), patrol("2027-03-28T02:30"));
    assertThat(slots(TESTED).get(1)).isEqualTo(Instant.parse("2027-03-28T01:00:00Z"));
  }

  @Test
  void whatWasTriggeredInThreeDaysOfOutageExpiresAndCostsNothing() throws Exception {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);
    LocalDateTime slot = LocalDateTime.ofInstant(now, ZoneOffset.UTC);
    Path file = directory.resolve("schedules.yaml");
    Files.writeString(
        file,
        """
        schedules:
          - {name: tested, type: morning, cron: "%d %d * * *", zone: UTC, focus: outage}
        """
            .formatted(slot.getMinute(), slot.getHour()));
    pipeline.with("PATROL_SCHEDULE_FILE", file.toString());
    clock.set(now.minus(Duration.ofDays(3)));
    startScheduler();
    for (int daysAgo = 3; daysAgo >= 0; daysAgo--) {
      Instant due = now.minus(Duration.ofDays(daysAgo));
      clock.set(due.plusSeconds(1));
      await().atMost(NOTICED).ignoreExceptions().until(() -> slots(TESTED).contains(due));
    }
    pipeline.without("PATROL_SCHEDULE_FILE");
    List<PatrolId> patrols = patrols(TESTED);
    patrols.forEach(patrol -> pipeline.expect(patrol, 0)); // calls are counted by focus

    pipeline.startAll();

    pipeline.recovers("three days of outage", Pipeline.UNDISTURBED);
    assertThat(patrols).hasSize(4);
    assertThat(pipeline.ledger().statuses(patrols.subList(0, 3))).containsOnly("expired");
    assertThat(pipeline.ledger().row(patrols.get(3)).status()).isEqualTo("completed");
    assertThat(pipeline.model().roundsOf("outage")).containsExactly(1, 2, 3);
  }
}
