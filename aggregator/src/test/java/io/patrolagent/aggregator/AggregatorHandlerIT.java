package io.patrolagent.aggregator;

import static io.patrolagent.aggregator.SourceRecords.job;
import static io.patrolagent.aggregator.SourceRecords.trigger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patrolagent.aggregator.admission.AdmissionsFixture;
import io.patrolagent.aggregator.history.ReportHistory;
import io.patrolagent.aggregator.snapshot.SnapshotTaker;
import io.patrolagent.aggregator.snapshot.SqlFiles;
import io.patrolagent.common.event.CancelRequested;
import io.patrolagent.common.event.PatrolFailed;
import io.patrolagent.common.event.SnapshotTaken;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.patrol.Scope;
import io.patrolagent.common.stage.Outcome;
import io.patrolagent.common.stage.PermanentFailureException;
import io.patrolagent.common.stage.SourceRecord;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AggregatorHandlerIT {

  private final TestFleet fleet = new TestFleet();
  private final AdmissionsFixture admission = new AdmissionsFixture();
  private final AggregatorHandler handler = handler(null);

  private AggregatorHandler handler(@Nullable String budget) {
    return new AggregatorHandler(
        new ReportHistory(fleet.jdbi()),
        admission.admissions(fleet.jdbi(), TestFleet.NOW, budget),
        new SnapshotTaker(fleet.jdbi(), SqlFiles.shipped(), new SimpleMeterRegistry()),
        Clock.systemUTC());
  }

  @Test
  void theSameRequestAgainSharesThePatrolAndTakesNoSnapshot() throws Exception {
    fleet.cluster("c1");
    PatrolId first = PatrolId.random();
    assertThat(handle(onDemand(first)).events()).hasOnlyElementsOfType(SnapshotTaken.class);

    PatrolId second = PatrolId.random();
    Outcome outcome = handle(onDemand(second), 43);

    assertThat(outcome.events())
        .singleElement()
        .isInstanceOfSatisfying(
            PatrolFailed.class,
            end -> {
              assertThat(end.patrolId()).isEqualTo(second);
              assertThat(end.status()).isEqualTo(ReportStatus.SHARED);
              assertThat(end.sharedWith()).isEqualTo(first);
              assertThat(end.reason()).contains(first.toString());
            });
    assertThat(admission.meters.counter("patrol.admission", "result", "shared").count())
        .isEqualTo(1);
  }

  @Test
  void thePatrolThatFailedIsNotShared() throws Exception {
    fleet.cluster("c1").reportsTable();
    PatrolId failed = PatrolId.random();
    handle(onDemand(failed));
    fleet.execute(
        "insert into alerts.patrol_reports values (?, 'failed', '{}', null, now())",
        failed.value());

    assertThat(handle(onDemand(PatrolId.random()), 43).events())
        .hasOnlyElementsOfType(SnapshotTaken.class);
  }

  @Test
  void moreThanTheCapIsRejectedAndTheScheduleIsNot() throws Exception {
    fleet.cluster("c1").cluster("c2").cluster("c3");
    for (int i = 1; i <= 2; i++) {
      assertThat(handle(scoped("c" + i), i).events()).hasOnlyElementsOfType(SnapshotTaken.class);
    }

    assertThat(handle(scoped("c3"), 3).events())
        .singleElement()
        .isInstanceOfSatisfying(
            PatrolFailed.class,
            end -> {
              assertThat(end.status()).isEqualTo(ReportStatus.REJECTED);
              assertThat(end.reason()).contains("PATROL_ON_DEMAND_PER_HOUR");
            });
    assertThat(handle("{\"report_type\": \"morning\"}", 4).events())
        .hasOnlyElementsOfType(SnapshotTaken.class);
  }

  @Test
  void withTheBudgetSpentTheScheduleGoesOfflineAndOnDemandIsRejected() throws Exception {
    fleet.cluster("c1").reportsTable();
    fleet.execute("alter table alerts.patrol_reports add report_type text, add cost_usd numeric");
    fleet.execute(
        "insert into alerts.patrol_reports values (?, 'completed', '{}', null, ?, 'morning', 5)",
        PatrolId.random().value(),
        TestFleet.NOW.minusSeconds(60).atOffset(java.time.ZoneOffset.UTC));
    AggregatorHandler poor = handler("5");
    SourceRecord morning = trigger("{\"report_type\": \"morning\"}");
    SourceRecord asked = trigger("{\"report_type\": \"on_demand\"}");

    assertThat(poor.handle(poor.decode(morning), job(morning)).events())
        .singleElement()
        .isInstanceOfSatisfying(
            SnapshotTaken.class,
            taken -> assertThat(taken.offlineReason()).contains("budget of $5.00 is used up"));
    assertThat(poor.handle(poor.decode(asked), job(asked)).events())
        .singleElement()
        .isInstanceOfSatisfying(
            PatrolFailed.class,
            end -> {
              assertThat(end.status()).isEqualTo(ReportStatus.REJECTED);
              assertThat(end.reason()).contains("$5.00 is spent");
            });
  }

  @Test
  void whatWasCancelledBeforeItBeganEndsWithWhoCancelledIt() throws Exception {
    PatrolId patrol = PatrolId.random(); // and no cluster, so that a snapshot could only fail
    admission.cancelled.put(patrol, new CancelRequested(1, patrol, "bob", null));

    assertThat(handle(onDemand(patrol)).events())
        .singleElement()
        .isInstanceOfSatisfying(
            PatrolFailed.class,
            end -> {
              assertThat(end.status()).isEqualTo(ReportStatus.CANCELLED);
              assertThat(end.reason()).isEqualTo("cancelled by bob");
            });
  }

  @Test
  void whileTheTriggersCannotBeReadNothingIsDecidedOnDemand() throws Exception {
    fleet.cluster("c1");
    admission.unreadable = true;

    assertThatThrownBy(() -> handle(onDemand(PatrolId.random())))
        .isInstanceOf(TimeoutException.class);
    assertThat(handle("{\"report_type\": \"morning\"}").events())
        .hasOnlyElementsOfType(SnapshotTaken.class);
  }

  private static String onDemand(PatrolId patrol) {
    return "{\"report_type\": \"on_demand\", \"patrol_id\": \"%s\"}".formatted(patrol);
  }

  private static String scoped(String cluster) {
    return "{\"report_type\": \"on_demand\", \"scope\": {\"clusters\": [\"%s\"]}}"
        .formatted(cluster);
  }

  @Test
  void publishesTheSnapshotWhereTheReportsTableIsNotThereYet() throws Exception {
    fleet.cluster("c1");

    Outcome outcome = handle("{\"report_type\": \"morning\"}");

    assertThat(outcome.events())
        .singleElement()
        .isInstanceOfSatisfying(
            SnapshotTaken.class,
            taken -> {
              assertThat(taken.request()).isEqualTo(request("{\"report_type\": \"morning\"}"));
              assertThat(taken.snapshot().clusterCounts().active()).isEqualTo(1);
            });
  }

  @Test
  void acknowledgesSilentlyWhereThePatrolHasARow() throws Exception {
    fleet.cluster("c1").reportsTable();
    PatrolId ended = fleet.report(Scope.FLEET, 1, Duration.ofHours(1));

    assertThat(
            handle("{\"report_type\": \"morning\", \"patrol_id\": \"%s\"}".formatted(ended))
                .events())
        .isEmpty();
    assertThat(handle("{\"report_type\": \"morning\"}").events()).hasSize(1);
  }

  @Test
  void asksForARowBeforeAnythingElse() throws Exception {
    fleet.reportsTable(); // and no cluster, so that a snapshot could only fail
    PatrolId ended = fleet.report(Scope.FLEET, 1, Duration.ofHours(1));

    assertThat(
            handle("{\"report_type\": \"morning\", \"patrol_id\": \"%s\"}".formatted(ended))
                .events())
        .isEmpty();
  }

  @Test
  void givesUpAPatrolOfNothing() {
    fleet.cluster("c1");

    assertThatThrownBy(
            () -> handle("{\"report_type\": \"on_demand\", \"scope\": {\"clusters\": [\"c2\"]}}"))
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageContaining("clusters c2");
  }

  private Outcome handle(String value) throws Exception {
    return handle(value, 42);
  }

  private Outcome handle(String value, long offset) throws Exception {
    SourceRecord record = trigger(value, offset);
    return handler.handle(handler.decode(record), job(record));
  }

  private PatrolRequest request(String value) {
    try {
      return handler.decode(trigger(value));
    } catch (io.patrolagent.common.event.UndecodableEventException e) {
      throw new IllegalStateException(e);
    }
  }
}
