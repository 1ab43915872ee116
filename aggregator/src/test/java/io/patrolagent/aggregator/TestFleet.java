package io.patrolagent.aggregator;

import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.Scope;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** A fleet written by hand, every time relative to {@link #NOW}. */
public final class TestFleet {

  public static final Instant NOW = Instant.parse("2026-11-24T07:00:00Z");

  private final String url = TestDatabase.withReferenceSchema();
  private final Jdbi jdbi = TestDatabase.jdbi(url);

  /** Kept until the server stops: a connection for each row would be most of the test's time. */
  private final Handle writer = jdbi.open();

  /** A cluster of byoc.clusters; active, of tier B, of Acme, in eu-west-1 unless said otherwise. */
  public record Cluster(
      String id, String account, String customer, String tier, String region, String status) {

    public static Cluster of(String id) {
      return new Cluster(id, "acct-1", "Acme", "B", "eu-west-1", "active");
    }

    public Cluster account(String value) {
      return new Cluster(id, value, customer, tier, region, status);
    }

    public Cluster customer(String value) {
      return new Cluster(id, account, value, tier, region, status);
    }

    public Cluster tier(String value) {
      return new Cluster(id, account, customer, value, region, status);
    }

    public Cluster region(String value) {
      return new Cluster(id, account, customer, tier, value, status);
    }

    public Cluster status(String value) {
      return new Cluster(id, account, customer, tier, region, value);
    }
  }

  public String url() {
    return url;
  }

  public Jdbi jdbi() {
    return jdbi;
  }

  public TestFleet cluster(String id) {
    return cluster(Cluster.of(id));
  }

  public TestFleet cluster(Cluster cluster) {
    execute(
        """
        insert into byoc.clusters (cluster_id, cluster_name, account_id, customer_name, customer_tier,
                                   cloud, region, version, status, created_at)
        values (?, ?, ?, ?, ?, 'aws', ?, '3.2.1', ?, '2026-01-01 00:00:00+00')
        """,
        cluster.id(),
        cluster.id() + " name",
        cluster.account(),
        cluster.customer(),
        cluster.tier(),
        cluster.region(),
        cluster.status());
    return this;
  }

  public TestFleet score(String cluster, String score, Duration age) {
    execute(
        "insert into byoc.cluster_health_scores (cluster_id, score, scored_at) values (?, ?, ?)",
        cluster,
        new BigDecimal(score),
        ago(age));
    return this;
  }

  public TestFleet risk(String cluster, String level, Duration age) {
    return risk(cluster, level, age, "[]");
  }

  public TestFleet risk(String cluster, String level, Duration age, String reasons) {
    execute(
        """
        insert into byoc.cluster_risk_snapshots (cluster_id, risk_level, snapshot_at, reasons)
        values (?, ?, ?, cast(? as jsonb))
        """,
        cluster,
        level,
        ago(age),
        reasons);
    return this;
  }

  public TestFleet firing(String cluster, Duration fired) {
    execute(
        """
        insert into alerts.lark_alerts (cluster_id, alert_name, severity, status, message, fired_at)
        values (?, 'DiskFull', 'warning', 'firing', 'disk', ?)
        """,
        cluster,
        ago(fired));
    return this;
  }

  public TestFleet resolved(String cluster, Duration fired, Duration resolved) {
    execute(
        """
        insert into alerts.lark_alerts
          (cluster_id, alert_name, severity, status, message, fired_at, resolved_at)
        values (?, 'DiskFull', 'warning', 'resolved', 'disk', ?, ?)
        """,
        cluster,
        ago(fired),
        ago(resolved));
    return this;
  }

  public TestFleet issue(String cluster, String severity, String status) {
    execute(
        """
        insert into alerts.issues (cluster_id, title, severity, status, opened_at)
        values (?, 'slow', ?, ?, ?)
        """,
        cluster,
        severity,
        status,
        ago(Duration.ofDays(9)));
    return this;
  }

  /** The columns of the report-sink's table that the aggregator reads. */
  public TestFleet reportsTable() {
    execute(
        """
        create table alerts.patrol_reports (
          report_id uuid primary key, status text not null, scope jsonb not null,
          fleet_snapshot jsonb, finished_at timestamptz not null)
        """);
    return this;
  }

  /** A report of an earlier patrol; without a snapshot where {@code active} is below 0. */
  public PatrolId report(Scope scope, int active, Duration finished) {
    PatrolId id = PatrolId.random();
    try {
      execute(
          "insert into alerts.patrol_reports values (?, 'completed', cast(? as jsonb), cast(? as jsonb), ?)",
          id.value(),
          EventCodec.mapper().writeValueAsString(scope),
          active < 0 ? null : "{\"cluster_counts\": {\"total\": 9, \"active\": " + active + "}}",
          ago(finished));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    return id;
  }

  public void execute(String sql, Object... values) {
    writer.execute(sql, values);
  }

  public static Duration hours(int hours) {
    return Duration.ofHours(hours);
  }

  private static Object ago(Duration age) {
    return NOW.minus(age).atOffset(ZoneOffset.UTC);
  }
}
