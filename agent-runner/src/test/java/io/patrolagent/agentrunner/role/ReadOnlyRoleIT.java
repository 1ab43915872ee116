package io.patrolagent.agentrunner.role;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patrolagent.common.config.DatabaseSettings;
import io.patrolagent.common.config.Secret;
import io.patrolagent.common.ops.Database;
import io.patrolagent.common.ops.DatabaseOptions;
import io.patrolagent.common.stage.PermanentFailureException;
import io.patrolagent.embedded.EmbeddedDatabase;
import io.patrolagent.embedded.ReferenceSchema;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadOnlyRoleIT {

  private static EmbeddedDatabase server;
  private static String url;
  private static int roles;
  private String role;

  @BeforeAll
  static void start() throws Exception {
    server = EmbeddedDatabase.start();
    url = server.createDatabase("fleet");
    try (Connection owner = owner()) {
      ReferenceSchema.create(owner);
      owner.createStatement().execute("create role writers; create role nobodies");
      owner.createStatement().execute("grant delete on byoc.clusters to writers");
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void makeReader() throws Exception {
    role = "reader_" + ++roles;
    execute(
        """
        create role R login;
        grant usage on schema byoc, alerts, knowledge to R;
        grant select on all tables in schema byoc, alerts, knowledge to R;
        grant nobodies to R;
        """);
  }

  @Test
  void aRoleThatOnlyReadsIsFine() {
    assertThatCode(this::run).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          alter role R superuser                                      | has the attribute superuser
          alter role R createrole                                     | has the attribute createrole
          alter role R createdb                                       | has the attribute createdb
          alter role R replication                                    | has the attribute replication
          alter role R bypassrls                                      | has the attribute bypassrls
          grant insert on byoc.clusters to R                          | has insert on byoc.clusters
          grant update on byoc.clusters to R                          | has update on byoc.clusters
          grant delete on byoc.clusters to R                          | has delete on byoc.clusters
          grant truncate on byoc.clusters to R                        | has truncate on byoc.clusters
          grant trigger on byoc.clusters to R                         | has trigger on byoc.clusters
          grant references on byoc.clusters to R                      | has references on byoc.clusters
          grant update (region) on byoc.clusters to R                 | has update on byoc.clusters
          grant insert (region) on byoc.clusters to R                 | has insert on byoc.clusters
          grant all on byoc.cluster_nodes to R                        | has delete, insert, references, trigger, truncate, update on byoc.cluster_nodes
          create table public.t (n int); grant insert on t to R       | has insert on public.t
          create view byoc.v as select 1 n; grant insert on byoc.v to R | has insert on byoc.v
          grant update on sequence alerts.issues_issue_id_seq to R    | has update on the sequence alerts.issues_issue_id_seq
          grant usage on sequence alerts.issues_issue_id_seq to R     | has usage on the sequence alerts.issues_issue_id_seq
          grant create on database fleet to R                         | may create in the database fleet
          grant create on schema byoc to R                            | may create in the schema byoc
          create schema R_own authorization R                         | owns schema
          create table knowledge.R_own (n int); alter table knowledge.R_own owner to R | owns table knowledge
          create function public.R_own() returns int language sql as 'select 1'; alter function public.R_own() owner to R | owns function
          grant writers to R                                          | has delete on byoc.clusters
          grant writers to R with inherit false                       | has delete on byoc.clusters
          grant pg_write_all_data to R                                | member of pg_write_all_data
          grant pg_execute_server_program to R                        | member of pg_execute_server_program
          grant pg_write_server_files to R                            | member of pg_write_server_files
          grant pg_read_server_files to R                             | member of pg_read_server_files
          grant pg_signal_backend to R                                | member of pg_signal_backend
          grant pg_maintain to R                                      | member of pg_maintain
          grant pg_checkpoint to R                                    | member of pg_checkpoint
          grant nobodies to R; alter role nobodies superuser          | role nobodies has the attribute superuser
          """)
  void whatARoleMayDoBeyondReadingIsNamedAndRefused(String grant, String named) throws Exception {
    execute(grant);
    try {
      assertThatThrownBy(this::run)
          .isInstanceOf(PermanentFailureException.class)
          .hasMessageContaining("role " + role + " may do more: ")
          .hasMessageContaining(named)
          .hasMessageContaining("create role patrol_reader login");
    } finally {
      execute(
          "alter role nobodies nosuperuser; drop table if exists public.t; drop view if exists byoc.v");
    }
  }

  /** By default until PostgreSQL 15, and still in databases that were upgraded from one before. */
  @Test
  void whatEverybodyMayDoCounts() throws Exception {
    execute("grant create on schema public to public");
    try {
      assertThatThrownBy(this::run).hasMessageContaining("it may create in the schema public");
    } finally {
      execute("revoke create on schema public from public");
    }
  }

  @Test
  void aDatabaseThatIsAwayIsTriedAgain() {
    try (Database away = open("jdbc:postgresql://127.0.0.1:1/x")) {
      assertThatThrownBy(() -> new ReadOnlyRole(away).run())
          .isNotInstanceOf(PermanentFailureException.class);
    }
  }

  private void run() throws Exception {
    try (Database database = open(url)) {
      new ReadOnlyRole(database).run();
    }
  }

  private Database open(String at) {
    return Database.open(
        new DatabaseSettings(at, role, Secret.none()),
        DatabaseOptions.of("role").readOnlyPool().connectionTimeout(Duration.ofSeconds(1)));
  }

  private void execute(String sql) throws SQLException {
    try (Connection owner = owner()) {
      owner.createStatement().execute(sql.replaceAll("\\bR(?=\\b|_own)", role));
    }
  }

  private static Connection owner() throws SQLException {
    return DriverManager.getConnection(url, server.user(), server.password());
  }
}
