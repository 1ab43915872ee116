package io.patrolagent.agentrunner.tool;

import static io.patrolagent.agentrunner.tool.ToolFleet.NOW;
import static io.patrolagent.agentrunner.tool.ToolFleet.call;
import static io.patrolagent.agentrunner.tool.ToolFleet.hours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patrolagent.agentrunner.Snapshots;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.patrol.Scope;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GetPreviousPatrolIT {

  private final ToolFleet fleet = new ToolFleet();
  private final Tool tool = new GetPreviousPatrol(fleet.queries());

  @AfterEach
  void close() {
    fleet.close();
  }

  @Test
  void beforeTheTableIsMadeThereIsNone() throws Exception {
    ObjectNode answer = call(tool, "{}");

    assertThat(answer)
        .hasToString(
            "{\"source\":\"alerts.patrol_reports\",\"at\":\"2026-11-24T07:00:00Z\",\"found\":false}");
  }

  @Test
  void theNewestOfTheSameScopeIsTold() throws Exception {
    // Given
    reportsTable();
    report("morning", "completed", Scope.FLEET, hours(30), "older");
    report("evening", "partial", Scope.FLEET, Duration.ofMinutes(750), "newer");
    report("morning", "completed", ToolFleet.regions("r1"), hours(1), "elsewhere");

    // When
    ObjectNode answer = call(tool, "{}");

    // Then
    assertThat(answer.path("found").asBoolean()).isTrue();
    assertThat(answer.path("fleet_narrative").asText()).isEqualTo("newer");
    assertThat(answer.path("report_type").asText()).isEqualTo("evening");
    assertThat(answer.path("status").asText()).isEqualTo("partial");
    assertThat(answer.path("finished_at").asText()).isEqualTo("2026-11-23T18:30:00Z");
    assertThat(answer.path("age_hours").asDouble()).isEqualTo(12.5);
    assertThat(answer.path("flagged_clusters")).hasToString("[{\"cluster_id\":\"c1\"}]");
    assertThat(answer.path("predictions")).hasToString("[]");
    assertThat(call(tool, "{\"report_type\": \"morning\"}").path("fleet_narrative").asText())
        .isEqualTo("older");
    assertThat(call(tool, "{\"report_type\": \"weekly\"}").path("found").asBoolean()).isFalse();
  }

  @Test
  void aScopeIsTheSameWhateverTheOrderOfItsValues() throws Exception {
    reportsTable();
    report("morning", "completed", ToolFleet.regions("r1", "r2"), hours(1), "both");

    assertThat(call(tool, "{}", ToolFleet.regions("r2", "r1")).path("fleet_narrative").asText())
        .isEqualTo("both");
    assertThat(call(tool, "{}", ToolFleet.regions("r1")).path("found").asBoolean()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"failed", "expired"})
  void aPatrolWithoutAReportIsNone(String status) throws Exception {
    reportsTable();
    report("morning", status, Scope.FLEET, hours(1), null);

    assertThat(call(tool, "{}").path("found").asBoolean()).isFalse();
  }

  @Test
  void thisPatrolIsNotItsOwnPredecessor() throws Exception {
    reportsTable();
    UUID own = Snapshots.request().patrolId().value();
    report(own, "morning", "completed", Scope.FLEET, hours(1), "own");

    assertThat(call(tool, "{}").path("found").asBoolean()).isFalse();
  }

  @Test
  void anUnknownReportTypeIsRefused() {
    assertThatThrownBy(() -> call(tool, "{\"report_type\": \"daily\"}"))
        .isInstanceOf(ToolRefusal.class)
        .hasMessage(
            "report_type must be one of morning, evening, weekly, on_demand, not \"daily\"");
  }

  private void reportsTable() {
    for (String statement : List.of(ToolDatabase.migration("V1__patrol_reports.sql"))) {
      fleet.execute(statement);
    }
    fleet.execute("grant select on alerts.patrol_reports to " + ToolDatabase.READER);
  }

  private void report(String type, String status, Scope scope, Duration age, String narrative) {
    report(UUID.randomUUID(), type, status, scope, age, narrative);
  }

  private void report(
      UUID id, String type, String status, Scope scope, Duration age, String narrative) {
    try {
      fleet.execute(
          """
          insert into alerts.patrol_reports
            (report_id, report_type, status, scope, finished_at, fleet_narrative, flagged_clusters,
             source_topic, source_topic_id, source_partition, source_offset)
          values (?, ?, ?, cast(? as jsonb), ?, ?, '[{"cluster_id": "c1"}]', 't', 't', 0, 0)
          """,
          id,
          type,
          status,
          EventCodec.mapper().writeValueAsString(scope),
          NOW.minus(age).atOffset(ZoneOffset.UTC),
          narrative);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
