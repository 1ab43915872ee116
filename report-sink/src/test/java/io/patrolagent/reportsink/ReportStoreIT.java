package io.patrolagent.reportsink;

import static org.assertj.core.api.Assertions.assertThat;

import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.report.CustomerSummary;
import io.patrolagent.common.report.FlaggedCluster;
import io.patrolagent.common.report.PatrolReport;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class ReportStoreIT {

  private final Jdbi jdbi = TestDatabase.jdbi(TestDatabase.migrated());
  private final ReportStore store = new ReportStore(jdbi);

  @Test
  void aReportComesBackAsItWasStored() throws Exception {
    PatrolReport report = ReportDraft.of(new SinkInput.Finished(Inputs.finished()));

    store.insert(report, Inputs.job(1).source());

    PatrolReport stored = store.find(report.reportId()).orElseThrow();
    assertThat(stored)
        .usingRecursiveComparison()
        .ignoringFields(
            "flaggedClusters", "requestedAt", "dueAt", "startedAt", "finishedAt", "fleetSnapshot")
        .isEqualTo(report);
    assertThat(stored.flaggedClusters().get(0).keyMetrics())
        .containsOnlyKeys("m", "ant", "zebra", "disk_used_percent");
    assertThat(stored.fleetSnapshot()).isEqualTo(report.fleetSnapshot());
    assertThat(stored.finishedAt())
        .isCloseTo(
            report.finishedAt(), org.assertj.core.api.Assertions.within(1, ChronoUnit.MICROS));
    assertThat(stored.requestedAt()).isEqualTo(stored.requestedAt().truncatedTo(ChronoUnit.MICROS));
  }

  @Test
  void anEndWithoutAReportComesBackWithItsCostAndWhoseReportToRead() throws Exception {
    PatrolReport report =
        ReportDraft.of(
            new SinkInput.Failed(
                Inputs.ended(Inputs.request(), ReportStatus.SHARED, PatrolId.random())));

    store.insert(report, Inputs.job(2).source());

    PatrolReport stored = store.find(report.reportId()).orElseThrow();
    assertThat(stored.status()).isEqualTo(ReportStatus.SHARED);
    assertThat(stored.sharedWith()).isEqualTo(report.sharedWith());
    assertThat(stored.dueAt())
        .isCloseTo(report.dueAt(), org.assertj.core.api.Assertions.within(1, ChronoUnit.MICROS));
    assertThat(stored.usage()).isEqualTo(report.usage());
  }

  @Test
  void nothingIsFoundForAPatrolWithoutReport() {
    assertThat(store.find(PatrolId.random())).isEmpty();
  }

  @Test
  void latestListsTheNewestFirst() throws Exception {
    for (int i = 0; i < 4; i++) {
      jdbi.useHandle(
          h ->
              h.execute(
                  """
                  insert into alerts.patrol_reports (report_id, status, finished_at, source_topic,
                    source_topic_id, source_partition, source_offset)
                  values (gen_random_uuid(), 'failed',
                    timestamptz '2026-11-25 07:00Z' + (? % 3) * interval '1 hour', 't', 'i', 0, 0)
                  """,
                  h.createQuery("select count(*) from alerts.patrol_reports")
                      .mapTo(Long.class)
                      .one()));
    }

    var latest = store.latest(3);

    assertThat(latest).hasSize(3);
    assertThat(latest)
        .extracting(report -> report.finishedAt().toString())
        .containsExactly("2026-11-25T09:00:00Z", "2026-11-25T08:00:00Z", "2026-11-25T07:00:00Z");
  }

  @Test
  void aRowOfAnotherVersionCanBeRead() {
    UUID id = UUID.randomUUID();
    jdbi.useHandle(
        h ->
            h.execute(
                """
                insert into alerts.patrol_reports (report_id, report_type, status, finished_at,
                  scope, flagged_clusters, customer_summaries, fleet_snapshot, predictions,
                  warnings, llm_provider, source_topic, source_topic_id, source_partition,
                  source_offset)
                values (?, 'hourly', 'completed', now(),
                  '{"tiers": ["S"], "planets": ["Mars"]}',
                  '[{"cluster_id": "c-1", "shade": "red"}, {"cluster": "c-2"}, null]',
                  '[{"customer": "ACME", "summary": "Fine."}]',
                  '{"taken_at": "2026-11-25T07:00:00Z"}', '{"not": "a list"}',
                  '["w"]', 'openai', 't', 'i', 0, 0)
                """,
                id));

    PatrolReport report = store.find(new PatrolId(id)).orElseThrow();

    assertThat(report.scope().tiers()).containsExactly("S");
    assertThat(report.flaggedClusters())
        .extracting(FlaggedCluster::clusterId)
        .containsExactly("c-1");
    assertThat(report.customerSummaries())
        .containsExactly(new CustomerSummary("ACME", null, "Fine."));
    assertThat(report.fleetSnapshot()).isNull();
    assertThat(report.reportType()).isNull();
    assertThat(report.usage().llmProvider()).isEqualTo("openai");
    assertThat(report.warnings()).first().isEqualTo("w");
    for (String column : new String[] {"flagged_clusters", "fleet_snapshot", "predictions"}) {
      assertThat(report.warnings()).anySatisfy(w -> assertThat(w).contains("Column " + column));
    }
  }
}
