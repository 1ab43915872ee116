package io.patrolagent.reportsink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.event.PatrolFailed;
import io.patrolagent.common.event.ReportFinished;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.report.PatrolReport;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes a row and its event keeps to the published schemas. */
class ReportColumnsTest {

  private static final List<String> JSON_COLUMNS =
      List.of(
          "scope",
          "flagged_clusters",
          "predictions",
          "customer_summaries",
          "recommended_actions",
          "fleet_snapshot",
          "warnings");

  static Stream<PatrolReport> reports() {
    PatrolId other = PatrolId.random();
    return Stream.of(
            new SinkInput.Finished(Inputs.finished()),
            new SinkInput.Finished(Inputs.finished("nothing of the format")),
            new SinkInput.Finished(Inputs.finished("## FLAGGED_CLUSTERS\n[\"c-1\", {\"id\": 7}]")),
            new SinkInput.Failed(Inputs.failed(Inputs.request())),
            new SinkInput.Failed(Inputs.ended(Inputs.request(), ReportStatus.SHARED, other)))
        .map(Inputs::draft);
  }

  @ParameterizedTest
  @MethodSource("reports")
  void aColumnKeepsToItsSchema(PatrolReport report) throws JsonProcessingException {
    Map<String, Object> columns = ReportColumns.of(report);

    for (String column : JSON_COLUMNS) {
      Object json = columns.get(column);
      if (json != null) {
        JsonNode value = EventCodec.mapper().readTree((String) json);
        assertThat(problems(column, value)).as(column + " of " + json).isEmpty();
      }
    }
    assertThat(columns.get("flagged_clusters")).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("reports")
  void anAnnouncementKeepsToItsSchema(PatrolReport report) {
    ReportFinished announced = Announcement.of(report);

    JsonNode value = EventCodec.mapper().valueToTree(announced);
    assertThat(problems("patrol.report-finished", value)).isEmpty();
  }

  @Test
  void aTriggerThatNobodyCouldReadHasNoScope() {
    PatrolFailed unreadable =
        new PatrolFailed(
            1,
            PatrolId.random(),
            null,
            "aggregator",
            ReportStatus.FAILED,
            "unreadable",
            null,
            null,
            Inputs.DONE);

    Map<String, Object> columns = ReportColumns.of(Inputs.draft(new SinkInput.Failed(unreadable)));

    assertThat(columns.get("scope")).isNull();
    assertThat(columns.get("fleet_snapshot")).isNull();
  }

  private static List<String> problems(String schema, JsonNode value) {
    String file = "io/patrolagent/common/event/schema/" + schema + ".schema.json";
    return JsonSchemaFactory.getInstance(VersionFlag.V202012)
        .getSchema(
            SchemaLocation.of("classpath:" + file),
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build())
        .validate(value)
        .stream()
        .map(ValidationMessage::getMessage)
        .toList();
  }
}
