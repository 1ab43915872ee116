package io.patrolagent.aggregator;

import static io.patrolagent.aggregator.SourceRecords.job;
import static io.patrolagent.aggregator.SourceRecords.trigger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patrolagent.aggregator.history.ReportHistory;
import io.patrolagent.aggregator.snapshot.SnapshotTaker;
import io.patrolagent.aggregator.snapshot.SqlFiles;
import io.patrolagent.common.event.SnapshotTaken;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.Scope;
import io.patrolagent.common.stage.Outcome;
import io.patrolagent.common.stage.PermanentFailureException;
import io.patrolagent.common.stage.SourceRecord;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AggregatorHandlerIT {

  private final TestFleet fleet = new TestFleet();
  private final AggregatorHandler handler =
      new AggregatorHandler(
          new ReportHistory(fleet.jdbi()),
          new SnapshotTaker(fleet.jdbi(), SqlFiles.shipped(), new SimpleMeterRegistry()),
          Clock.systemUTC());

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
    SourceRecord record = trigger(value);
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
