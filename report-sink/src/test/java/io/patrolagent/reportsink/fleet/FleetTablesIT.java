package io.patrolagent.reportsink.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patrolagent.common.patrol.Scope;
import io.patrolagent.common.report.ClusterFacts;
import io.patrolagent.common.report.ReasonCode;
import io.patrolagent.common.sql.SqlDirectory;
import io.patrolagent.embedded.ReferenceSchema;
import io.patrolagent.reportsink.TestDatabase;
import io.patrolagent.reportsink.fleet.FleetView.Cohort;
import io.patrolagent.reportsink.fleet.FleetView.PriorityCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetTablesIT {

  private final String url = TestDatabase.empty();
  private final Jdbi jdbi = TestDatabase.jdbi(url);
  private final FleetTables tables = new FleetTables(jdbi, SqlDirectory.none());

  @TempDir private Path directory;

  @BeforeEach
  void fleet() throws Exception {
    try (Connection connection =
        TestDatabase.dataSource(url, TestDatabase.user()).getConnection()) {
      ReferenceSchema.create(connection);
    }
    cluster("c-1", "acme-prod", "ACME", "S", "eu-west-1", "active");
    cluster("c-2", "globex-prod", "Globex", "A", "eu-west-1", "active");
    cluster("c-3", "small", "Tiny", "C", "us-east-1", "active");
    cluster("c-4", "gone", "ACME", "S", "eu-west-1", "terminated");
  }

  @Test
  void theFactsOfAClusterAreItsLatest() {
    score("c-1", 90, "2 hours");
    score("c-1", 41.5, "1 hour");
    risk("c-1", "Critical", "[{\"code\": \"disk_almost_full\", \"detail\": \"91 %\"}]");
    metric("c-1", "disk_used_percent", 80, "3 hours");
    metric("c-1", "disk_used_percent", 91.25, "1 hour");
    metric("c-1", "certificate_days_left", 300, "30 hours");
    execute(
        "insert into byoc.cluster_nodes values ('c-1', 'n1', 'backend', 'm', 'a', 'stopped', 7, 10, 1,"
            + " now()), ('c-1', 'n2', 'backend', 'm', 'a', 'running', 1, 10, 1, now())");
    alert("c-1", "critical", "firing");
    alert("c-1", "critical", "resolved");
    issue("c-1", "critical", "ongoing", "Disk is filling");
    issue("c-1", "low", "ongoing", "Slow");

    ClusterFacts facts = tables.read(Scope.FLEET, Set.of("c-1")).cluster("c-1").orElseThrow();

    assertThat(facts.healthScore()).isEqualTo(41.5);
    assertThat(facts.riskReasons())
        .singleElement()
        .hasToString("RiskReason[code=disk_almost_full, detail=91 %]");
    assertThat(facts.figures())
        .containsEntry("disk_used_percent", 91.25)
        .doesNotContainKey("certificate_days_left") // its sample is older than a day
        .containsEntry("nodes", 2.0)
        .containsEntry("nodes_not_running", 1.0)
        .containsEntry("restarts_24h", 7.0)
        .containsEntry("firing_alerts", 1.0)
        .containsEntry("firing_critical_alerts", 1.0)
        .containsEntry("open_issues", 2.0)
        .containsEntry("open_issues_critical", 1.0)
        .containsEntry("open_issues_high", 0.0);
    assertThat(facts.reasonCodes())
        .containsExactly(
            ReasonCode.DISK_FILLING,
            ReasonCode.CRASH_LOOP,
            ReasonCode.NODE_DOWN,
            ReasonCode.HEALTH_POOR,
            ReasonCode.OPEN_ISSUE,
            ReasonCode.ALERT_FIRING);
  }

  @Test
  void aClusterIsFoundByItsNameAndWhatIsNotThereIsNot() {
    FleetView view =
        tables.read(
            Scope.FLEET, List.of("small", "c-404", "", "c-1\0", "'; drop table x; --", "c-4"));

    assertThat(view.called("Small").orElseThrow().clusterId()).isEqualTo("c-3");
    assertThat(view.cluster("c-4").orElseThrow().status()).isEqualTo("terminated");
    assertThat(view.cluster("c-404")).isEmpty();
    assertThat(view.isAvailable()).isTrue();
  }

  @Test
  void existingIsAMatterOfNoScope() {
    Scope europe = new Scope(List.of(), List.of(), List.of(), List.of("eu-west-1"), List.of());

    assertThat(tables.read(europe, List.of("c-3")).cluster("c-3")).isPresent();
  }

  @Test
  void priorityClustersInTroubleAreThoseOfTierSAndAInScopeThatRun() {
    score("c-1", 59.9, "1 hour");
    issue("c-2", "high", "ongoing", "Backups fail");
    issue("c-2", "critical", "ongoing", "Data at risk");
    issue("c-2", "critical", "resolved", "Old");
    score("c-3", 5, "1 hour");
    score("c-4", 5, "1 hour");

    FleetView view = tables.read(Scope.FLEET, List.of());

    assertThat(view.priority())
        .containsExactly(
            new PriorityCluster("c-1", null, null),
            new PriorityCluster("c-2", "critical", "Data at risk"));
    assertThat(view.clusters()).containsOnlyKeys("c-1", "c-2");
    Scope other = new Scope(List.of(), List.of("Globex"), List.of(), List.of(), List.of());
    assertThat(tables.read(other, List.of()).priority())
        .extracting(PriorityCluster::clusterId)
        .containsExactly("c-2");
  }

  @Test
  void aCriticalRatingIsTrouble() {
    risk("c-2", "Critical", "[]");
    risk("c-1", "Warning", "[]");

    FleetView view = tables.read(Scope.FLEET, List.of());

    assertThat(view.priority()).extracting(PriorityCluster::clusterId).containsExactly("c-2");
    assertThat(view.cluster("c-2").orElseThrow().reasonCodes()).containsExactly(ReasonCode.AT_RISK);
  }

  @Test
  void cohortsCountActiveClusters() {
    assertThat(tables.read(Scope.FLEET, List.of()).cohorts())
        .containsExactlyInAnyOrder(
            new Cohort("version", "3.2.1", 3),
            new Cohort("region", "eu-west-1", 2),
            new Cohort("region", "us-east-1", 1),
            new Cohort("cloud", "aws", 3));
  }

  @Test
  void whatCannotBeReadIsSaidAndCostsNoReport() throws Exception {
    execute("drop table alerts.issues");

    FleetView view = tables.read(Scope.FLEET, List.of("c-1"));

    assertThat(view.isAvailable()).isFalse();
    assertThat(view.unavailable()).contains("could not be read").contains("alerts.issues");
    assertThat(problems(tables)).anyMatch(problem -> problem.contains("report_clusters.sql"));
  }

  @Test
  void aReplacedFileThatDoesNotFitIsSaid() throws Exception {
    Files.writeString(directory.resolve("report_cohorts.sql"), "select 1 as active");

    FleetTables replaced = new FleetTables(jdbi, SqlDirectory.of(Optional.of(directory)));

    assertThat(replaced.read(Scope.FLEET, List.of()).unavailable())
        .contains("report_cohorts.sql")
        .contains("dimension");
    assertThat(problems(tables)).isEmpty();
    assertThat(problems(replaced)).hasSize(1);
  }

  @Test
  void ofMoreClustersThanAnybodyNamesNoneIsTakenForMissing() {
    List<String> ids = IntStream.rangeClosed(0, 20_000).mapToObj(i -> "c-" + i).toList();

    assertThat(tables.read(Scope.FLEET, ids).unavailable()).contains("20,001 clusters");
    assertThat(tables.read(Scope.FLEET, ids.subList(0, 20_000)).cluster("c-1")).isPresent();
  }

  @Test
  void aDatabaseThatIsAwayIsNoAnswer() {
    FleetTables away =
        new FleetTables(
            Jdbi.create("jdbc:postgresql://127.0.0.1:1/nobody?connectTimeout=2"),
            SqlDirectory.none());

    assertThatThrownBy(() -> away.read(Scope.FLEET, List.of())).isInstanceOf(JdbiException.class);
  }

  private static List<String> problems(FleetTables tables) {
    List<String> problems = new ArrayList<>();
    tables.each((name, problem) -> problem.get().ifPresent(problems::add));
    return problems;
  }

  private void cluster(
      String id, String name, String customer, String tier, String region, String status) {
    execute(
        "insert into byoc.clusters values (?, ?, 'acct', ?, ?, 'aws', ?, '3.2.1', ?, now())",
        id,
        name,
        customer,
        tier,
        region,
        status);
  }

  private void score(String id, double score, String ago) {
    execute(
        "insert into byoc.cluster_health_scores (cluster_id, score, scored_at)"
            + " values (?, ?, now() - cast(? as interval))",
        id,
        score,
        ago);
  }

  private void risk(String id, String level, String reasons) {
    execute(
        "insert into byoc.cluster_risk_snapshots (cluster_id, risk_level, reasons, snapshot_at)"
            + " values (?, ?, cast(? as jsonb), now())",
        id,
        level,
        reasons);
  }

  private void metric(String id, String metric, double value, String ago) {
    execute(
        "insert into byoc.cluster_metrics values (?, ?, now() - cast(? as interval), ?)",
        id,
        metric,
        ago,
        value);
  }

  private void alert(String id, String severity, String status) {
    execute(
        "insert into alerts.lark_alerts (cluster_id, alert_name, severity, status, message, fired_at)"
            + " values (?, 'a', ?, ?, 'm', now())",
        id,
        severity,
        status);
  }

  private void issue(String id, String severity, String status, String title) {
    execute(
        "insert into alerts.issues (cluster_id, title, severity, status, opened_at)"
            + " values (?, ?, ?, ?, now())",
        id,
        title,
        severity,
        status);
  }

  private void execute(String sql, Object... values) {
    jdbi.useHandle(handle -> handle.execute(sql, values));
  }
}
