package io.patrolagent.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patrolagent.embedded.EmbeddedDatabase;
import io.patrolagent.embedded.ReferenceSchema;
import io.patrolagent.embedded.fleet.DemoFleet;
import io.patrolagent.embedded.fleet.FleetOptions;
import io.patrolagent.embedded.fleet.FleetProfile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as a user types it, with everything embedded that is not configured. */
@Timeout(240)
class PatrolCommandIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void aPatrolOfTheDemoFleetPrintsItsEventAloneAndProgressBeside() throws Exception {
    CommandLineRun run =
        CommandLineRun.of(Map.of(), "run", "on_demand", "--json", "--clusters", "60");

    assertThat(run.exitStatus()).as(run.err()).isZero();
    JsonNode event = JSON.readTree(run.out());
    assertThat(event.get("status").asText()).isEqualTo("completed");
    assertThat(event.at("/report/fleet_snapshot/cluster_counts/total").asInt()).isEqualTo(60);
    assertThat(run.err())
        .contains("✓ the agent writes the report", "✓ round 1: the agent thinks")
        .contains("✓ round 1: query_fleet_summary", "✓ the report is parsed and stored");
  }

  @Test
  void onAnOperatorsDatabaseTheReportStaysThereToBeListedAndShown(@TempDir Path folder)
      throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.start()) {
      try (Connection connection =
          DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password())) {
        ReferenceSchema.create(connection);
        new DemoFleet(
                FleetOptions.defaults(Instant.now())
                    .withClusters(40)
                    .withProfile(FleetProfile.HEALTHY))
            .load(connection);
      }
      Map<String, String> variables =
          Map.of(
              "PATROL_DATABASE_URL", database.jdbcUrl(), "PATROL_DATABASE_USER", database.user());

      CommandLineRun run =
          CommandLineRun.of(variables, "run", "morning", "--triggered-by", "alice");
      assertThat(run.exitStatus()).as(run.err()).isZero();
      assertThat(run.out()).containsIgnoringCase("healthy").contains("alice");

      CommandLineRun nothing =
          CommandLineRun.of(variables, "run", "--region", "nowhere-1", "--json");
      assertThat(nothing.exitStatus()).as(nothing.err()).isEqualTo(1);
      JsonNode failed = JSON.readTree(nothing.out());
      assertThat(failed.get("status").asText()).isEqualTo("failed");
      assertThat(failed.at("/report/error").asText()).contains("nowhere-1");

      CommandLineRun list = CommandLineRun.of(variables, "list");
      assertThat(list.exitStatus()).isZero();
      assertThat(list.out()).contains("morning", "completed", "alice", "failed");

      String id = failed.get("report_id").asText();
      CommandLineRun show = CommandLineRun.of(variables, "show", id);
      assertThat(show.exitStatus()).isZero();
      assertThat(show.out()).contains("failed", "nowhere-1");

      CommandLineRun brief =
          CommandLineRun.of(variables, "show", id, "--format", "brief", "--zone", "Europe/Berlin");
      assertThat(brief.exitStatus()).as(brief.err()).isZero();
      assertThat(brief.out()).startsWith("⛔ Fleet").contains("No report.", "nowhere-1");

      Path page = folder.resolve("report.html");
      String morning =
          list.out().lines().filter(l -> l.contains("morning")).findFirst().orElseThrow();
      CommandLineRun html =
          CommandLineRun.of(
              variables,
              "show",
              morning.substring(0, 36),
              "--format",
              "html",
              "--output",
              page.toString());
      assertThat(html.exitStatus()).as(html.err()).isZero();
      assertThat(html.out()).isEmpty();
      assertThat(page).content().startsWith("<!DOCTYPE html>").contains("Fleet morning patrol");

      String unknown = UUID.randomUUID().toString();
      CommandLineRun missing = CommandLineRun.of(variables, "show", unknown);
      assertThat(missing.exitStatus()).isEqualTo(1);
      assertThat(missing.err()).contains(unknown, "patrol list");
    }
  }
}
