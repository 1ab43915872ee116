package io.patrolagent.agentrunner.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patrolagent.agentrunner.Snapshots;
import io.patrolagent.common.ops.Database;
import io.patrolagent.common.patrol.Scope;
import io.patrolagent.common.sql.SqlDirectory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** A fleet written by hand, every time relative to {@link #NOW}, and tools that read it then. */
final class ToolFleet implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-11-24T07:00:00Z");

  private final ToolDatabase server = ToolDatabase.create();
  private final Connection writer;
  private final Database pool =
      Database.open(server.asReader(), Toolbox.poolOptions("tool-test", 1).poolSize(2));

  ToolFleet() {
    try {
      writer = server.owner();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A cluster of byoc.clusters; active, of tier B, of Acme, in eu-west-1 unless said otherwise. */
  record Cluster(
      String id,
      String account,
      String customer,
      String tier,
      String cloud,
      String region,
      String version,
      String status) {

    static Cluster of(String id) {
      return new Cluster(id, "acct-1", "Acme", "B", "aws", "eu-west-1", "3.2.1", "active");
    }

    Cluster account(String value) {
      return new Cluster(id, value, customer, tier, cloud, region, version, status);
    }

    Cluster customer(String value) {
      return new Cluster(id, account, value, tier, cloud, region, version, status);
    }

    Cluster tier(String value) {
      return new Cluster(id, account, customer, value, cloud, region, version, status);
    }

    Cluster region(String value) {
      return new Cluster(id, account, customer, tier, cloud, value, version, status);
    }

    Cluster version(String value) {
      return new Cluster(id, account, customer, tier, cloud, region, value, status);
    }

    Cluster status(String value) {
      return new Cluster(id, account, customer, tier, cloud, region, version, value);
    }
  }

  ToolFleet cluster(String id) {
    return cluster(Cluster.of(id));
  }

  ToolFleet cluster(Cluster cluster) {
    return execute(
        "insert into byoc.clusters values (?, ?, ?, ?, ?, ?, ?, ?, ?, '2026-01-01 01:00:00+01')",
        cluster.id(),
        cluster.id() + " name",
        cluster.account(),
        cluster.customer(),
        cluster.tier(),
        cluster.cloud(),
        cluster.region(),
        cluster.version(),
        cluster.status());
  }

  ToolFleet score(String cluster, double score, Duration age) {
    return execute(
        "insert into byoc.cluster_health_scores (cluster_id, score, scored_at) values (?, ?, ?)",
        cluster,
        score,
        ago(age));
  }

  /** With a reason of each of the codes. */
  ToolFleet risk(String cluster, String level, Duration age, String... codes) {
    StringBuilder reasons = new StringBuilder("[");
    for (String code : codes) {
      reasons
          .append(reasons.length() > 1 ? "," : "")
          .append("{\"code\": \"" + code + "\", \"detail\": \"of " + code + "\"}");
    }
    return execute(
        """
        insert into byoc.cluster_risk_snapshots (cluster_id, risk_level, snapshot_at, reasons)
        values (?, ?, ?, cast(? as jsonb))
        """,
        cluster,
        level,
        ago(age),
        reasons.append("]").toString());
  }

  ToolFleet alert(String cluster, String name, Duration fired, Duration resolved) {
    return execute(
        """
        insert into alerts.lark_alerts
          (cluster_id, alert_name, severity, status, message, fired_at, resolved_at)
        values (?, ?, 'warning', ?, 'disk "full"', ?, ?)
        """,
        cluster,
        name,
        resolved == null ? "firing" : "resolved",
        ago(fired),
        resolved == null ? null : ago(resolved));
  }

  ToolFleet issue(String cluster, String title, String severity, Duration age) {
    return issue(cluster, title, severity, age, "ongoing");
  }

  ToolFleet issue(String cluster, String title, String severity, Duration age, String status) {
    return execute(
        """
        insert into alerts.issues (cluster_id, title, severity, status, opened_at)
        values (?, ?, ?, ?, ?)
        """,
        cluster,
        title,
        severity,
        status,
        ago(age));
  }

  ToolFleet metric(String cluster, String metric, Duration age, double value) {
    return execute(
        "insert into byoc.cluster_metrics values (?, ?, ?, ?)", cluster, metric, ago(age), value);
  }

  ToolFleet node(String cluster, String id, String state, int restarts, int total, int used) {
    return execute(
        "insert into byoc.cluster_nodes values (?, ?, 'compute', 'm5', 'a', ?, ?, ?, ?, ?)",
        cluster,
        id,
        state,
        restarts,
        total,
        used,
        ago(Duration.ofMinutes(1)));
  }

  ToolFleet execute(String sql, Object... values) {
    try (PreparedStatement statement = writer.prepareStatement(sql)) {
      for (int index = 0; index < values.length; index++) {
        statement.setObject(index + 1, values[index]);
      }
      statement.execute();
      return this;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads with the shipped files, at {@link #NOW}. */
  ToolQueries queries() {
    return new ToolQueries(pool.jdbi(), SqlDirectory.none(), handle -> NOW);
  }

  /** Reads with an operator's files before them. */
  ToolQueries queries(Path directory) {
    return new ToolQueries(pool.jdbi(), SqlDirectory.of(Optional.of(directory)), handle -> NOW);
  }

  /** Reads at the database's own time. */
  ToolQueries queriesAtTheDatabasesTime() {
    return new ToolQueries(pool.jdbi(), SqlDirectory.none());
  }

  Database pool() {
    return pool;
  }

  static ObjectNode call(Tool tool, String arguments) throws Exception {
    return call(tool, arguments, Scope.FLEET);
  }

  static ObjectNode call(Tool tool, String arguments, Scope scope) throws Exception {
    return tool.call(
        ToolArguments.parse(arguments),
        new ToolContext(Snapshots.request(scope, null), Snapshots.healthy(1)));
  }

  static Scope regions(String... regions) {
    return new Scope(null, null, null, java.util.List.of(regions), null);
  }

  static Duration hours(int hours) {
    return Duration.ofHours(hours);
  }

  private static Object ago(Duration age) {
    return NOW.minus(age).atOffset(ZoneOffset.UTC);
  }

  @Override
  public void close() {
    pool.close();
    try {
      writer.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
