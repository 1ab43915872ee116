package io.patrolagent.agentrunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patrolagent.common.config.DatabaseSettings;
import io.patrolagent.common.config.Secret;
import io.patrolagent.common.ops.Database;
import io.patrolagent.common.ops.DatabaseOptions;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.embedded.EmbeddedDatabase;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReportRowsIT {

  private static final PatrolId PATROL = Snapshots.request().patrolId();

  private static EmbeddedDatabase server;
  private static int databases;

  private Jdbi owner;
  private Database database;
  private ReportRows rows;

  @BeforeAll
  static void startServer() {
    server = EmbeddedDatabase.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void openDatabase() throws Exception {
    String url = server.createDatabase("runner_" + ++databases);
    owner = Jdbi.create(url, server.user(), server.password());
    database =
        Database.open(
            new DatabaseSettings(url, server.user(), new Secret(server.password())),
            DatabaseOptions.of("test").readOnlyPool());
    rows = new ReportRows(database);
  }

  @AfterEach
  void closeDatabase() {
    database.close();
  }

  @Test
  void whereNoMigrationHasRunYetNoPatrolHasEnded() {
    assertThat(rows.contains(PATROL)).isFalse();
  }

  @Test
  void anotherPatrolsRowIsNotThisOnes() {
    createReports();
    insertReport(UUID.randomUUID());

    assertThat(rows.contains(PATROL)).isFalse();
  }

  @Test
  void aPatrolWithARowHasEnded() {
    createReports();
    insertReport(PATROL.value());

    assertThat(rows.contains(PATROL)).isTrue();
  }

  @Test
  void aDatabaseThatCannotSayFails() {
    owner.useHandle(
        handle ->
            handle.execute("create schema alerts; create table alerts.patrol_reports (x int)"));

    assertThatThrownBy(() -> rows.contains(PATROL)).hasMessageContaining("report_id");
  }

  private void createReports() {
    owner.useHandle(
        handle ->
            handle.execute(
                "create schema alerts; create table alerts.patrol_reports (report_id uuid primary"
                    + " key)"));
  }

  private void insertReport(UUID patrol) {
    owner.useHandle(
        handle -> handle.execute("insert into alerts.patrol_reports values (?)", patrol));
  }
}
