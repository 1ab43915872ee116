package io.patrolagent.reportsink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.report.AddedFrom;
import io.patrolagent.common.report.Change;
import io.patrolagent.common.report.Claim;
import io.patrolagent.common.report.CustomerSummary;
import io.patrolagent.common.report.FlaggedCluster;
import io.patrolagent.common.report.Mark;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.ProblemChange;
import io.patrolagent.common.report.ReasonCode;
import io.patrolagent.common.report.ReportSection;
import io.patrolagent.common.sql.SqlDirectory;
import io.patrolagent.embedded.ReferenceSchema;
import io.patrolagent.reportsink.fleet.FleetTables;
import java.sql.Connection;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A report through all of its checks, on a real table and a real fleet. */
class ReportCheckIT {

  private final String url = TestDatabase.migrated();
  private final Jdbi jdbi = TestDatabase.jdbi(url);
  private final ReportStore store = new ReportStore(jdbi);
  private final ReportCheck check =
      new ReportCheck(store, new FleetTables(jdbi, SqlDirectory.none()));

  @BeforeEach
  void fleet() throws Exception {
    try (Connection connection =
        TestDatabase.dataSource(url, TestDatabase.user()).getConnection()) {
      ReferenceSchema.create(connection);
    }
    execute(
        "insert into byoc.clusters values"
            + " ('c-1', 'acme-prod', 'a', 'ACME', 'S', 'aws', 'eu-west-1', '3.2.1', 'active', now()),"
            + " ('c-2', 'globex-prod', 'a', 'Globex', 'S', 'aws', 'eu-west-1', '3.2.1', 'active', now())");
    rate("c-1", "Critical", "DISK_FILLING");
    rate("c-2", "Healthy", null);
    disk("c-1", 91.3);
  }

  @Test
  void whatTheModelWroteIsCheckedCompletedAndCounted() throws Exception {
    execute(
        "insert into alerts.issues (cluster_id, title, severity, status, opened_at)"
            + " values ('c-2', 'Backups fail', 'high', 'ongoing', now())");

    PatrolReport report =
        check.of(
            Inputs.finished(
                Inputs.REPORT.replace(
                    "[{\"cluster_id\": \"c-1\"",
                    "[{\"cluster_id\": \"c-404\", \"severity\": \"critical\"}, {\"cluster_id\":"
                        + " \"c-1\"")));

    assertThat(report.flaggedClusters())
        .extracting(FlaggedCluster::clusterId)
        .containsExactly("c-1");
    assertThat(report.verification().rejected())
        .extracting(FlaggedCluster::clusterId)
        .containsExactly("c-404");
    assertThat(claim(report, "disk_used_percent").mark()).isEqualTo(Mark.VERIFIED);
    assertThat(report.verification().clusters())
        .extracting(facts -> facts.clusterId())
        .containsExactly("c-1", "c-2");
    assertThat(report.customerSummaries())
        .extracting(CustomerSummary::customer, CustomerSummary::addedFrom)
        .contains(tuple("Globex", AddedFrom.FLEET));
    assertThat(report.diff().previous()).isNull();
    assertThat(report.coverage().counted()).isEqualTo(4);
    assertThat(report.status()).isEqualTo(ReportStatus.COMPLETED);
  }

  @Test
  void aNumberThatTheDataContradictsIsMarkedWithTheTrueOne() throws Exception {
    PatrolReport report =
        check.of(Inputs.finished(Inputs.REPORT.replace("_percent\": 91", "_percent\": 55")));

    Claim claim = claim(report, "disk_used_percent");
    assertThat(claim.mark()).isEqualTo(Mark.CONTRADICTED);
    assertThat(claim.found()).startsWith("91.3");
  }

  @Test
  void theNextReportSaysWhatChangedHoweverItIsWorded() throws Exception {
    PatrolReport evening = stored(check.of(Inputs.finished(before(), Inputs.REPORT)));
    disk("c-1", 97.5);

    PatrolReport morning =
        check.of(Inputs.finished(Inputs.REPORT.replace("disk 91 %", "storage is running out")));

    assertThat(morning.diff().previous()).isEqualTo(evening.reportId());
    assertThat(morning.diff().problems())
        .extracting(ProblemChange::clusterId, ProblemChange::reasonCode, ProblemChange::change)
        .containsExactly(tuple("c-1", ReasonCode.DISK_FILLING, Change.WORSE));
    assertThat(morning.diff().problems().get(0).patrols()).isEqualTo(2);
    assertThat(morning.diff().counts().fresh()).isZero();
  }

  @Test
  void whatTheDataSaysIsGoneIsResolved() throws Exception {
    stored(check.of(Inputs.finished(before(), Inputs.REPORT)));
    rate("c-1", "Healthy", null);
    disk("c-1", 40);

    PatrolReport morning =
        check.of(
            Inputs.finished(Inputs.REPORT.replaceAll("(?s)\\[\\{\"cluster_id.*?\\}\\}\\]", "[]")));

    assertThat(morning.flaggedClusters()).isEmpty();
    assertThat(morning.diff().problems())
        .extracting(ProblemChange::clusterId, ProblemChange::change)
        .containsExactly(tuple("c-1", Change.RESOLVED));
  }

  @Test
  void aReportBeyondReadingIsFilledAndPartial() throws Exception {
    PatrolReport report = check.of(Inputs.finished("Sorry, I can't."));

    assertThat(report.status()).isEqualTo(ReportStatus.PARTIAL);
    assertThat(report.verification().filledSections()).contains(ReportSection.FLEET_NARRATIVE);
    assertThat(report.verification().claims()).isEmpty();
    assertThat(report.verification().notFlagged()).containsExactly("c-1");
  }

  @Test
  void aPredictionByTheClockHasItsHours() throws Exception {
    PatrolReport report =
        check.of(Inputs.finished(Inputs.REPORT.replace("full by noon", "full by 14:00 UTC")));

    assertThat(report.predictions().get(0).windowHoursTo()).isBetween(6.9, 7.1);
  }

  @Test
  void ofAReportBeyondAnyLengthItIsSaidThatNotAllOfItWasChecked() throws Exception {
    String endless = "c-1 has a disk at 91 %. ".repeat(10_000);

    PatrolReport report =
        check.of(
            Inputs.finished(Inputs.REPORT.replace("All is well but for one cluster.", endless)));

    assertThat(report.warnings())
        .contains("The report is so long that not all of its claims were checked.");
    assertThat(check.of(Inputs.finished()).warnings()).noneMatch(w -> w.contains("so long"));
  }

  @Test
  void aFaultInACheckCostsTheCheckAndNotTheReport() throws Exception {
    ReportCheck faulty =
        new ReportCheck(
            store,
            new FleetTables(jdbi, SqlDirectory.none()),
            (event, parsed, earlier, fleet) -> {
              throw new IllegalStateException("a fault of ours");
            });

    PatrolReport report = faulty.of(Inputs.finished());

    assertThat(report.status()).isEqualTo(ReportStatus.COMPLETED);
    assertThat(report.flaggedClusters()).hasSize(1);
    assertThat(report.verification()).isNull();
    assertThat(report.warnings())
        .anyMatch(
            warning ->
                warning.startsWith("This report could not be checked against the data")
                    && warning.contains("a fault of ours"));
  }

  private static PatrolRequest before() {
    PatrolRequest now = Inputs.request();
    Duration half = Duration.ofHours(12);
    return new PatrolRequest(
        PatrolId.random(),
        now.reportType(),
        now.triggeredBy(),
        now.scope(),
        now.focus(),
        now.requestedAt().minus(half),
        now.dueAt().minus(half),
        now.expiresAt(),
        null);
  }

  private PatrolReport stored(PatrolReport report) throws Exception {
    store.insert(report, Inputs.job(report.reportId().hashCode() & 0xffff).source());
    return report;
  }

  private static Claim claim(PatrolReport report, String name) {
    return report.verification().claims().stream()
        .filter(claim -> claim.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void rate(String id, String level, String code) {
    execute(
        "insert into byoc.cluster_risk_snapshots (cluster_id, risk_level, reasons, snapshot_at)"
            + " values (?, ?, cast(? as jsonb), clock_timestamp())",
        id,
        level,
        code == null ? "[]" : "[{\"code\": \"" + code + "\"}]");
  }

  private void disk(String id, double percent) {
    execute(
        "insert into byoc.cluster_metrics values (?, 'disk_used_percent', clock_timestamp(), ?)",
        id,
        percent);
  }

  private void execute(String sql, Object... values) {
    jdbi.useHandle(handle -> handle.execute(sql, values));
  }
}
