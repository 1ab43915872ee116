package io.patrolagent.common.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.patrol.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {

  private static final String ID = Events.ID.toString();
  private static final String SECRET = "s3cr3t-of-a-stranger";

  static Stream<Event> all() {
    return Events.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void anEventIsReadAsItWasWritten(Event event) throws Exception {
    assertThat(EventCodec.decode(event.type(), EventCodec.encode(event))).isEqualTo(event);
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyFieldIsWrittenOnceInSnakeCase(Event event) throws Exception {
    JsonNode json = EventCodec.mapper().readTree(EventCodec.encode(event));

    assertThat(json.fieldNames())
        .toIterable()
        .containsExactlyElementsOf(
            Arrays.stream(event.getClass().getRecordComponents())
                .map(
                    component ->
                        component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT))
                .toList());
  }

  @Test
  void timesAreWrittenInTheirIsoForm() throws Exception {
    JsonNode json = EventCodec.mapper().readTree(EventCodec.encode(Events.requested()));

    assertThat(json.get("requested_at").textValue()).isEqualTo("2026-11-25T07:00:00.123456Z");
    assertThat(json.get("patrol_id").textValue()).isEqualTo(ID);
    assertThat(json.get("report_type").textValue()).isEqualTo("weekly");
  }

  @Test
  void theCountsOfADayKeepTheirName() throws Exception {
    JsonNode json =
        EventCodec.mapper().readTree(EventCodec.encode(Events.taken(ReportType.MORNING)));

    assertThat(json.at("/snapshot/alerts_24h/firing_from_before").intValue()).isEqualTo(6);
  }

  @Test
  void whatIsNullIsLeftOut() throws Exception {
    PatrolRequested bare =
        new PatrolRequested(1, null, ReportType.MORNING, null, null, null, null, null, null, null);

    assertThat(EventCodec.encode(bare))
        .asString(UTF_8)
        .isEqualTo("{\"schema_version\":1,\"report_type\":\"morning\"}");
  }

  @Test
  void aBareTriggerIsCompletedFromWhereAndWhenItWasWritten() throws Exception {
    Instant written = Instant.parse("2026-11-25T07:00:00Z");

    PatrolRequested bare = trigger("{\"report_type\":\"on_demand\"}");

    assertThat(bare.toRequest(Events.ID, written))
        .isEqualTo(
            new PatrolRequest(
                Events.ID,
                ReportType.ON_DEMAND,
                "unknown",
                Scope.FLEET,
                null,
                written,
                null,
                written.plus(Duration.ofHours(24)),
                null));
  }

  @Test
  void whatATriggerSaysIsKept() {
    assertThat(Events.requested().toRequest(Events.EARLIER, Instant.EPOCH))
        .isEqualTo(Events.request(ReportType.WEEKLY));
  }

  @Test
  void anExpiryThatATriggerLeavesOutCountsFromWhenItWasAskedFor() throws Exception {
    PatrolRequested trigger =
        trigger("{\"report_type\":\"morning\",\"requested_at\":\"2026-11-25T07:00:00Z\"}");

    assertThat(trigger.toRequest(Events.ID, Instant.parse("2026-11-25T09:00:00Z")).expiresAt())
        .isEqualTo("2026-11-25T19:00:00Z");
  }

  @Test
  void aTimeMayCarryAnOffset() throws Exception {
    assertThat(
            trigger("{\"report_type\":\"morning\",\"expires_at\":\"2026-11-25T09:00:00+02:00\"}")
                .expiresAt())
        .isEqualTo("2026-11-25T07:00:00Z");
  }

  @Test
  void fieldsThatThisReaderDoesNotKnowAreIgnored() throws Exception {
    assertThat(
            trigger(
                "{\"report_type\":\"morning\",\"priority\":{\"level\":9},\"type\":1,"
                    + "\"scope\":{\"tiers\":[\"S\"],\"clouds\":[\"aws\"],\"fleet\":true}}"))
        .extracting(PatrolRequested::scope)
        .extracting(Scope::describe)
        .isEqualTo("tiers S");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"schema_version\":1,", "\"schema_version\":null,"})
  void anAbsentSchemaVersionIsTheFirst(String version) throws Exception {
    assertThat(trigger("{" + version + "\"report_type\":\"morning\"}").schemaVersion())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "-1", "99"})
  void anySchemaVersionButTheFirstIsRefused(String version) {
    assertThat(refused("{\"schema_version\":" + version + ",\"report_type\":\"morning\"}"))
        .hasMessage(
            "patrol.requested: schema_version "
                + version
                + " is not one that this reader knows (1 to 1)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "triggered_by   | 7",
        "triggered_by   | 7.5",
        "triggered_by   | true",
        "triggered_by   | [\"alice\"]",
        "triggered_by   | {\"name\":\"alice\"}",
        "focus          | false",
        "schema_version | \"1\"",
        "schema_version | 1.5",
        "schema_version | 1.0",
        "schema_version | true",
        "schema_version | \"\"",
        "patrol_id      | 7",
        "patrol_id      | {}",
        "scope          | \"\"",
        "scope          | \"fleet\"",
        "scope          | []",
        "requested_at   | 1764054000",
        "requested_at   | 1764054000.5",
        "requested_at   | \"1764054000\"",
        "requested_at   | \"\"",
        "requested_at   | \"2026-11-25\"",
        "requested_at   | \"2026-11-25T07:00:00\"",
        "expires_at     | \"tomorrow\"",
        "expires_at     | []"
      })
  void aValueOfAnotherTypeIsRefusedAndNotMadeToFit(String field, String value) {
    assertThat(refused("{\"report_type\":\"morning\",\"" + field + "\":" + value + "}"))
        .hasMessage("patrol.requested: " + field + " has a wrong type or form");
  }

  @Test
  void theMessageNamesThePathOfANestedField() {
    assertThat(refused("{\"report_type\":\"morning\",\"scope\":{\"tiers\":[\"S\",1]}}"))
        .hasMessage("patrol.requested: scope.tiers.[1] has a wrong type or form");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"report_type\":null"})
  void aTriggerWithoutAReportTypeIsToldWhatItNeeds(String fields) {
    assertThat(refused("{" + fields + "}"))
        .hasMessage(
            "patrol.requested: report_type is missing; a trigger needs at least"
                + " {\"report_type\":\"on_demand\"}");
  }

  @Test
  void aReportTypeThatIsNotKnownIsToldTheKnownOnes() {
    assertThat(refused("{\"report_type\":\"daily\"}"))
        .hasMessageEndingWith(
            "report_type must be one of morning, evening, weekly, on_demand, not 'daily'");
  }

  @Test
  void aTriggersTextsAreBounded() throws Exception {
    assertThat(trigger(withText("triggered_by", 200)).triggeredBy()).hasSize(200);
    assertThat(trigger(withText("focus", 2000)).focus()).hasSize(2000);
    assertThat(refused(withText("triggered_by", 201)))
        .hasMessageEndingWith("triggered_by may hold at most 200 characters, not 201");
    assertThat(refused(withText("focus", 2001)))
        .hasMessageEndingWith("focus may hold at most 2000 characters, not 2001");
  }

  static Stream<Arguments> notEvents() {
    return Stream.of(
        Arguments.of(null, "patrol.requested has no value (null)"),
        Arguments.of("", "patrol.requested has an empty value"),
        Arguments.of("  ", "patrol.requested must be a JSON object, not MISSING"),
        Arguments.of("null", "patrol.requested must be a JSON object, not NULL"),
        Arguments.of("[]", "patrol.requested must be a JSON object, not ARRAY"),
        Arguments.of("\"morning\"", "patrol.requested must be a JSON object, not STRING"),
        Arguments.of("morning", "patrol.requested is not JSON (line 1, column 1)"),
        Arguments.of("{\"report_type\":", "patrol.requested is not JSON (line 1, column 16)"),
        Arguments.of(
            "{\"report_type\":\"morning\"}\n{}", "patrol.requested is not JSON (line 2, column 1)"),
        Arguments.of("[".repeat(5000) + "]".repeat(5000), "patrol.requested is not JSON"));
  }

  @ParameterizedTest
  @MethodSource("notEvents")
  void whatIsNoJsonObjectIsRefused(String value, String message) {
    assertThat(refused(value)).hasMessageStartingWith(message);
  }

  @Test
  void bytesThatAreNoTextAreRefused() {
    byte[] value = {'{', '"', 'a', '"', ':', '"', (byte) 0xff, (byte) 0xfe, '"', '}'};

    assertThatThrownBy(() -> EventCodec.decode(EventType.REQUESTED, value))
        .isInstanceOf(UndecodableEventException.class)
        .hasMessageStartingWith("patrol.requested is not JSON");
  }

  @Test
  void aValueMayFillItsLimitAndNotExceedIt() throws Exception {
    String json = "{\"report_type\":\"morning\"}";
    int limit = EventType.REQUESTED.maxBytes();

    assertThat(trigger(json + " ".repeat(limit - json.length()))).isNotNull();
    assertThat(refused(json + " ".repeat(limit - json.length() + 1)))
        .hasMessage("patrol.requested may have at most 65536 bytes, not 65537");
  }

  @Test
  void anEventThatExceedsItsLimitIsNotWritten() {
    PatrolFailed failed =
        PatrolFailed.of(
            Events.request(ReportType.MORNING),
            "aggregator",
            ReportStatus.FAILED,
            "x".repeat(EventType.FAILED.maxBytes()),
            Events.ENDED);

    assertThatThrownBy(() -> EventCodec.encode(failed))
        .isInstanceOf(EventTooLargeException.class)
        .hasMessageContaining("patrol.failed may have at most 4194304 bytes, this one has ");
  }

  @Test
  void aFailureThatClaimsAReportIsRefused() {
    assertThat(
            refused(
                EventType.FAILED,
                "{\"patrol_id\":\"%s\",\"stage\":\"s\",\"reason\":\"r\",\"status\":\"completed\","
                        .formatted(ID)
                    + "\"failed_at\":\"2026-11-25T07:00:00Z\"}"))
        .hasMessage(
            "patrol.failed: patrol_failed.status must be one without a report, not completed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SECRET,
        "{" + SECRET,
        "{\"" + SECRET + "\":}",
        "\"" + SECRET + "\"",
        "{\"report_type\":{\"a\":\"" + SECRET + "\"}}",
        "{\"report_type\":\"morning\",\"scope\":\"" + SECRET + "\"}",
        "{\"report_type\":\"morning\",\"scope\":{\"regions\":{\"a\":\"" + SECRET + "\"}}}",
        "{\"report_type\":\"morning\",\"requested_at\":\"" + SECRET + "\"}",
        "{\"report_type\":\"morning\",\"schema_version\":\"" + SECRET + "\"}",
        "{\"report_type\":\"morning\",\"triggered_by\":[\"" + SECRET + "\"]}",
        "{\"report_type\":\"morning\",\"schema_version\":9,\"focus\":\"" + SECRET + "\"}",
        "{\"report_type\":\"daily\",\"triggered_by\":\"" + SECRET + "\"}"
      })
  void theMessageRepeatsNothingOfTheValueButTheFieldItRefuses(String value) {
    assertThat(refused(value)).hasMessageNotContaining(SECRET).hasNoCause();
  }

  @Test
  void aListWithAHoleIsRefused() {
    String json =
        new String(EventCodec.encode(Events.finished()), UTF_8)
            .replace("\"warnings\":[\"the last round was cut short\"]", "\"warnings\":[null]");

    assertThat(refused(EventType.AGENT_FINISHED, json))
        .hasMessage("patrol.agent-finished: the value has a wrong type or form");
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of(EventType.REQUESTED, "{\"patrol_id\":\"" + ID + "\"}"),
        Arguments.of(EventType.SNAPSHOT_TAKEN, "{\"request\":{\"patrol_id\":\"" + ID + "\"}}"),
        Arguments.of(
            EventType.AGENT_FINISHED,
            "{\"schema_version\":2,\"request\":{\"patrol_id\":\"" + ID + "\"}}"),
        Arguments.of(EventType.FAILED, "{\"patrol_id\":\"" + ID + "\",\"status\":7}"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void thePatrolOfABrokenEventIsNamedWhereItCanBeRead(EventType<?> type, String value) {
    assertThat(refused(type, value).patrolId()).contains(Events.ID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"patrol_id\":\"1-1-1-1-1\"}",
        "{\"patrol_id\":7}",
        "{\"patrol_id\":null}",
        "{\"request\":\"x\"}",
        "[]"
      })
  void noPatrolIsGuessedWhereNoneCanBeRead(String value) {
    assertThat(refused(value).patrolId()).isEmpty();
  }

  private static PatrolRequested trigger(String json) throws UndecodableEventException {
    return EventCodec.decode(EventType.REQUESTED, json.getBytes(UTF_8));
  }

  private static UndecodableEventException refused(String value) {
    return refused(EventType.REQUESTED, value);
  }

  private static UndecodableEventException refused(EventType<?> type, String value) {
    byte[] bytes = value == null ? null : value.getBytes(UTF_8);
    UndecodableEventException refusal =
        catchThrowableOfType(UndecodableEventException.class, () -> EventCodec.decode(type, bytes));
    assertThat(refusal).as("the refusal of %s", value).isNotNull();
    return refusal;
  }

  private static String withText(String field, int length) {
    return "{\"report_type\":\"morning\",\"" + field + "\":\"" + "x".repeat(length) + "\"}";
  }
}
