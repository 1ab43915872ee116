package io.patrolagent.agentrunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patrolagent.agentrunner.prompt.PatrolPrompt;
import io.patrolagent.common.config.DatabaseSettings;
import io.patrolagent.common.config.Secret;
import io.patrolagent.common.event.SnapshotTaken;
import io.patrolagent.common.ops.Database;
import io.patrolagent.common.ops.DatabaseOptions;
import io.patrolagent.common.stage.Outcome;
import io.patrolagent.embedded.EmbeddedDatabase;
import java.time.Clock;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgentHandlerIT {

  private static final SnapshotTaken INPUT =
      new SnapshotTaken(Snapshots.request(), Snapshots.troubled());

  private static EmbeddedDatabase server;
  private static int databases;

  private Jdbi owner;
  private Database database;
  private AgentHandler handler;

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
    handler =
        new AgentHandler(
            new ReportRows(database), PatrolPrompt.shipped(), Analyst.offline(), Clock.systemUTC());
  }

  @AfterEach
  void closeDatabase() {
    database.close();
  }

  @Test
  void reportsWhereNoMigrationHasRunYet() throws Exception {
    assertThat(handle().events()).hasSize(1);
  }

  @Test
  void reportsWhereOnlyOtherPatrolsHaveARow() throws Exception {
    createReports();
    insertReport(UUID.randomUUID());

    assertThat(handle().events()).hasSize(1);
  }

  @Test
  void acknowledgesSilentlyWhereThePatrolHasItsRow() throws Exception {
    createReports();
    insertReport(INPUT.request().patrolId().value());

    assertThat(handle().events()).isEmpty();
  }

  @Test
  void aDatabaseThatCannotSayStopsTheCallAndIsTriedAgain() {
    owner.useHandle(
        handle ->
            handle.execute("create schema alerts; create table alerts.patrol_reports (x int)"));

    assertThatThrownBy(this::handle).hasMessageContaining("report_id");
  }

  private Outcome handle() throws Exception {
    return handler.handle(INPUT, Jobs.of(INPUT));
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
