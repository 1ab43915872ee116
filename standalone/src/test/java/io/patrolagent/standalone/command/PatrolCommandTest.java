package io.patrolagent.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.patrolagent.common.patrol.PatrolId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatrolCommandTest {

  @Test
  void helpNamesEverySubcommandAndTheExitStatuses() {
    CommandLineRun help = CommandLineRun.of(Map.of(), "--help");

    assertThat(help.exitStatus()).isZero();
    assertThat(help.out())
        .contains(
            "run",
            "up",
            "serve",
            "trigger",
            "cancel",
            "schedule",
            "follow",
            "list",
            "show",
            "topics",
            "migrations",
            "dlt",
            "check")
        .contains("Exit status: 0 a report was made");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "up",
        "serve",
        "trigger",
        "cancel",
        "schedule",
        "follow",
        "list",
        "show",
        "topics",
        "migrations",
        "dlt",
        "check"
      })
  void everySubcommandHasHelp(String command) {
    CommandLineRun help = CommandLineRun.of(Map.of(), command, "--help");

    assertThat(help.exitStatus()).isZero();
    assertThat(help.out()).contains("Usage: patrol " + command);
  }

  @Test
  void anUnknownReportTypeIsWrongUsageAndTheKnownOnesAreNamed() {
    CommandLineRun wrong = CommandLineRun.of(Map.of(), "run", "hourly");

    assertThat(wrong.exitStatus()).isEqualTo(2);
    assertThat(wrong.err()).contains("morning, evening, weekly, on_demand", "hourly");
    assertThat(wrong.out()).isEmpty();
  }

  @Test
  void aTierThatDoesNotExistIsWrongUsage() {
    CommandLineRun wrong = CommandLineRun.of(Map.of(), "run", "--tier", "X");

    assertThat(wrong.exitStatus()).isEqualTo(2);
    assertThat(wrong.err()).contains("scope.tiers must hold S, A, B or C");
  }

  @Test
  void aFleetOfNoClustersIsWrongUsage() {
    CommandLineRun wrong = CommandLineRun.of(Map.of(), "run", "--clusters", "0");

    assertThat(wrong.exitStatus()).isEqualTo(2);
    assertThat(wrong.err()).contains("clusters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"show", "cancel"})
  void anIdThatIsNoUuidIsWrongUsage(String command) {
    CommandLineRun wrong = CommandLineRun.of(Map.of(), command, "42");

    assertThat(wrong.exitStatus()).isEqualTo(2);
    assertThat(wrong.err()).contains("patrol_id must be a UUID");
  }

  @Test
  void aFormatThatDoesNotExistIsWrongUsageAndTheKnownOnesAreNamed() {
    String id = PatrolId.random().toString();

    CommandLineRun wrong = CommandLineRun.of(Map.of(), "show", id, "--format", "pdf");

    assertThat(wrong.exitStatus()).isEqualTo(2);
    assertThat(wrong.err()).contains("text, markdown, html, json, brief", "pdf");
  }

  @Test
  void aZoneThatDoesNotExistIsWrongUsage() {
    String id = PatrolId.random().toString();

    CommandLineRun wrong = CommandLineRun.of(Map.of(), "show", id, "--zone", "Europe/Atlantis");

    assertThat(wrong.exitStatus()).isEqualTo(2);
    assertThat(wrong.err()).contains("Europe/Atlantis");
  }

  @Test
  void aWrongConfigurationIsSaidWholeAndEndsWithStatusTwo() {
    CommandLineRun wrong =
        CommandLineRun.of(
            Map.of("PATROL_KAFKA_BOOTSTRAP_SERVERS", "nonsense", "PATROL_TOPIC_PREFX", "x."),
            "trigger",
            "morning");

    assertThat(wrong.exitStatus()).isEqualTo(2);
    assertThat(wrong.err()).contains("must be host:port").contains("PATROL_TOPIC_PREFIX");
  }

  @Test
  void upRefusesAKafkaOfTheOperatorsOwn() {
    CommandLineRun refused =
        CommandLineRun.of(Map.of("PATROL_KAFKA_BOOTSTRAP_SERVERS", "broker:9092"), "up");

    assertThat(refused.exitStatus()).isEqualTo(2);
    assertThat(refused.err()).contains("patrol serve");
  }

  @Test
  void theScheduleIsPrintedWithTheIdsOfItsPatrols() {
    CommandLineRun schedule =
        CommandLineRun.of(
            Map.of(
                "PATROL_SCHEDULE_MORNING", "30 6 * * MON-FRI",
                "PATROL_SCHEDULE_EVENING", "off",
                "PATROL_SCHEDULE_WEEKLY", "",
                "PATROL_SCHEDULE_ZONE", "Europe/Berlin"),
            "schedule",
            "--count",
            "2");

    assertThat(schedule.exitStatus()).isZero();
    assertThat(schedule.out().lines()).hasSize(3);
    assertThat(schedule.out())
        .startsWith("morning (30 6 * * MON-FRI, Europe/Berlin)")
        .containsPattern("(?m)^  (Mon|Tue|Wed|Thu|Fri) [0-9-]+ 06:30  [0-9TZ:-]+  [0-9a-f-]{36}$");
  }

  @Test
  void aWrongScheduleIsSaidBeforeAnythingIsEmbedded() {
    CommandLineRun wrong = CommandLineRun.of(Map.of("PATROL_SCHEDULE_MORNING", "7:00"), "up");

    assertThat(wrong.exitStatus()).isEqualTo(2);
    assertThat(wrong.err()).contains("PATROL_SCHEDULE_MORNING=7:00", "five fields");
  }
}
