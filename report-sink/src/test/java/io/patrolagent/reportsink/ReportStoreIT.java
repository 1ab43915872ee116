package io.patrolagent.reportsink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.patrol.Scope;
import io.patrolagent.common.report.CustomerSummary;
import io.patrolagent.common.report.FlaggedCluster;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.TrendPoint;
import io.patrolagent.common.stage.PermanentFailureException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReportStoreIT {

  private final Jdbi jdbi = TestDatabase.jdbi(TestDatabase.migrated());
  private final ReportStore store = new ReportStore(jdbi);

  @Test
  void aReportComesBackAsItWasStored() throws Exception {
    PatrolReport report = Inputs.draft(new SinkInput.Finished(Inputs.finished()));

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
        Inputs.draft(
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
  void reportsToCompareWithAreScheduledCompleteAndAskedForBefore() {
    UUID evening = row(1, "report_type", "evening");
    UUID weekly = row(3, "report_type", "weekly", "status", "degraded");
    UUID morning = row(2);
    row(1, "report_type", "on_demand");
    row(1, "status", "partial");
    row(1, "status", "failed");
    row(1, "report_type", null);
    row(0);
    row(-1);
    row(1, "requested_at", null);
    UUID self = row(1);
    UUID[] others = {row(4), row(5)};

    assertThat(before(self, null, 3)).containsExactly(evening, morning, weekly);
    assertThat(before(self, null, 9))
        .containsExactly(evening, morning, weekly, others[0], others[1]);
  }

  @Test
  void reportsToCompareWithAreOfTheSameScopeHoweverItIsWritten() {
    UUID same = row(1, "scope", "{\"tiers\": [\"A\", \"S\"], \"regions\": null}");
    UUID doubled =
        row(
            2,
            "scope",
            "{\"tiers\": [\"S\", \"A\", \"S\"], \"accounts\": [], \"customers\": [], \"regions\": [],"
                + " \"clusters\": []}");
    row(1, "scope", "{\"tiers\": [\"S\"]}");
    row(1, "scope", "{\"tiers\": [\"S\", \"A\", \"B\"]}");
    row(1, "scope", "{\"tiers\": [\"S\", \"A\"], \"regions\": [\"eu-west-1\"]}");
    row(1, "scope", "{\"tiers\": [\"S\", \"A\"], \"planets\": [\"Mars\"]}");
    row(1, "scope", "{}");
    row(1, "scope", null);

    assertThat(before(UUID.randomUUID(), null, 9)).containsExactly(same, doubled);
  }

  @Test
  void twoReportsForOneSlotAreNotComparedWithEachOther() {
    UUID earlier = row(9);
    row(1, "due_at", NOW.plusSeconds(900).toString());
    UUID first = row(8);
    UUID second = row(7, "retry_of", first.toString());
    row(6, "retry_of", second.toString());
    row(5, "retry_of", first.toString());
    UUID unrelated = row(4, "retry_of", UUID.randomUUID().toString());

    assertThat(before(UUID.randomUUID(), second, 9)).containsExactly(unrelated, earlier);
    assertThat(before(UUID.randomUUID(), null, 9)).contains(first, second);
  }

  @Test
  void aReportToCompareWithComesWithWhatItsVersionWroteAndWithoutItsRawText() throws Exception {
    UUID old =
        row(
            1,
            "raw_report",
            "raw",
            "flagged_clusters",
            "[{\"cluster_id\": \"c-1\"}]",
            "fleet_snapshot",
            "{\"taken_at\": \"2026-11-25T07:00:00Z\"}");

    PatrolReport report = store.scheduledBefore(request(UUID.randomUUID(), null), 1).get(0);

    assertThat(report.reportId()).isEqualTo(new PatrolId(old));
    assertThat(report.flaggedClusters())
        .extracting(FlaggedCluster::clusterId)
        .containsExactly("c-1");
    assertThat(report.rawReport()).isNull();
    assertThat(report.diff()).isNull();
    assertThat(report.verification()).isNull();
  }

  @Test
  void aTrendIsOfScheduledReportsOfTheScopeUpToThisOneOldestFirst() {
    String otherScope = "{\"tiers\": [\"B\"]}";
    row(60, "fleet_snapshot", counts(9, 9));
    UUID first = row(48, "fleet_snapshot", counts(1, 10), "flagged_clusters", "[{}, {}]");
    row(40, "fleet_snapshot", counts(8, 8), "scope", otherScope);
    row(36, "fleet_snapshot", counts(8, 8), "report_type", "on_demand");
    row(30, "fleet_snapshot", counts(8, 8), "status", "failed");
    UUID second =
        row(
            24,
            "fleet_snapshot",
            counts(2, 20),
            "status",
            "degraded",
            "scope",
            "{\"tiers\": [\"A\", \"S\"]}");
    UUID third = row(12, "fleet_snapshot", counts(3, 30), "report_type", "evening");
    row(1, "fleet_snapshot", counts(7, 7));

    var trend = store.trend(store.find(new PatrolId(third)).orElseThrow(), 3);

    assertThat(trend)
        .extracting(point -> point.reportId().value())
        .containsExactly(first, second, third);
    assertThat(trend.get(0))
        .isEqualTo(
            new TrendPoint(new PatrolId(first), NOW.minus(Duration.ofHours(48)), 1, 10, 5, 2));
  }

  @Test
  void aRowOfAnotherVersionIsAPointOnlyIfItsCountsAreThere() {
    row(50);
    row(40, "fleet_snapshot", "{\"risk_distribution\": {\"critical\": \"many\", \"warning\": 1}}");
    row(30, "fleet_snapshot", "{\"risk_distribution\": [1, 2]}");
    UUID old =
        row(
            20,
            "fleet_snapshot",
            "{\"risk_distribution\": {\"critical\": 4, \"warning\": 1e30}}",
            "flagged_clusters",
            "{\"not\": \"a list\"}");

    var trend = store.trend(store.find(new PatrolId(old)).orElseThrow(), 14);

    assertThat(trend)
        .containsExactly(
            new TrendPoint(
                new PatrolId(old), NOW.minus(Duration.ofHours(20)), 4, Integer.MAX_VALUE, 0, null));
  }

  private static String counts(int critical, int warning) {
    return "{\"risk_distribution\": {\"critical\": %d, \"warning\": %d, \"healthy\": 1, \"unknown\": 5}}"
        .formatted(critical, warning);
  }

  private static final Instant NOW = Instant.parse("2026-11-25T07:00:00Z");

  /** A complete morning report on tiers S and A, asked for so many hours ago; but for these. */
  private UUID row(int hoursAgo, @Nullable String... columns) {
    UUID id = UUID.randomUUID();
    String at = NOW.minus(Duration.ofHours(hoursAgo)).toString();
    Map<String, @Nullable String> values = new LinkedHashMap<>();
    values.put("report_id", id.toString());
    values.put("report_type", "morning");
    values.put("status", "completed");
    values.put("scope", "{\"tiers\": [\"S\", \"A\"]}");
    values.put("requested_at", at);
    values.put("finished_at", at);
    values.put("source_topic", "t");
    values.put("source_topic_id", "i");
    values.put("source_partition", "0");
    values.put("source_offset", "0");
    for (int i = 0; i < columns.length; i += 2) {
      values.put(Objects.requireNonNull(columns[i]), columns[i + 1]);
    }
    String names = String.join(", ", values.keySet());
    String record = "json_populate_record(null::alerts.patrol_reports, cast(:row as json))";
    jdbi.useHandle(
        h ->
            h.createUpdate(
                    "insert into alerts.patrol_reports ("
                        + names
                        + ") select "
                        + names
                        + " from "
                        + record)
                .bind("row", json(values))
                .execute());
    return id;
  }

  private static String json(Map<String, @Nullable String> values) {
    ObjectNode row = EventCodec.mapper().createObjectNode();
    values.forEach(
        (name, value) -> {
          boolean json = value != null && (value.startsWith("{") || value.startsWith("["));
          row.set(name, json ? tree(value) : row.textNode(value));
        });
    return row.toString();
  }

  private static JsonNode tree(String json) {
    try {
      return EventCodec.mapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private List<UUID> before(UUID id, @Nullable UUID retryOf, int most) {
    try {
      return store.scheduledBefore(request(id, retryOf), most).stream()
          .map(report -> report.reportId().value())
          .toList();
    } catch (PermanentFailureException e) {
      throw new AssertionError(e);
    }
  }

  private static PatrolRequest request(UUID id, @Nullable UUID retryOf) {
    return new PatrolRequest(
        new PatrolId(id),
        ReportType.MORNING,
        "scheduler",
        new Scope(List.of(), List.of(), List.of("S", "A"), List.of(), List.of()),
        null,
        NOW,
        NOW.plusSeconds(900),
        NOW.plusSeconds(3600),
        retryOf == null ? null : new PatrolId(retryOf));
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
