package io.patrolagent.reportsink.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.patrolagent.common.patrol.Scope;
import io.patrolagent.common.sql.SqlDirectory;
import io.patrolagent.embedded.ReferenceSchema;
import io.patrolagent.reportsink.TestDatabase;
import io.patrolagent.reportsink.fleet.FleetTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database whose DBA, who is no superuser, runs what is printed. */
class MigrationScriptIT {

  private static final AtomicInteger NAMES = new AtomicInteger();

  private final String url = TestDatabase.empty();
  private final Jdbi superuser = TestDatabase.jdbi(url);
  private final String suffix = "_" + NAMES.incrementAndGet();
  private final String dba = "dba" + suffix;
  private final DatabaseRoles roles =
      new DatabaseRoles("Aggregator of " + suffix, "runner" + suffix, "script_sink" + suffix);

  @BeforeEach
  void makeFleetAndRoles() throws SQLException {
    try (Connection connection =
        TestDatabase.dataSource(url, TestDatabase.user()).getConnection()) {
      ReferenceSchema.create(connection);
    }
    superuser.useHandle(
        handle -> {
          handle.execute("create role " + dba + " login");
          handle.execute("grant usage, create on schema alerts to " + dba + " with grant option");
        });
    execute(TestDatabase.user(), MigrationScript.ofRoles(roles));
  }

  @Test
  void whoRanThePrintedSqlPassesVerification() throws Exception {
    execute(dba, MigrationScript.ofAll(roles));

    assertThatCode(() -> prepare(roles.reportSink(), MigrationMode.VERIFY))
        .doesNotThrowAnyException();
    assertThatCode(() -> prepare(roles.reportSink(), MigrationMode.RUN)).doesNotThrowAnyException();
  }

  @Test
  void theServicesMayDoWithItWhatTheyNeed() throws Exception {
    execute(dba, MigrationScript.ofAll(roles));

    for (String reader : List.of(roles.aggregator(), roles.agentRunner())) {
      assertThatCode(() -> execute(reader, "select count(*) from alerts.patrol_reports"))
          .doesNotThrowAnyException();
      assertThatCode(() -> execute(reader, "select count(*) from byoc.clusters"))
          .doesNotThrowAnyException();
    }
    FleetTables fleet =
        new FleetTables(Jdbi.create(source(roles.reportSink())), SqlDirectory.none());
    assertThat(fleet.read(Scope.FLEET, List.of()).unavailable()).isNull();
    assertThatCode(
            () ->
                execute(
                    roles.agentRunner(), "select * from alerts.patrol_query('select 1', 1, 10)"))
        .doesNotThrowAnyException();
  }

  @Test
  void theHistoryIsTheOneThatFlywayWouldHaveWritten() throws Exception {
    String other = TestDatabase.empty();
    new MigrationPreparation(TestDatabase.dataSource(other, TestDatabase.user()), MigrationMode.RUN)
        .run();
    execute(dba, MigrationScript.ofAll(roles));

    assertThat(rows(superuser)).isEqualTo(rows(TestDatabase.jdbi(other))).isNotEmpty();
    assertThat(columns(superuser)).isEqualTo(columns(TestDatabase.jdbi(other))).isNotEmpty();
    Flyway flyway =
        Flyway.configure()
            .dataSource(TestDatabase.dataSource(url, TestDatabase.user()))
            .locations("classpath:io/patrolagent/reportsink/migration")
            .schemas("alerts")
            .table(MigrationPreparation.HISTORY)
            .load();
    flyway.validate();
    assertThat(ShippedMigrations.all().stream().map(Migration::script))
        .containsExactlyElementsOf(
            Arrays.stream(flyway.info().all()).map(MigrationInfo::getScript).toList());
  }

  @Test
  void onlyWhatADatabaseLacksIsPrintedForIt() throws Exception {
    assertThat(MigrationScript.ofPending(source(TestDatabase.user()), roles))
        .isEqualTo(MigrationScript.ofAll(roles));

    execute(dba, MigrationScript.ofAll(roles));

    assertThat(MigrationScript.ofPending(source(roles.reportSink()), roles))
        .startsWith("-- Nothing is pending")
        .doesNotContain("create table");
  }

  private void prepare(String role, MigrationMode mode) throws Exception {
    new MigrationPreparation(source(role), mode).run();
  }

  private DataSource source(String role) {
    return TestDatabase.dataSource(url, role);
  }

  private void execute(String role, String sql) throws SQLException {
    try (Connection connection = source(role).getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Schemas that Flyway made are rows of the history too. */
  private static List<String> rows(Jdbi jdbi) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select concat_ws(' ', version, description, type, script, checksum, success)
                      from alerts.patrol_schema_history
                     where type = 'SQL'
                     order by installed_rank
                    """)
                .mapTo(String.class)
                .list());
  }

  private static List<String> columns(Jdbi jdbi) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select concat_ws(' ', column_name, data_type, character_maximum_length, is_nullable,
                             column_default)
                      from information_schema.columns
                     where table_name = 'patrol_schema_history'
                     union all
                    select indexdef from pg_indexes where tablename = 'patrol_schema_history'
                     order by 1
                    """)
                .mapTo(String.class)
                .list());
  }
}
