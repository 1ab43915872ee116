package io.patrolagent.reportsink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patrolagent.common.event.AgentFinished;
import io.patrolagent.common.event.Event;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.event.PatrolFailed;
import io.patrolagent.common.event.ReportFinished;
import io.patrolagent.common.event.Topics;
import io.patrolagent.common.event.UndecodableEventException;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.patrol.Scope;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.sql.SqlDirectory;
import io.patrolagent.common.stage.Outcome;
import io.patrolagent.common.stage.PermanentFailureException;
import io.patrolagent.common.stage.SourceRecord;
import io.patrolagent.reportsink.fleet.FleetTables;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SinkHandlerIT {

  private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");
  private static Jdbi jdbi;

  private final ReportStore store = new ReportStore(jdbi);
  private final SinkHandler handler =
      new SinkHandler(
          new Topics("t."),
          store,
          new ReportCheck(store, new FleetTables(jdbi, SqlDirectory.none())),
          new ReportMetrics(new SimpleMeterRegistry()),
          Clock.fixed(NOW, ZoneOffset.UTC));

  @BeforeAll
  static void migrate() {
    jdbi = TestDatabase.jdbi(TestDatabase.migrated());
  }

  @Test
  void aFinishedPatrolIsARowAndThenItsEvent() throws Exception {
    AgentFinished event = Inputs.finished();

    Outcome outcome = handler.handle(new SinkInput.Finished(event), Inputs.job(1));

    PatrolReport row = store.find(event.patrol()).orElseThrow();
    assertThat(row.status()).isEqualTo(ReportStatus.COMPLETED);
    assertThat(row.rawReport()).isEqualTo(Inputs.REPORT);
    assertThat(outcome.events()).containsExactly(Announcement.of(row));
    assertThat(announcedAt(event.patrol())).isNull();

    outcome.afterCommit().run();

    assertThat(announcedAt(event.patrol())).isNotNull();
  }

  @Test
  void theSameRecordBeforeTheAnnouncementGivesTheSameBytesAgain() throws Exception {
    var input = new SinkInput.Finished(Inputs.finished());

    Outcome first = handler.handle(input, Inputs.job(2));
    Outcome again = handler.handle(input, Inputs.job(2));

    assertThat(bytes(again)).isEqualTo(bytes(first));
  }

  @Test
  void theEventIsTheRowsAndNotTheInputs() throws Exception {
    var input = new SinkInput.Finished(Inputs.finished());
    handler.handle(input, Inputs.job(3));
    jdbi.useHandle(
        h ->
            h.execute(
                "update alerts.patrol_reports set fleet_narrative = 'as stored' where report_id = ?",
                input.patrolId().value()));

    Outcome again = handler.handle(input, Inputs.job(3));

    assertThat(((ReportFinished) again.events().get(0)).report().fleetNarrative())
        .isEqualTo("as stored");
  }

  @Test
  void theSameRecordAfterTheAnnouncementIsAcknowledged() throws Exception {
    var input = new SinkInput.Finished(Inputs.finished());
    handler.handle(input, Inputs.job(4)).afterCommit().run();
    Object announced = announcedAt(input.patrolId());

    Outcome again = handler.handle(input, Inputs.job(4));
    again.afterCommit().run();

    assertThat(again.events()).isEmpty();
    assertThat(announcedAt(input.patrolId())).isEqualTo(announced);
  }

  @Test
  void anotherRecordOfThePatrolChangesAndAnnouncesNothing() throws Exception {
    PatrolRequest request = Inputs.request();
    handler.handle(new SinkInput.Finished(Inputs.finished(request, Inputs.REPORT)), Inputs.job(5));

    Outcome otherOffset =
        handler.handle(new SinkInput.Finished(Inputs.finished(request, "other")), Inputs.job(6));
    Outcome otherTopic =
        handler.handle(
            new SinkInput.Failed(Inputs.failed(request)), Inputs.job("BBBBBBBBBBBBBBBBBBBBBB", 5));
    otherOffset.afterCommit().run();

    assertThat(otherOffset.events()).isEmpty();
    assertThat(otherTopic.events()).isEmpty();
    PatrolReport row = store.find(request.patrolId()).orElseThrow();
    assertThat(row.rawReport()).isEqualTo(Inputs.REPORT);
    assertThat(announcedAt(request.patrolId())).isNull();
  }

  @Test
  void aRowThatThisStageInsertedAndThenGaveUpIsStillAnnounced() throws Exception {
    PatrolRequest request = Inputs.request();
    var input = new SinkInput.Finished(Inputs.finished(request, Inputs.REPORT));
    handler.handle(input, Inputs.job(7));
    PatrolFailed gaveUp = handler.failure(input, ReportStatus.FAILED, "cannot read").orElseThrow();

    Outcome outcome = handler.handle(new SinkInput.Failed(gaveUp), Inputs.job(8));
    outcome.afterCommit().run();
    Outcome again = handler.handle(new SinkInput.Failed(gaveUp), Inputs.job(8));

    assertThat(((ReportFinished) outcome.events().get(0)).status())
        .isEqualTo(ReportStatus.COMPLETED);
    assertThat(again.events()).isEmpty();
  }

  @Test
  void manyAtOnceInsertOneRow() throws Exception {
    AgentFinished event = Inputs.finished();
    PatrolReport report = Inputs.draft(new SinkInput.Finished(event));
    var start = new CyclicBarrier(6);
    Callable<Insertion> insert =
        () -> {
          start.await();
          return store.insert(report, Inputs.job(9).source());
        };
    var pool = Executors.newFixedThreadPool(6);
    try {
      var results = pool.invokeAll(List.of(insert, insert, insert, insert, insert, insert));
      int inserted = 0;
      for (var result : results) {
        inserted += result.get() instanceof Insertion.Inserted ? 1 : 0;
      }
      assertThat(inserted).isEqualTo(1);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aFailedPatrolIsARowAndAnEventToo() throws Exception {
    PatrolFailed event = Inputs.failed(Inputs.request());

    Outcome outcome = handler.handle(new SinkInput.Failed(event), Inputs.job(10));

    PatrolReport row = store.find(event.patrolId()).orElseThrow();
    assertThat(row.status()).isEqualTo(ReportStatus.FAILED);
    assertThat(row.error()).isEqualTo("aggregator: the scope matches nothing");
    assertThat(outcome.events()).containsExactly(Announcement.of(row));
  }

  @Test
  void aPatrolWhoseTriggerNobodyCouldReadIsARowWithoutReportTypeAndScope() throws Exception {
    PatrolId id = PatrolId.random();
    var event =
        new PatrolFailed(
            1, id, null, "aggregator", ReportStatus.FAILED, "no JSON", null, null, Inputs.DONE);

    Outcome outcome = handler.handle(new SinkInput.Failed(event), Inputs.job(11));

    assertThat(outcome.events()).hasSize(1);
    assertThat(store.find(id).orElseThrow().reportType()).isNull();
    boolean scoped =
        jdbi.withHandle(
            h ->
                h.createQuery(
                        "select scope is not null from alerts.patrol_reports where report_id = ?")
                    .bind(0, id.value())
                    .mapTo(Boolean.class)
                    .one());
    assertThat(scoped).isFalse();
  }

  @Test
  void charactersThatPostgresRefusesAreReplacedEverywhereAndSaid() throws Exception {
    String raw =
        Inputs.REPORT.replace("disk 91 %", "disk\\u0000 91 \ud83d %").replace("noon", "\u0000");

    handler.handle(
        new SinkInput.Finished(
            Inputs.finished(
                Inputs.request(PatrolId.parse("0192f0c1-2b7e-7c55-8d7e-000000000012")),
                raw + "\u0000",
                ReportStatus.COMPLETED,
                "model\u0000")),
        Inputs.job(12));

    PatrolReport row =
        store.find(PatrolId.parse("0192f0c1-2b7e-7c55-8d7e-000000000012")).orElseThrow();
    assertThat(row.flaggedClusters().get(0).reason()).isEqualTo("disk\ufffd 91 \ufffd %");
    assertThat(row.predictions().get(0).text()).isEqualTo("c-1 runs full by \ufffd.");
    assertThat(row.rawReport()).endsWith("\ufffd");
    assertThat(row.usage().llmModel()).isEqualTo("model\ufffd");
    assertThat(row.warnings()).anySatisfy(w -> assertThat(w).contains("U+0000"));
  }

  @Test
  void valuesThatTheDatabaseRefusesArePermanent() {
    PatrolRequest far =
        new PatrolRequest(
            PatrolId.random(),
            ReportType.WEEKLY,
            "x",
            Scope.FLEET,
            null,
            Instant.parse("+900000-01-01T00:00:00Z"),
            null,
            NOW,
            null);

    assertThatThrownBy(
            () ->
                handler.handle(
                    new SinkInput.Finished(Inputs.finished(far, Inputs.REPORT)), Inputs.job(13)))
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageContaining(far.patrolId().toString())
        .hasMessageContaining("SQLSTATE 22008");
  }

  @Test
  void whatWasFinishedBecomesAFailureAndAFailureADeadLetter() {
    PatrolRequest request = Inputs.request();
    var finished = new SinkInput.Finished(Inputs.finished(request, Inputs.REPORT));

    assertThat(handler.failure(finished, ReportStatus.FAILED, "no space"))
        .contains(PatrolFailed.of(request, "report-sink", ReportStatus.FAILED, "no space", NOW));
    assertThat(
            handler.failure(
                new SinkInput.Failed(Inputs.failed(request)), ReportStatus.FAILED, "no space"))
        .isEmpty();
  }

  @Test
  void aReportNeverExpires() {
    assertThat(handler.expiresAt(new SinkInput.Finished(Inputs.finished()))).isNull();
  }

  @Test
  void decodesByTopic() throws Exception {
    AgentFinished finished = Inputs.finished();
    PatrolFailed failed = Inputs.failed(Inputs.request());

    assertThat(handler.decode(record("t.patrol.agent-finished", finished)))
        .isEqualTo(new SinkInput.Finished(finished));
    assertThat(handler.decode(record("t.patrol.failed", failed)))
        .isEqualTo(new SinkInput.Failed(failed));
    assertThatThrownBy(() -> handler.decode(record("t.patrol.agent-finished", failed)))
        .isInstanceOf(UndecodableEventException.class);
  }

  private static SourceRecord record(String topic, Event event) {
    return new SourceRecord(
        topic, "id", 0, 0, NOW, null, EventCodec.encode(event), new RecordHeaders());
  }

  private static byte[] bytes(Outcome outcome) {
    assertThat(outcome.events()).hasSize(1);
    return EventCodec.encode(outcome.events().get(0));
  }

  private static Object announcedAt(PatrolId id) {
    return jdbi.withHandle(
        h ->
            h.createQuery("select announced_at from alerts.patrol_reports where report_id = ?")
                .bind(0, id.value())
                .map((row, context) -> row.getObject(1))
                .list()
                .get(0));
  }
}
