package io.patrolagent.common.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patrolagent.common.config.DatabaseSettings;
import io.patrolagent.common.config.Secret;
import io.patrolagent.embedded.EmbeddedDatabase;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DatabaseIT {

  private static final DatabaseOptions OPTIONS = DatabaseOptions.of("database-it");

  private static final String LAZY_CONNECTIONS =
      "select count(*) from pg_stat_activity where application_name like 'lazy-one%'";

  private static EmbeddedDatabase server;
  private static DatabaseSettings owner;
  private static DatabaseSettings reader;

  @BeforeAll
  static void start() throws Exception {
    server = EmbeddedDatabase.start();
    String url = server.createDatabase("ops");
    owner = new DatabaseSettings(url, server.user(), new Secret(server.password()));
    reader = new DatabaseSettings(url, "only_reader", new Secret("pw"));
    try (Database database = Database.open(owner, OPTIONS)) {
      database
          .jdbi()
          .useHandle(
              handle ->
                  handle.execute(
                      """
                      create schema fleet; create schema hidden;
                      create table fleet.clusters (cluster_id text, region text, secret_note text);
                      create table fleet.notes (note text);
                      create table hidden.things (thing text);
                      create role only_reader login password 'pw';
                      grant usage on schema fleet to only_reader;
                      grant select (cluster_id, region) on fleet.clusters to only_reader;
                      grant select on hidden.things to only_reader;
                      """));
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void reachesTheDatabaseUnderItsNameAndIsUp() {
    try (Database database = Database.open(owner, OPTIONS)) {
      assertThatCode(database::check).doesNotThrowAnyException();
      assertThat(one(database.jdbi(), "select current_setting('application_name')"))
          .isEqualTo("database-it");
    }
  }

  @Test
  void writesAreRefusedOnAReadOnlyPoolWithAndWithoutATransaction() {
    try (Database database = Database.open(owner, OPTIONS.readOnlyPool())) {
      assertThatThrownBy(
              () -> database.jdbi().useHandle(h -> h.execute("insert into fleet.notes values (1)")))
          .hasMessageContaining("read-only transaction");
      assertThatThrownBy(
              () ->
                  database
                      .jdbi()
                      .useTransaction(h -> h.execute("insert into fleet.notes values (1)")))
          .hasMessageContaining("read-only transaction");
      assertThat(one(database.jdbi(), "select count(*) from fleet.notes")).isEqualTo("0");
    }
  }

  @Test
  void theServerEndsAStatementThatTakesTooLong() {
    DatabaseOptions impatient = OPTIONS.statementTimeout(Duration.ofMillis(100));
    try (Database database = Database.open(owner, impatient)) {
      assertThatThrownBy(() -> one(database.jdbi(), "select pg_sleep(30)"))
          .hasMessageContaining("statement timeout");
    }
  }

  @Test
  void theRequiredTablesAndColumnsThatAreMissingOrNotReadableAreNamed() {
    try (Database database = Database.open(reader, OPTIONS)) {
      database.requireTables(
          List.of(
              "fleet.clusters(cluster_id, secret_note, gone)",
              "fleet.notes",
              "hidden.things",
              "fleet.no_such_table"));
      assertThatThrownBy(database::check)
          .isInstanceOf(DatabaseUnavailableException.class)
          .hasMessage(
              "column fleet.clusters.secret_note is missing or not readable by role only_reader; "
                  + "column fleet.clusters.gone is missing or not readable by role only_reader; "
                  + "table fleet.notes is missing or not readable by role only_reader; "
                  + "table hidden.things is missing or not readable by role only_reader; "
                  + "table fleet.no_such_table is missing or not readable by role only_reader");
      database.requireTables(List.of("fleet.clusters(cluster_id, region)", "fleet.clusters"));
      assertThatCode(database::check).doesNotThrowAnyException();
    }
  }

  @Test
  void aRoleThatTheServerRefusesIsSaidWithoutItsPassword() {
    DatabaseSettings unknown =
        new DatabaseSettings(owner.url(), "nobody_at_all", new Secret("hunter2"));
    try (Database database = Database.open(unknown, OPTIONS);
        Health health = new Health().dependency(database)) {
      assertThat(health.ready().causes())
          .startsWith("database: " + owner.url() + " does not answer role nobody_at_all: ")
          .contains("nobody_at_all")
          .doesNotContain("hunter2");
    }
  }

  @Test
  void aBusyPoolIsNoDatabaseThatIsDown() throws Exception {
    DatabaseOptions small = OPTIONS.poolSize(1).connectionTimeout(Duration.ofMillis(250));
    try (Database database = Database.open(owner, small);
        Connection taken = database.dataSource().getConnection()) {
      assertThat(taken.isValid(1)).isTrue();
      assertThatThrownBy(() -> database.dataSource().getConnection())
          .hasMessageContaining("request timed out");
      assertThatCode(database::check).doesNotThrowAnyException();
    }
  }

  @Test
  void thePoolIsMeasured() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    try (Database database = Database.open(owner, OPTIONS).measuredBy(registry)) {
      one(database.jdbi(), "select 1");
      assertThat(registry.get("hikaricp.connections.max").gauge().value()).isEqualTo(4);
    }
  }

  @Test
  void nothingConnectsBeforeItIsAsked() {
    try (Database lazy = Database.open(owner, DatabaseOptions.of("lazy-one"));
        Database watcher = Database.open(owner, OPTIONS)) {
      assertThat(lazy.name()).isEqualTo("database");
      // a pool that fills itself does so within a few hundred milliseconds
      await()
          .during(Duration.ofMillis(600))
          .until(() -> one(watcher.jdbi(), LAZY_CONNECTIONS).equals("0"));
      assertThat(one(lazy.jdbi(), LAZY_CONNECTIONS)).isEqualTo("1");
    }
  }

  @Test
  void aDatabaseThatIsDownFailsNoStartSaysWhyAtOnceAndIsUpAgainWhenItIs() throws Exception {
    try (EmbeddedDatabase other = EmbeddedDatabase.start()) {
      DatabaseSettings settings =
          new DatabaseSettings(
              other.createDatabase("down"), other.user(), new Secret(other.password()));
      other.stop();
      try (Database database = Database.open(settings, OPTIONS);
          Health health = new Health(Health.TIMEOUT, Duration.ZERO, System::nanoTime)) {
        health.dependency(database);
        // Then
        assertThat(health.ready().causes())
            .startsWith("database: " + settings.url() + " does not answer role ")
            .endsWith("Connection refused");
        assertThatThrownBy(() -> one(database.jdbi(), "select 1")).isNotNull();
        // When
        other.restart();
        // Then
        await().atMost(Duration.ofSeconds(30)).until(() -> health.ready().up());
        assertThat(one(database.jdbi(), "select 1")).isEqualTo("1");
        // When: it goes away under connections that are open
        other.stop();
        assertThat(health.ready().up()).isFalse();
        other.restart();
        // Then
        await().atMost(Duration.ofSeconds(30)).until(() -> health.ready().up());
        // a connection used within the last half second is handed out untested, and may be dead
        await()
            .atMost(Duration.ofSeconds(30))
            .ignoreExceptions()
            .until(() -> one(database.jdbi(), "select 1").equals("1"));
      }
    }
  }

  @Test
  void aRestartBetweenTwoChecksIsNotNoticed() throws Exception {
    try (EmbeddedDatabase other = EmbeddedDatabase.start()) {
      DatabaseSettings settings =
          new DatabaseSettings(
              other.createDatabase("restarted"), other.user(), new Secret(other.password()));
      try (Database database = Database.open(settings, OPTIONS)) {
        database.check();
        other.restart();
        assertThatCode(database::check).doesNotThrowAnyException();
      }
    }
  }

  @Test
  void afterCloseItIsDown() {
    Database database = Database.open(owner, OPTIONS);
    database.close();
    assertThatThrownBy(database::check).hasMessageContaining("is closed");
  }

  private static String one(Jdbi jdbi, String sql) {
    try (Handle handle = jdbi.open()) {
      return handle.createQuery(sql).mapTo(String.class).one();
    }
  }
}
