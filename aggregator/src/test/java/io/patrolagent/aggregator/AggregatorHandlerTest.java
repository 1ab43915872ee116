package io.patrolagent.aggregator;

import static io.patrolagent.aggregator.SourceRecords.TOPIC_ID;
import static io.patrolagent.aggregator.SourceRecords.trigger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patrolagent.aggregator.admission.AdmissionsFixture;
import io.patrolagent.aggregator.history.ReportHistory;
import io.patrolagent.aggregator.snapshot.SnapshotTaker;
import io.patrolagent.aggregator.snapshot.SqlFiles;
import io.patrolagent.common.event.PatrolFailed;
import io.patrolagent.common.event.UndecodableEventException;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.patrol.Scope;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class AggregatorHandlerTest {

  private final AggregatorHandler handler = handler();

  @Test
  void completesABareTriggerFromWhereItLies() throws Exception {
    PatrolRequest request = handler.decode(trigger("{\"report_type\": \"on_demand\"}"));

    assertThat(request)
        .isEqualTo(
            new PatrolRequest(
                PatrolId.ofRecord(TOPIC_ID, 3, 42),
                ReportType.ON_DEMAND,
                "unknown",
                Scope.FLEET,
                null,
                TestFleet.NOW,
                null,
                TestFleet.NOW.plus(Duration.ofHours(24)),
                null));
  }

  @Test
  void keepsTheIdThatTheProducerChose() throws Exception {
    PatrolRequest request =
        handler.decode(
            trigger(
                "{\"report_type\": \"morning\", \"patrol_id\":"
                    + " \"0192f0c1-2b7e-7c55-8d7e-3f2a9c1b5e44\"}"));

    assertThat(request.patrolId()).hasToString("0192f0c1-2b7e-7c55-8d7e-3f2a9c1b5e44");
  }

  @Test
  void refusesWhatIsNoTrigger() {
    assertThatThrownBy(() -> handler.decode(trigger("{\"report_type\": \"hourly\"}")))
        .isInstanceOf(UndecodableEventException.class);
    assertThatThrownBy(() -> handler.decode(trigger(null)))
        .isInstanceOf(UndecodableEventException.class);
  }

  @Test
  void expiresWithTheRequestAndSaysWhoGaveItUp() throws Exception {
    PatrolRequest request = handler.decode(trigger("{\"report_type\": \"evening\"}"));

    assertThat(handler.expiresAt(request)).isEqualTo(request.expiresAt());
    assertThat(handler.failure(request, ReportStatus.EXPIRED, "too late"))
        .contains(
            PatrolFailed.of(
                request, "aggregator", ReportStatus.EXPIRED, "too late", TestFleet.NOW));
  }

  private static AggregatorHandler handler() {
    Jdbi unreachable =
        Jdbi.create(
            () -> {
              throw new SQLException("no database here");
            });
    return new AggregatorHandler(
        new ReportHistory(unreachable),
        AdmissionsFixture.open(unreachable),
        new SnapshotTaker(unreachable, SqlFiles.shipped(), new SimpleMeterRegistry()),
        Clock.fixed(TestFleet.NOW, ZoneOffset.UTC));
  }
}
