package io.patrolagent.embedded.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patrolagent.embedded.EmbeddedDatabase;
import io.patrolagent.embedded.ReferenceSchema;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DemoFleetIT {

  private static final FleetOptions OPTIONS =
      FleetOptions.defaults(Instant.parse("2026-11-24T06:00:00Z")).withClusters(120);

  private static final List<String> TABLES_OF_CLUSTERS =
      List.of(
          "byoc.cluster_risk_snapshots",
          "byoc.cluster_health_scores",
          "byoc.cluster_metrics",
          "byoc.cluster_nodes",
          "byoc.cluster_logs",
          "alerts.lark_alerts",
          "alerts.issues");

  private static EmbeddedDatabase server;

  @BeforeAll
  static void start() {
    server = EmbeddedDatabase.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void rowsReturnedAreRowsInTheTables() throws SQLException {
    try (FleetDatabase fleet = FleetDatabase.create(server, "counts")) {
      // when
      LoadedFleet loaded = new DemoFleet(OPTIONS).load(fleet.connection());

      // then
      assertThat(loaded.rows()).hasSize(9).containsEntry("byoc.clusters", 120L);
      assertThat(loaded.rows().values()).allMatch(rows -> rows > 0);
      for (Map.Entry<String, Long> table : loaded.rows().entrySet()) {
        assertThat(fleet.number("select count(*) from " + table.getKey()))
            .as(table.getKey())
            .isEqualTo(table.getValue().doubleValue());
      }
    }
  }

  @Test
  void sameOptionsGiveTheSameRowsAndAnotherSeedGivesOthers() throws SQLException {
    // when
    List<String> first = contentOf("same_1", OPTIONS);
    List<String> second = contentOf("same_2", OPTIONS);
    List<String> other = contentOf("other", OPTIONS.withSeed(2));

    // then
    assertThat(second).isEqualTo(first);
    for (int i = 0; i < TABLES_OF_CLUSTERS.size(); i++) {
      assertThat(other.get(i)).as(TABLES_OF_CLUSTERS.get(i)).isNotEqualTo(first.get(i));
    }
  }

  @Test
  void rowsAreConsistentAlthoughForeignKeysAreNotCheckedWhileLoading() throws SQLException {
    try (FleetDatabase fleet = FleetDatabase.create(server, "consistent")) {
      // when
      new DemoFleet(OPTIONS).load(fleet.connection());

      // then
      for (String table : TABLES_OF_CLUSTERS) {
        assertThat(
                fleet.number(
                    "select count(*) from "
                        + table
                        + " left join byoc.clusters c using (cluster_id) where c.cluster_id is"
                        + " null"))
            .as(table)
            .isZero();
      }
      assertThat(fleet.texts("show session_replication_role")).containsExactly("origin");
    }
  }

  @Test
  void nothingHappensBeforeItsClusterExistsOrAfterNow() throws SQLException {
    // given
    String[][] times = {
      {"byoc.cluster_risk_snapshots", "snapshot_at"},
      {"byoc.cluster_health_scores", "scored_at"},
      {"byoc.cluster_metrics", "sampled_at"},
      {"byoc.cluster_nodes", "observed_at"},
      {"byoc.cluster_logs", "logged_at"},
      {"alerts.lark_alerts", "fired_at"},
      {"alerts.lark_alerts", "coalesce(resolved_at, fired_at)"},
      {"alerts.issues", "opened_at"},
      {"alerts.issues", "coalesce(resolved_at, opened_at)"}
    };
    try (FleetDatabase fleet = FleetDatabase.create(server, "times")) {
      // when
      new DemoFleet(OPTIONS.withClusters(600)).load(fleet.connection());

      // then
      for (String[] time : times) {
        assertThat(
                fleet.texts(
                    "select t::text from "
                        + time[0]
                        + " t join byoc.clusters c using (cluster_id) where "
                        + time[1]
                        + " not between created_at and timestamptz '"
                        + OPTIONS.now()
                        + "'"))
            .as(time[0] + "." + time[1])
            .isEmpty();
      }
    }
  }

  @Test
  void scoresFollowFromTheirComponents() throws SQLException {
    try (FleetDatabase fleet = FleetDatabase.create(server, "scores")) {
      // when
      new DemoFleet(OPTIONS).load(fleet.connection());

      // then
      assertThat(
              fleet.number(
                  """
                  select max(abs(score - expected)) from byoc.cluster_health_scores,
                    lateral (select (avg(value::numeric) + min(value::numeric)) / 2 as expected
                      from jsonb_each_text(components)) c
                  """))
          .isLessThan(0.0051);
      assertThat(
              fleet.number(
                  """
                  select max(abs(used - value)) from (
                    select cluster_id, 100 * sum(disk_used_gb) / sum(disk_total_gb) as used
                    from byoc.cluster_nodes where role = 'backend' group by 1) n
                  join (
                    select distinct on (cluster_id) cluster_id, value from byoc.cluster_metrics
                    where metric = 'disk_used_percent' order by cluster_id, sampled_at desc) m
                  using (cluster_id)
                  """))
          .as("nodes' disks are as full as the metric says")
          .isLessThan(0.1);
    }
  }

  @Test
  void theHealthyProfileIsHealthyThroughout() throws SQLException {
    try (FleetDatabase fleet = FleetDatabase.create(server, "healthy")) {
      // when
      LoadedFleet loaded =
          new DemoFleet(OPTIONS.withClusters(500).withProfile(FleetProfile.HEALTHY))
              .load(fleet.connection());

      // then
      assertThat(loaded.groundTruth().incidents()).isEmpty();
      assertThat(
              fleet.texts(
                  """
                  select cluster_id from byoc.clusters c
                  left join lateral (
                    select score, scored_at from byoc.cluster_health_scores h
                    where h.cluster_id = c.cluster_id order by scored_at desc limit 1) h on true
                  left join lateral (
                    select risk_level, snapshot_at from byoc.cluster_risk_snapshots r
                    where r.cluster_id = c.cluster_id order by snapshot_at desc limit 1) r on true
                  where status = 'active' and not coalesce(
                    score >= 82 and risk_level = 'Healthy'
                    and least(scored_at, snapshot_at) > timestamptz '%s' - interval '1 hour', false)
                  """
                      .formatted(OPTIONS.now())))
          .isEmpty();
      assertThat(
              fleet.texts(
                  "select title from alerts.issues where status = 'ongoing' and severity in"
                      + " ('critical', 'high')"))
          .isEmpty();
      assertThat(
              fleet.texts(
                  "select alert_name from alerts.lark_alerts where status = 'firing' and severity ="
                      + " 'critical'"))
          .isEmpty();
      assertThat(
              fleet.texts(
                  "select node_id from byoc.cluster_nodes join byoc.clusters using (cluster_id) where"
                      + " status = 'active' and state <> 'running'"))
          .isEmpty();
    }
  }

  @Test
  void onlyActiveClustersHaveARecentRow() throws SQLException {
    try (FleetDatabase fleet = FleetDatabase.create(server, "status")) {
      // when
      new DemoFleet(OPTIONS.withClusters(400)).load(fleet.connection());

      // then
      assertThat(
              fleet.texts(
                  "select distinct status from byoc.clusters join byoc.cluster_metrics using"
                      + " (cluster_id) where sampled_at > timestamptz '"
                      + OPTIONS.now()
                      + "' - interval '6 hours'"))
          .containsExactly("active");
      assertThat(
              fleet.number(
                  "select count(*) from byoc.clusters join byoc.cluster_health_scores using"
                      + " (cluster_id) where status = 'suspended' and score < 60"))
          .as("alarming last scores of clusters that do not count")
          .isPositive();
    }
  }

  @Test
  void aFleetOfOneClusterCanBeLoaded() throws SQLException {
    try (FleetDatabase fleet = FleetDatabase.create(server, "one")) {
      // when
      LoadedFleet loaded = new DemoFleet(OPTIONS.withClusters(1)).load(fleet.connection());

      // then
      assertThat(loaded.groundTruth().incidents())
          .extracting(PlantedIncident::kind)
          .containsExactly(IncidentKind.DISK_FILLING);
    }
  }

  @Test
  void tablesWithRowsAreRefusedAndLeftAlone() throws SQLException {
    try (FleetDatabase fleet = FleetDatabase.create(server, "twice")) {
      // given
      new DemoFleet(OPTIONS).load(fleet.connection());

      // when, then
      assertThatThrownBy(() -> new DemoFleet(OPTIONS.withSeed(2)).load(fleet.connection()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("table byoc.clusters must be empty and has rows");
      assertThat(fleet.number("select count(*) from byoc.clusters")).isEqualTo(120);
      assertThat(fleet.connection().getAutoCommit()).isTrue();
    }
  }

  @Test
  void aRowInTheLastTableIsEnoughToBeRefused() throws SQLException {
    try (FleetDatabase fleet = FleetDatabase.create(server, "last_table")) {
      // given
      fleet.execute(
          "insert into knowledge.documents (kind, title, body, published_at) values ('runbook',"
              + " 'Ours', 'Keep this.', now())");

      // when, then
      assertThatThrownBy(() -> new DemoFleet(OPTIONS).load(fleet.connection()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("table knowledge.documents");
      assertThat(fleet.texts("select title from knowledge.documents")).containsExactly("Ours");
    }
  }

  @Test
  void aLoadThatFailsHalfwayLeavesNothing() throws SQLException {
    try (FleetDatabase fleet = FleetDatabase.create(server, "halfway")) {
      // given
      fleet.execute("alter table knowledge.documents drop column tags");

      // when, then
      assertThatThrownBy(() -> new DemoFleet(OPTIONS).load(fleet.connection()))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("tags");
      assertThat(fleet.number("select count(*) from byoc.clusters")).isZero();
      assertThat(fleet.connection().getAutoCommit()).isTrue();
    }
  }

  @Test
  void aFaultOfOurOwnHalfwayLeavesNothing() throws SQLException {
    try (FleetDatabase fleet = FleetDatabase.create(server, "own_fault")) {
      // given
      Connection failing = failingAtTable(3, fleet.connection());

      // when, then
      assertThatThrownBy(() -> new DemoFleet(OPTIONS).load(failing))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("table 3");
      assertThat(fleet.number("select count(*) from byoc.clusters")).isZero();
      assertThat(fleet.connection().getAutoCommit()).isTrue();
    }
  }

  @Test
  void anOwnerWhoIsNoSuperuserMayLoadToo() throws SQLException {
    // given
    String url = server.createDatabase("owned");
    try (Connection admin = DriverManager.getConnection(url, server.user(), server.password());
        var statement = admin.createStatement()) {
      statement.execute("create role fleet_owner login");
      statement.execute("grant create on database owned to fleet_owner");
    }

    try (Connection owner = DriverManager.getConnection(url, "fleet_owner", "")) {
      ReferenceSchema.create(owner);

      // when
      LoadedFleet loaded = new DemoFleet(OPTIONS).load(owner);

      // then
      assertThat(loaded.totalRows()).isGreaterThan(10_000);
    }
  }

  /** The connection, except that beginning to copy into the n-th table throws. */
  private static Connection failingAtTable(int n, Connection connection) {
    AtomicInteger tables = new AtomicInteger();
    return (Connection)
        Proxy.newProxyInstance(
            DemoFleetIT.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("unwrap") && tables.incrementAndGet() == n) {
                throw new IllegalStateException("table " + n);
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static List<String> contentOf(String database, FleetOptions options) throws SQLException {
    try (FleetDatabase fleet = FleetDatabase.create(server, database)) {
      LoadedFleet loaded = new DemoFleet(options).load(fleet.connection());
      List<String> digests = new ArrayList<>();
      List<String> tables = new ArrayList<>(TABLES_OF_CLUSTERS);
      loaded.rows().keySet().stream().filter(t -> !tables.contains(t)).forEach(tables::add);
      for (String table : tables) {
        digests.addAll(
            fleet.texts(
                "select md5(string_agg(t::text, chr(10) order by t::text)) from " + table + " t"));
      }
      return digests;
    }
  }
}
