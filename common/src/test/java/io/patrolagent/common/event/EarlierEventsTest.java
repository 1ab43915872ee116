package io.patrolagent.common.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.patrol.Scope;
import io.patrolagent.common.report.Prediction;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Events as the first revision wrote them, before promises, budgets and cancellation, are read:
 * they lie in topics for up to 30 days. The files are what that code wrote, and are never written
 * anew.
 */
class EarlierEventsTest {

  private static final List<EventType<?>> LATER =
      List.of(EventType.STATUS, EventType.CANCEL_REQUESTED);

  static Stream<Arguments> written() {
    return EventType.ALL.stream()
        .filter(type -> !LATER.contains(type))
        .flatMap(type -> Stream.of(Arguments.of(type, "full"), Arguments.of(type, "minimal")));
  }

  @ParameterizedTest
  @MethodSource("written")
  void whatTheyHeldIsRead(EventType<?> type, String extent) throws Exception {
    byte[] earlier = read(type, extent);

    Event event = EventCodec.decode(type, earlier);

    // nothing that was there is lost, and nothing is made up
    assertThat(EventCodec.mapper().readTree(EventCodec.encode(event)))
        .isEqualTo(EventCodec.mapper().readTree(earlier));
    assertThat(SchemaValidation.problems(type.name(), EventCodec.mapper().readTree(earlier)))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("written")
  void anAbsentSchemaVersionIsTheFirst(EventType<?> type, String extent) throws Exception {
    ObjectNode event = (ObjectNode) EventCodec.mapper().readTree(read(type, extent));
    event.remove("schema_version");

    byte[] value = EventCodec.mapper().writeValueAsBytes(event);

    assertThat(EventCodec.decode(type, value).schemaVersion()).isEqualTo(1);
    assertThat(SchemaValidation.problems(type.name(), event)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("written")
  void aLaterSchemaVersionIsRefusedAndNotMisread(EventType<?> type, String extent)
      throws Exception {
    ObjectNode event = (ObjectNode) EventCodec.mapper().readTree(read(type, extent));
    event.put("schema_version", 2);

    byte[] value = EventCodec.mapper().writeValueAsBytes(event);

    assertThatThrownBy(() -> EventCodec.decode(type, value))
        .isInstanceOf(UndecodableEventException.class)
        .hasMessage(type.name() + ": schema_version 2 is not one that this reader knows (1 to 1)");
    assertThat(SchemaValidation.problems(type.name(), event)).isNotEmpty();
  }

  @Test
  void aRequestPromisedNothing() throws Exception {
    PatrolRequest request =
        EventCodec.decode(EventType.SNAPSHOT_TAKEN, read(EventType.SNAPSHOT_TAKEN, "full"))
            .request();

    assertThat(request).isEqualTo(withoutPromise(Events.request(ReportType.MORNING)));
  }

  @Test
  void aSnapshotLetModelsBeAsked() throws Exception {
    SnapshotTaken taken =
        EventCodec.decode(EventType.SNAPSHOT_TAKEN, read(EventType.SNAPSHOT_TAKEN, "full"));

    assertThat(taken.offlineReason()).isNull();
  }

  @Test
  void aFailureSharedNothingAndCostNothingKnown() throws Exception {
    PatrolFailed failed = EventCodec.decode(EventType.FAILED, read(EventType.FAILED, "full"));

    assertThat(failed.sharedWith()).isNull();
    assertThat(failed.usage()).isNull();
  }

  @Test
  void aScheduledTriggerThatNamesNoPromiseGetsOne() throws Exception {
    PatrolRequest request =
        EventCodec.decode(EventType.REQUESTED, "{\"report_type\":\"morning\"}".getBytes(UTF_8))
            .toRequest(Events.ID, Events.ASKED);

    assertThat(request.scope()).isEqualTo(Scope.FLEET);
    assertThat(request.dueAt()).isEqualTo(Events.ASKED.plusSeconds(15 * 60));
  }

  @Test
  void aPredictionWasItsTextAndConfidence() throws Exception {
    ReportFinished finished =
        EventCodec.decode(EventType.REPORT_FINISHED, read(EventType.REPORT_FINISHED, "full"));

    assertThat(finished.report().predictions())
        .isEqualTo(List.of(new Prediction("High", "c1 fills up")));
  }

  private static PatrolRequest withoutPromise(PatrolRequest request) {
    return new PatrolRequest(
        request.patrolId(),
        request.reportType(),
        request.triggeredBy(),
        request.scope(),
        request.focus(),
        request.requestedAt(),
        null,
        request.expiresAt(),
        request.retryOf());
  }

  private static byte[] read(EventType<?> type, String extent) throws IOException {
    String file = "before/" + type.name() + "." + extent + ".json";
    try (InputStream in = EarlierEventsTest.class.getResourceAsStream(file)) {
      assertThat(in).as(file).isNotNull();
      return in.readAllBytes();
    }
  }
}
