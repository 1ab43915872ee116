package io.patrolagent.embedded.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.patrolagent.embedded.EmbeddedDatabase;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What is planted can be seen: for each kind a query that knows the symptom only, and not the plan,
 * finds the planted clusters and no others.
 */
class PlantedIncidentsIT {

  private static final Instant NOW = Instant.parse("2026-11-24T06:00:00Z");
  private static final String SQL_NOW = "timestamptz '" + NOW + "'";

  /** The latest row of each active cluster, from the views that {@link #load} makes. */
  private static final String LATEST_METRIC =
      "select cluster_id from latest_metrics where metric = '%s' and value %s order by 1";

  private static EmbeddedDatabase server;
  private static FleetDatabase fleet;
  private static GroundTruth truth;

  @BeforeAll
  static void load() throws SQLException {
    server = EmbeddedDatabase.start();
    fleet = FleetDatabase.create(server, "incidents");
    truth = new DemoFleet(FleetOptions.defaults(NOW)).load(fleet.connection()).groundTruth();
    fleet.execute(
        """
        create table latest_metrics as
          select distinct on (cluster_id, metric) cluster_id, metric, value, sampled_at
          from byoc.cluster_metrics join byoc.clusters using (cluster_id)
          where status = 'active'
          order by cluster_id, metric, sampled_at desc;
        create table latest_scores as
          select distinct on (cluster_id) cluster_id, score, scored_at
          from byoc.cluster_health_scores join byoc.clusters using (cluster_id)
          where status = 'active'
          order by cluster_id, scored_at desc;
        create table latest_risks as
          select distinct on (cluster_id) cluster_id, risk_level, reasons
          from byoc.cluster_risk_snapshots join byoc.clusters using (cluster_id)
          where status = 'active'
          order by cluster_id, snapshot_at desc;
        """);
  }

  @AfterAll
  static void close() throws SQLException {
    if (fleet != null) {
      fleet.close();
    }
    server.close();
  }

  @Test
  void aStraightLineLeadsToAFullDiskWithin36Hours() throws SQLException {
    // given
    String id = only(IncidentKind.DISK_FILLING);

    // when
    List<String> full =
        fleet.texts(
            """
            with line as (
              select cluster_id,
                regr_slope(value, extract(epoch from sampled_at) / 3600) as per_hour,
                regr_r2(value, extract(epoch from sampled_at)) as fit,
                max(value) as used
              from byoc.cluster_metrics join byoc.clusters using (cluster_id)
              where metric = 'disk_used_percent' and status = 'active'
                and sampled_at > %s - interval '30 hours'
              group by cluster_id)
            select cluster_id from line
            where per_hour > 0 and fit > 0.95 and (100 - used) / per_hour <= 36
            """
                .formatted(SQL_NOW));

    // then
    assertThat(full).containsExactly(id);
    assertThat(
            fleet.number(
                """
                select 100 * sum(disk_used_gb) / sum(disk_total_gb) from byoc.cluster_nodes
                where role = 'backend' and cluster_id = '%s'
                """
                    .formatted(id)))
        .isCloseTo(latest("disk_used_percent", id), within(0.1));
    assertThat(count("alerts.lark_alerts", "severity = 'critical' and status = 'firing'", id))
        .isEqualTo(1);
    assertThat(score(id))
        .isLessThan(
            fleet.number(
                    "select max(score) from byoc.cluster_health_scores where cluster_id = '"
                        + id
                        + "' and scored_at < "
                        + SQL_NOW
                        + " - interval '4 days'")
                - 20);
    assertThat(riskCodes(id)).contains("DISK_FILLING");
  }

  @Test
  void theCompactionBugIsSeenAcrossCustomersOnOneVersion() throws SQLException {
    // given
    PlantedIncident planted = incident(IncidentKind.COMPACTION_BUG);

    // then
    assertThat(fleet.texts(LATEST_METRIC.formatted("compaction_score", "> 300")))
        .isEqualTo(planted.clusterIds());
    assertThat(
            fleet.texts(
                "select distinct cluster_id from byoc.cluster_logs where level = 'ERROR' and message"
                    + " like 'CMP-%' order by 1"))
        .isEqualTo(planted.clusterIds());
    assertThat(
            fleet.texts(
                "select distinct version from byoc.clusters join latest_metrics using (cluster_id)"
                    + " where metric = 'compaction_score' and value > 300"))
        .containsExactly("3.2.1");
    assertThat(
            fleet.texts(
                "select distinct customer_name from byoc.clusters join latest_metrics using"
                    + " (cluster_id) where metric = 'compaction_score' and value > 300 order by 1"))
        .isEqualTo(planted.customers())
        .hasSizeGreaterThanOrEqualTo(4);
    assertThat(
            fleet.texts(
                "select title from knowledge.documents where kind = 'known_issue' and body like"
                    + " '%CMP-2107%' and affected_versions @> '{3.2.1}'"))
        .hasSize(1);
  }

  @Test
  void theQuotaStopsSeveralClustersOfOneAccount() throws SQLException {
    // given
    PlantedIncident planted = incident(IncidentKind.QUOTA_EXHAUSTED);

    // then
    assertThat(
            fleet.texts(
                """
                select cluster_id from byoc.cluster_logs
                where level = 'ERROR' and component = 'provisioner'
                  and message ~ '(VcpuLimitExceeded|OperationNotAllowed|QUOTA_EXCEEDED)'
                group by 1 having count(*) >= 3 order by 1
                """))
        .isEqualTo(planted.clusterIds())
        .hasSizeGreaterThanOrEqualTo(2);
    assertThat(
            fleet.texts(
                "select cluster_id from byoc.cluster_nodes where state = 'unreachable' order by 1"))
        .isEqualTo(planted.clusterIds());
    assertThat(
            fleet.texts(
                "select cluster_id from alerts.lark_alerts where alert_name = 'ScaleOutFailed' and"
                    + " status = 'firing' order by 1"))
        .isEqualTo(planted.clusterIds());
    assertThat(
            fleet.texts(
                "select distinct account_id || region from byoc.clusters join byoc.cluster_nodes"
                    + " using (cluster_id) where state = 'unreachable'"))
        .hasSize(1);
  }

  @Test
  void oneNodeCrashesOverAndOver() throws SQLException {
    // given
    String id = only(IncidentKind.NODE_CRASH_LOOP);

    // then
    assertThat(
            fleet.texts(
                "select node_id from byoc.cluster_nodes where state = 'restarting' and restarts_24h"
                    + " > 10"))
        .containsExactly(id + "-be-2");
    assertThat(
            fleet.number(
                "select count(*) from byoc.cluster_logs l join byoc.cluster_nodes n using"
                    + " (cluster_id, node_id) where level = 'FATAL' and message like '%137' having"
                    + " count(*) = max(restarts_24h) and count(distinct node_id) = 1"))
        .isGreaterThan(10);
    assertThat(latest("memory_percent", id)).isGreaterThan(85);
    assertThat(riskCodes(id)).contains("NODE_CRASH_LOOP");
  }

  @Test
  void oneCertificateHasTwoDaysLeftOnAHealthyCluster() throws SQLException {
    // given
    String id = only(IncidentKind.CERTIFICATE_EXPIRING);

    // then
    assertThat(fleet.texts(LATEST_METRIC.formatted("certificate_days_left", "< 14")))
        .containsExactly(id);
    assertThat(latest("certificate_days_left", id)).isBetween(1.5, 2.6);
    assertThat(
            fleet.number(
                "select regr_slope(value, extract(epoch from sampled_at) / 86400) from"
                    + " byoc.cluster_metrics where metric = 'certificate_days_left' and cluster_id ="
                    + " '"
                    + id
                    + "'"))
        .as("never renewed within a month")
        .isCloseTo(-1, within(0.01));
    assertThat(score(id)).isGreaterThanOrEqualTo(80);
  }

  @Test
  void oneBackupStoppedAndNothingSaysSo() throws SQLException {
    // given
    String id = only(IncidentKind.BACKUP_STOPPED);

    // then
    assertThat(fleet.texts(LATEST_METRIC.formatted("backup_age_hours", "> 26")))
        .containsExactly(id);
    assertThat(
            fleet.number(
                "select extract(epoch from "
                    + SQL_NOW
                    + " - max(logged_at)) / 3600 from byoc.cluster_logs where component ="
                    + " 'backup-agent' and cluster_id = '"
                    + id
                    + "'"))
        .isCloseTo(31, within(0.01));
    assertThat(count("alerts.lark_alerts", "alert_name ilike '%backup%'", id)).isZero();
    assertThat(count("alerts.lark_alerts", "status = 'firing' and severity <> 'info'", id))
        .isZero();
    assertThat(count("alerts.issues", "severity in ('critical', 'high')", id)).isZero();
    assertThat(count("byoc.cluster_logs", "level in ('ERROR', 'FATAL')", id)).isZero();
    assertThat(score(id)).isGreaterThanOrEqualTo(80);
  }

  @Test
  void theNoisyClusterIsHealthy() throws SQLException {
    // given
    String id = only(IncidentKind.NOISY_BUT_HEALTHY);

    // then
    assertThat(
            fleet.texts(
                "select cluster_id from alerts.lark_alerts where fired_at > "
                    + SQL_NOW
                    + " - interval '24 hours' group by 1 having count(*) > 20"))
        .containsExactly(id);
    assertThat(
            count(
                "alerts.lark_alerts",
                "fired_at > "
                    + SQL_NOW
                    + " - interval '24 hours' and (status = 'firing' or resolved_at - fired_at >"
                    + " interval '4 hours')",
                id))
        .isZero();
    assertThat(score(id)).isGreaterThanOrEqualTo(85);
    assertThat(riskCodes(id)).isEmpty();
  }

  @Test
  void aWholeRegionHasBeenSilentForHours() throws SQLException {
    // given
    PlantedIncident planted = incident(IncidentKind.STALE_COLLECTOR);

    // then
    assertThat(
            fleet.texts(
                "select cluster_id from latest_scores where scored_at < "
                    + SQL_NOW
                    + " - interval '1 hour' order by 1"))
        .isEqualTo(planted.clusterIds());
    assertThat(
            fleet.texts(
                "select cluster_id from latest_metrics where metric = 'cpu_percent' and sampled_at"
                    + " between "
                    + SQL_NOW
                    + " - interval '6.5 hours' and "
                    + SQL_NOW
                    + " - interval '5 hours' order by 1"))
        .isEqualTo(planted.clusterIds());
    assertThat(
            fleet.texts(
                "select cluster_id from byoc.clusters where status = 'active' and region = (select"
                    + " region from byoc.clusters where cluster_id = '"
                    + planted.clusterIds().get(0)
                    + "') order by 1"))
        .isEqualTo(planted.clusterIds());
    assertThat(planted.summary()).contains("All " + planted.clusterIds().size() + " active");
  }

  @Test
  void theOrdersToAModelAreInOneLineOnly() throws SQLException {
    // given
    String id = only(IncidentKind.PROMPT_INJECTION);

    // then
    assertThat(
            fleet.texts(
                "select cluster_id from byoc.cluster_logs where message ilike '%ignore all previous"
                    + " instructions%'"))
        .containsExactly(id);
    assertThat(fleet.texts(LATEST_METRIC.formatted("error_rate_percent", "> 5")))
        .containsExactly(id);
    assertThat(
            fleet.number(
                "select count(*) from byoc.cluster_logs where message like '%'|| chr(10) ||'%'"))
        .isZero();
  }

  @Test
  void unknownClustersAreReallyUnknown() throws SQLException {
    assertThat(
            fleet.texts(
                """
                select cluster_id from byoc.clusters c where status = 'active' and (
                  not exists (
                    select 1 from byoc.cluster_health_scores h where h.cluster_id = c.cluster_id)
                  or not exists (
                    select 1 from byoc.cluster_risk_snapshots r where r.cluster_id = c.cluster_id))
                order by 1
                """))
        .isEqualTo(truth.unknownClusterIds())
        .isNotEmpty();
  }

  @Test
  void criticalRiskIsWhatWasPlantedAsCritical() throws SQLException {
    assertThat(
            fleet.texts(
                "select cluster_id from latest_risks where risk_level = 'Critical' order by 1"))
        .containsExactlyElementsOf(
            truth.incidents().stream()
                .filter(incident -> incident.severity() == RiskLevel.CRITICAL)
                .flatMap(incident -> incident.clusterIds().stream())
                .sorted()
                .toList());
  }

  @Test
  void allEvidenceSelectsRows() throws SQLException {
    for (PlantedIncident incident : truth.incidents()) {
      for (Evidence evidence : incident.evidence()) {
        assertThat(
                fleet.number(
                    "select count(*) from " + evidence.table() + " where " + evidence.where()))
            .as("%s: %s", incident.kind(), evidence)
            .isPositive();
      }
    }
  }

  @Test
  void theBackgroundIsMostlyHealthyWithSomeDullTrouble() throws SQLException {
    // given
    double scored = fleet.number("select count(*) from latest_scores");

    // then
    assertThat(fleet.number("select count(*) from latest_scores where score >= 80") / scored)
        .isBetween(0.88, 0.97);
    assertThat(
            fleet.number("select count(*) from latest_scores where score >= 60 and score < 80")
                / scored)
        .isBetween(0.015, 0.08);
    assertThat(fleet.number("select count(*) from latest_risks where risk_level = 'Warning'"))
        .isBetween(5.0, 30.0);
    assertThat(
            fleet.number(
                "select count(*) from alerts.lark_alerts where status = 'firing' and fired_at < "
                    + SQL_NOW
                    + " - interval '5 days'"))
        .as("fired long ago and firing still")
        .isPositive();
  }

  private static PlantedIncident incident(IncidentKind kind) {
    assertThat(truth.incidents(kind)).hasSize(1);
    return truth.incidents(kind).get(0);
  }

  private static String only(IncidentKind kind) {
    assertThat(incident(kind).clusterIds()).hasSize(1);
    return incident(kind).clusterIds().get(0);
  }

  private static double latest(String metric, String id) throws SQLException {
    return fleet.number(
        "select value from latest_metrics where metric = '"
            + metric
            + "' and cluster_id = '"
            + id
            + "'");
  }

  private static double score(String id) throws SQLException {
    return fleet.number("select score from latest_scores where cluster_id = '" + id + "'");
  }

  private static List<String> riskCodes(String id) throws SQLException {
    return fleet.texts(
        "select r ->> 'code' from latest_risks, jsonb_array_elements(reasons) r where cluster_id ="
            + " '"
            + id
            + "'");
  }

  private static double count(String table, String where, String id) throws SQLException {
    return fleet.number(
        "select count(*) from " + table + " where " + where + " and cluster_id = '" + id + "'");
  }
}
