package io.patrolagent.scheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patrolagent.common.config.Env;
import io.patrolagent.common.event.PatrolRequested;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.patrol.Scope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleSettingsTest {

  private static final String FILE =
      """
      # follow the sun
      schedules:
        - name: apac-morning
          type: morning
          cron: "30 6 * * MON-FRI"
          zone: Asia/Singapore
          scope:
            regions: [ap-southeast-1, no]
            tiers: [S, A]
          focus: Are the backups of last night complete?
        - {name: fleet-weekly, type: weekly, cron: 0 8 * * MON}
      """;

  @TempDir private Path directory;

  @Test
  void byDefaultThereAreAMorningAnEveningAndAWeeklyPatrolInUtc() {
    ScheduleSettings settings = verified(Map.of());

    assertThat(settings.schedules())
        .extracting(Schedule::toString)
        .containsExactly(
            "morning (0 7 * * *, UTC)", "evening (0 19 * * *, UTC)", "weekly (30 7 * * MON, UTC)");
    assertThat(settings.dueAfter()).isEqualTo(Duration.ofMinutes(15));
    assertThat(settings.grace()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void expressionsZoneAndTimesAreTheOperators() {
    ScheduleSettings settings =
        verified(
            Map.of(
                "PATROL_SCHEDULE_MORNING", "30 6 * * MON-FRI",
                "PATROL_SCHEDULE_EVENING", "off",
                "PATROL_SCHEDULE_WEEKLY", " ",
                "PATROL_SCHEDULE_ZONE", "Europe/Berlin",
                "PATROL_SCHEDULE_DUE_AFTER", "10m",
                "PATROL_SCHEDULE_GRACE", "30m"));

    assertThat(settings.schedules())
        .extracting(Schedule::toString)
        .containsExactly("morning (30 6 * * MON-FRI, Europe/Berlin)");
    assertThat(settings.dueAfter()).isEqualTo(Duration.ofMinutes(10));
    assertThat(settings.grace()).isEqualTo(Duration.ofMinutes(30));
  }

  @Test
  void whatIsWrongIsToldAtOnceWithVariableValueRuleAndExample() {
    Env env =
        Env.of(
            Map.of(
                "PATROL_SCHEDULE_MORNING", "7:00",
                "PATROL_SCHEDULE_WEEKLY", "61 7 * * MON",
                "PATROL_SCHEDULE_ZONE", "Europe/Berln",
                "PATROL_SCHEDULE_GRACE", "soon"));
    ScheduleSettings.from(env);

    assertThatThrownBy(env::verify)
        .hasMessageContaining(
            "PATROL_SCHEDULE_MORNING=7:00: must be a cron expression of five fields (minute, hour,"
                + " day of month, month, day of week): ")
        .hasMessageContaining(", or off, for example PATROL_SCHEDULE_MORNING=30 6 * * MON-FRI")
        .hasMessageContaining("PATROL_SCHEDULE_WEEKLY=61 7 * * MON")
        .hasMessageContaining("Value 61 not in range [0, 59]")
        .hasMessageContaining("IANA name; did you mean Europe/Berlin?")
        .hasMessageContaining("PATROL_SCHEDULE_GRACE=soon");
  }

  /** An offset would be no time of any office for half of the year. */
  @ParameterizedTest
  @ValueSource(strings = {"+02:00", "CEST", "europe/berlin"})
  void onlyZonesOfTheDatabaseAreZones(String zone) {
    Env env = Env.of(Map.of("PATROL_SCHEDULE_ZONE", zone));
    ScheduleSettings.from(env);

    assertThatThrownBy(env::verify).hasMessageContaining("must be a time zone's IANA name");
  }

  @Test
  void aTriggerIsTheSlotsDueSoonAfterItAndWorthMakingUntilTheNext() {
    Schedule morning = verified(Map.of("PATROL_SCHEDULE_ZONE", "Europe/Berlin")).schedules().get(0);
    Slot slot = morning.next(Instant.parse("2026-11-24T12:00:00Z"));

    PatrolRequested trigger = morning.trigger(slot, Duration.ofMinutes(15));

    assertThat(trigger.patrolId())
        .isEqualTo(PatrolId.ofSlot("morning", LocalDateTime.parse("2026-11-25T07:00")));
    assertThat(trigger.reportType()).isEqualTo(ReportType.MORNING);
    assertThat(trigger.triggeredBy()).isEqualTo("schedule");
    assertThat(trigger.scope()).isNull();
    assertThat(trigger.requestedAt()).isEqualTo("2026-11-25T06:00:00Z");
    assertThat(trigger.dueAt()).isEqualTo("2026-11-25T06:15:00Z");
    assertThat(trigger.expiresAt()).isEqualTo("2026-11-26T06:00:00Z");
    assertThat(morning.trigger(slot, Duration.ofDays(3)).dueAt()).isEqualTo("2026-11-26T06:00:00Z");
  }

  @Test
  void aFileTakesTheVariablesPlaceWithSchedulesOfItsOwn() throws Exception {
    ScheduleSettings settings =
        verified(
            Map.of("PATROL_SCHEDULE_FILE", file(FILE), "PATROL_SCHEDULE_ZONE", "America/New_York"));

    assertThat(settings.schedules())
        .extracting(Schedule::toString)
        .containsExactly(
            "apac-morning (30 6 * * MON-FRI, Asia/Singapore)",
            "fleet-weekly (0 8 * * MON, America/New_York)");
    Schedule apac = settings.schedules().get(0);
    PatrolRequested trigger =
        apac.trigger(apac.next(Instant.parse("2026-11-27T12:00:00Z")), Duration.ofMinutes(15));
    assertThat(trigger.patrolId())
        .isEqualTo(PatrolId.ofSlot("apac-morning", LocalDateTime.parse("2026-11-30T06:30")));
    assertThat(trigger.triggeredBy()).isEqualTo("schedule:apac-morning");
    assertThat(trigger.scope())
        .isEqualTo(new Scope(null, null, List.of("S", "A"), List.of("ap-southeast-1", "no"), null));
    assertThat(trigger.focus()).isEqualTo("Are the backups of last night complete?");
  }

  @Test
  void aVariableBesideAFileIsAContradiction() throws Exception {
    Env env =
        Env.of(Map.of("PATROL_SCHEDULE_FILE", file(FILE), "PATROL_SCHEDULE_EVENING", "0 18 * * *"));
    ScheduleSettings.from(env);

    assertThatThrownBy(env::verify)
        .hasMessageContaining("PATROL_SCHEDULE_EVENING=0 18 * * *: cannot be set beside");
  }

  @Test
  void everyProblemOfAFileIsToldAtOnceWithItsLineAndSchedule() {
    String yaml =
        """
        schedules:
          - name: apac
            type: mornin
            cron: "0 25 * * *"
            zon: Asia/Singapore
          - type: weekly
            cron: "0 8 * * MON"
            zone: Mars/Olympus
          - name: apac
            type: on_demand
            cron: "0 8 * * *"
            cron: "0 9 * * *"
            scope: {tiers: [Z], region: [x]}
          - Upper Case
          - name: Upper Case
            type: evening
            cron: "0 19 * * *"
            focus: [a]
        schedule: 1
        """;

    assertThat(problems(yaml))
        .containsExactlyInAnyOrder(
            "line 19: 'schedule' is not a key here; did you mean schedules?",
            "line 3: schedule apac: type 'mornin' must be one of morning, evening, weekly",
            "line 4: schedule apac: cron '0 25 * * *' must be a cron expression of five fields"
                + " (minute, hour, day of month, month, day of week): Value 25 not in range [0, 23]",
            "line 5: schedule apac: 'zon' is not a key here; did you mean zone?",
            "line 6: schedule 2 (without a name): name is missing",
            "line 8: schedule 2 (without a name): zone 'Mars/Olympus' must be a time zone's IANA"
                + " name",
            "line 9: schedule 3: name 'apac' is the name of the schedule on line 2 too",
            "line 10: schedule 3: type 'on_demand' must be one of morning, evening, weekly",
            "line 12: schedule 3: cron is there twice",
            "line 13: schedule 3: 'region' is not a key here; did you mean regions?",
            "line 13: schedule 3: scope.tiers must hold S, A, B or C, not 'Z'",
            "line 14: schedule 4 (without a name): a schedule must be a mapping with name, type,"
                + " cron, zone, scope, focus",
            "line 15: schedule 5: name 'Upper Case' must be up to 63 lower-case letters, digits and"
                + " dashes, a dash not first",
            "line 18: schedule 5: focus must hold a text");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "schedules:", "schedules: []", "schedules: 7", "- a", "schedules: [", "\t- {"})
  void aFileWithoutSchedulesIsAProblem(String yaml) {
    assertThat(problems(yaml)).isNotEmpty().allSatisfy(one -> assertThat(one).startsWith("line "));
  }

  @Test
  void aTriggerThatNobodyWouldTakeIsToldAtTheStart() {
    assertThat(problems(FILE.replace("Are the", "x".repeat(2000) + "Are the")))
        .containsExactly(
            "line 3: schedule apac-morning: focus may hold at most 2000 characters, not 2039");
  }

  @Test
  void jsonIsYaml() {
    String json =
        """
        {"schedules": [{"name": "a", "type": "morning", "cron": "0 7 * * *"}]}
        """;
    assertThat(problems(json)).isEmpty();
  }

  private static List<String> problems(String yaml) {
    List<String> problems = new ArrayList<>();
    ScheduleFile.parse(yaml, ZoneOffset.UTC, problems::add);
    return problems;
  }

  private static ScheduleSettings verified(Map<String, String> variables) {
    Env env = Env.of(variables);
    ScheduleSettings settings = ScheduleSettings.from(env);
    assertThatCode(env::verify).doesNotThrowAnyException();
    return settings;
  }

  private String file(String yaml) throws Exception {
    return Files.writeString(directory.resolve("schedules.yaml"), yaml).toString();
  }
}
