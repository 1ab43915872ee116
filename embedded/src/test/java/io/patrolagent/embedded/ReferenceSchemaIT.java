package io.patrolagent.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReferenceSchemaIT {

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static EmbeddedDatabase database;
  private Connection connection;

  @BeforeAll
  static void start() {
    database = EmbeddedDatabase.start();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void connect() throws SQLException {
    connection =
        DriverManager.getConnection(
            database.createDatabase("schema_" + NUMBER.incrementAndGet()),
            database.user(),
            database.password());
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  @Test
  void theTablesHaveTheColumnsThatQueriesAndToolsName() throws Exception {
    // when
    ReferenceSchema.create(connection);

    // then
    assertThat(
            query(
                """
                select table_schema || '.' || table_name || ': '
                       || string_agg(column_name || ' ' || udt_name, ', ' order by ordinal_position)
                from information_schema.columns
                where table_schema in ('byoc', 'alerts', 'knowledge')
                group by table_schema, table_name
                """))
        .containsExactlyInAnyOrder(
            "byoc.clusters: cluster_id text, cluster_name text, account_id text, customer_name text, "
                + "customer_tier text, cloud text, region text, version text, status text, created_at timestamptz",
            "byoc.cluster_risk_snapshots: snapshot_id int8, cluster_id text, risk_level text, reasons jsonb, "
                + "snapshot_at timestamptz",
            "byoc.cluster_health_scores: score_id int8, cluster_id text, score numeric, components jsonb, "
                + "scored_at timestamptz",
            "byoc.cluster_metrics: cluster_id text, metric text, sampled_at timestamptz, value float8",
            "byoc.cluster_nodes: cluster_id text, node_id text, role text, instance_type text, zone text, "
                + "state text, restarts_24h int4, disk_total_gb numeric, disk_used_gb numeric, observed_at timestamptz",
            "byoc.cluster_logs: log_id int8, cluster_id text, node_id text, level text, component text, "
                + "message text, logged_at timestamptz",
            "alerts.lark_alerts: alert_id int8, cluster_id text, alert_name text, severity text, status text, "
                + "message text, fired_at timestamptz, resolved_at timestamptz",
            "alerts.issues: issue_id int8, cluster_id text, title text, severity text, status text, "
                + "opened_at timestamptz, resolved_at timestamptz",
            "knowledge.documents: document_id int8, kind text, title text, body text, tags _text, "
                + "affected_versions _text, published_at timestamptz");
  }

  @Test
  void theLatestRowOfAClusterIsFoundThroughAnIndex() throws Exception {
    // when
    ReferenceSchema.create(connection);

    // then
    assertThat(
            query(
                """
                select substring(indexdef from ' ON (.*)') from pg_indexes
                where schemaname in ('byoc', 'alerts') and indexdef not like '%UNIQUE%'
                """))
        .containsExactlyInAnyOrder(
            "byoc.cluster_risk_snapshots USING btree (cluster_id, snapshot_at DESC)",
            "byoc.cluster_health_scores USING btree (cluster_id, scored_at DESC)",
            "byoc.cluster_logs USING btree (cluster_id, logged_at DESC)",
            "alerts.lark_alerts USING btree (fired_at DESC)",
            "alerts.lark_alerts USING btree (cluster_id, fired_at DESC)",
            "alerts.issues USING btree (severity) WHERE (status = 'ongoing'::text)");
  }

  @Test
  void aScoreAboveOneHundredIsRefused() throws Exception {
    // given
    ReferenceSchema.create(connection);
    execute(
        """
        insert into byoc.clusters
        values ('c-1', 'orders', 'acc-1', 'ACME', 'S', 'aws', 'eu-west-1', '3.2.1', 'active', now())
        """);
    execute(
        "insert into byoc.cluster_health_scores (cluster_id, score, scored_at) values ('c-1', 100, now())");

    // when / then
    assertThatThrownBy(
            () ->
                execute(
                    "insert into byoc.cluster_health_scores (cluster_id, score, scored_at) values ('c-1', 101, now())"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("score_check");
  }

  @Test
  void itExistsOnceItIsCreated() throws Exception {
    // given
    assertThat(ReferenceSchema.exists(connection)).isFalse();

    // when
    ReferenceSchema.create(connection);

    // then
    assertThat(ReferenceSchema.exists(connection)).isTrue();
  }

  @Test
  void aFailedCreationLeavesNothingBehind() throws Exception {
    // given a name that the last table needs
    execute("create schema knowledge");
    execute("create table knowledge.documents (v text)");

    // when
    assertThatThrownBy(() -> ReferenceSchema.create(connection)).isInstanceOf(SQLException.class);

    // then
    assertThat(ReferenceSchema.exists(connection)).isFalse();
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> query(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (row.next()) {
        values.add(row.getString(1));
      }
      return values;
    }
  }
}
