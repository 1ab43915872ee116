package io.patrolagent.reportsink.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patrolagent.common.stage.PermanentFailureException;
import io.patrolagent.embedded.ReferenceSchema;
import io.patrolagent.reportsink.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class MigrationPreparationIT {

  private static final AtomicInteger ROLES = new AtomicInteger();
  private static final String TABLE = "V1__patrol_reports.sql";
  private static final String ROW =
      """
      insert into alerts.patrol_reports (report_id, status, finished_at, source_topic,
        source_topic_id, source_partition, source_offset)
      values (gen_random_uuid(), '%s', now(), 't', 'i', 0, 0)
      """;

  private final String url = TestDatabase.empty();
  private final Jdbi jdbi = TestDatabase.jdbi(url);

  @Test
  void anEmptyDatabaseGetsSchemaTableAndHistory() throws Exception {
    run();

    assertThat(columns()).contains("report_id", "announced_at", "source_topic_id");
    assertThat(applied()).isEqualTo(1);
    assertThat(queryFunctions()).isEqualTo(1);
  }

  @Test
  void whatTheMigrationsMakeIsWhatThisVersionExpects() throws Exception {
    run();

    try (var connection = TestDatabase.dataSource(url, TestDatabase.user()).getConnection();
        var statement = connection.createStatement()) {
      assertThat(PatrolReportsTable.in(connection).orElseThrow().differences()).isEmpty();
      // a column that nobody expects is one that nobody checks
      for (String column : columns()) {
        String rename = "alter table alerts.patrol_reports rename column %s to %s";
        statement.execute(rename.formatted(column, "other"));
        assertThat(PatrolReportsTable.in(connection).orElseThrow().differences())
            .anyMatch(difference -> difference.equals("missing columns: " + column));
        statement.execute(rename.formatted("other", column));
      }
    }
  }

  @Test
  void againChangesNothing() throws Exception {
    run();
    run();

    assertThat(applied()).isEqualTo(1);
  }

  @Test
  void theOperatorsSchemasAndAnotherToolsHistoryAreLeftAlone() throws Exception {
    try (var connection = TestDatabase.dataSource(url, TestDatabase.user()).getConnection()) {
      ReferenceSchema.create(connection);
    }
    jdbi.useHandle(h -> h.execute("create table alerts.flyway_schema_history (theirs text)"));

    run();

    assertThat(columns()).contains("report_id");
    assertThat(
            count(
                "select count(*) from information_schema.columns"
                    + " where table_name = 'flyway_schema_history'"))
        .isEqualTo(1);
    assertThat(count("select count(*) from pg_tables where schemaname = 'byoc'")).isPositive();
  }

  @Test
  void severalInstancesAtOnceMigrateOnce() throws Exception {
    for (int round = 0; round < 3; round++) {
      jdbi.useHandle(h -> h.execute("drop schema if exists alerts cascade"));
      runAtOnce();
      assertThat(applied()).isEqualTo(1);
    }
  }

  @Test
  void severalInstancesAtOnceTakeATableOverOnce() throws Exception {
    for (int round = 0; round < 3; round++) {
      jdbi.useHandle(h -> h.execute("drop schema if exists alerts cascade"));
      applyByHand();
      runAtOnce();
      assertThat(applied()).isEqualTo(1);
    }
  }

  @Test
  void anotherTableOfThatNameIsRefusedWithTheDifference() {
    jdbi.useHandle(
        h -> {
          h.execute("create schema alerts");
          h.execute(
              "create table alerts.patrol_reports (report_id text, scope text, shift text not null)");
        });

    assertThatThrownBy(this::run)
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageContaining("column report_id is text, not uuid")
        .hasMessageContaining("column scope is text, not jsonb")
        .hasMessageContaining("missing columns: retry_of, shared_with, agent_type")
        .hasMessageContaining("column shift is not null and has no default")
        .hasMessageContaining("report_id has no primary key");
    assertThat(columns()).containsExactly("report_id", "scope", "shift");
  }

  @Test
  void aViewOfThatNameIsRefused() {
    jdbi.useHandle(
        h -> {
          h.execute("create schema alerts");
          h.execute("create view alerts.patrol_reports as select 1 as report_id");
        });

    assertThatThrownBy(this::run).hasMessageContaining("it is a view");
  }

  @Test
  void aTableThatSomebodyMadeWithOurSqlIsTakenOver() throws Exception {
    applyByHand();

    verify();
    run();
    run();

    assertThat(count("select count(*) from alerts.patrol_schema_history where version = '4'"))
        .isEqualTo(1);
  }

  @Test
  void ofATableThatSomebodyMadeEarlierOnlyTheRestIsPending() throws Exception {
    applyByHand(TABLE);

    assertThatThrownBy(this::verify)
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageContaining(
            "pending: 2 patrol query, 3 ends without a report, 4 checked reports;");
    run();

    assertThat(queryFunctions()).isEqualTo(1);
    verify();
  }

  @Test
  void aTableOfTheVersionBeforeKeepsItsRowsAndItsWriters() throws Exception {
    applyByHand(TABLE);
    applyByHand("V2__patrol_query.sql");
    jdbi.useHandle(h -> h.execute(ROW.formatted("completed")));

    run();

    assertThat(count("select count(*) from alerts.patrol_reports where due_at is null"))
        .isEqualTo(1);
    jdbi.useHandle(h -> h.execute(ROW.formatted("failed"))); // as the version before writes
    for (String status : List.of("rejected", "cancelled", "shared")) {
      jdbi.useHandle(h -> h.execute(ROW.formatted(status)));
    }
    assertThatThrownBy(() -> jdbi.useHandle(h -> h.execute(ROW.formatted("lost"))))
        .hasMessageContaining("patrol_reports_status_check");
  }

  @Test
  void aMigrationGivesUpWaitingForWhoeverReadsAndCanBeTriedAgain() throws Exception {
    applyByHand(TABLE);
    ExecutorService migrating = Executors.newSingleThreadExecutor();
    try (var reader = TestDatabase.dataSource(url, TestDatabase.user()).getConnection();
        var statement = reader.createStatement()) {
      reader.setAutoCommit(false);
      statement.execute("select count(*) from alerts.patrol_reports");

      assertThat(migrating.submit(this::runAndSay))
          .failsWithin(Duration.ofSeconds(30))
          .withThrowableThat()
          .withMessageContaining("lock timeout");
    } finally {
      migrating.shutdown();
    }
    run();

    assertThat(columns()).contains("due_at", "verification");
  }

  @Test
  void whereAnotherRoleMigratesWhatItHasNotDoneYetIsNamed() throws Exception {
    String role = role();
    applyByHand(TABLE);
    applyByHand("V2__patrol_query.sql");
    jdbi.useHandle(
        h -> {
          h.execute("create table alerts.patrol_schema_history (hidden text)");
          h.execute("grant usage on schema alerts to " + role);
        });

    assertThatThrownBy(() -> runAs(role, MigrationMode.RUN))
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageContaining(
            "these migrations are pending: 3 ends without a report, 4 checked reports;");
  }

  @Test
  void aRoleThatDoesNotOwnTheTableIsToldWhatToDoAndThatIsEnough() throws Exception {
    String role = role();
    applyByHand(TABLE);
    applyByHand("V2__patrol_query.sql");
    jdbi.useHandle(h -> h.execute("grant usage, create on schema alerts to " + role));

    assertThatThrownBy(() -> runAs(role, MigrationMode.RUN))
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageContaining("alter table alerts.patrol_reports owner to " + role);

    jdbi.useHandle(h -> h.execute("alter table alerts.patrol_reports owner to " + role));
    runAs(role, MigrationMode.RUN);
  }

  @Test
  void whoeverMayUseTheSchemaMayCallTheQueryFunction() throws Exception {
    String role = role();
    run();
    jdbi.useHandle(h -> h.execute("grant usage on schema alerts to " + role));

    String row =
        Jdbi.create(TestDatabase.dataSource(url, role))
            .withHandle(
                h ->
                    h.createQuery("select value from alerts.patrol_query('select 1 n', 1, 99)")
                        .mapTo(String.class)
                        .one());

    assertThat(row).isEqualTo("{\"n\":1}");
  }

  @Test
  void whoMayNotReadTheHistoryIsToldTheSameNames() {
    List<String> named = new ArrayList<>();
    for (String file : List.of(TABLE, "V2__patrol_query.sql", "V3__ends_without_a_report.sql")) {
      named.add(file.substring(1, file.length() - 4).replace("__", " ").replace('_', ' '));
    }

    assertThatThrownBy(this::verify).hasMessageContaining(String.join(", ", named));
  }

  @Test
  void verifyNamesWhatIsPendingAndMakesNothing() {
    assertThatThrownBy(this::verify)
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageContaining("1 patrol reports")
        .hasMessageContaining("PATROL_MIGRATIONS=run");
    assertThat(count("select count(*) from pg_namespace where nspname = 'alerts'")).isZero();
  }

  @Test
  void verifyIsContentOnceTheyWereApplied() throws Exception {
    run();

    assertThatCode(this::verify).doesNotThrowAnyException();
  }

  @Test
  void aRoleThatMayNotMakeTheSchemaIsToldWhatToGrant() {
    String role = role();

    assertThatThrownBy(() -> runAs(role, MigrationMode.RUN))
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageContaining("create schema alerts authorization " + role)
        .hasMessageContaining("grant create on database");
  }

  @Test
  void aRoleThatMayNotMakeTablesIsToldWhatToGrantAndThatIsEnough() throws Exception {
    String role = role();
    jdbi.useHandle(
        h -> {
          h.execute("create schema alerts");
          h.execute("create table alerts.theirs (n int)");
        });

    assertThatThrownBy(() -> runAs(role, MigrationMode.RUN))
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageContaining("grant usage, create on schema alerts to " + role);

    jdbi.useHandle(h -> h.execute("grant usage, create on schema alerts to " + role));
    runAs(role, MigrationMode.RUN);

    assertThat(columns()).contains("report_id");
  }

  @Test
  void aRoleThatMayNotWriteReportsIsToldWhatToGrantAndThatIsEnough() throws Exception {
    String role = role();
    run();

    for (MigrationMode mode : MigrationMode.values()) {
      assertThatThrownBy(() -> runAs(role, mode))
          .isInstanceOf(PermanentFailureException.class)
          .hasMessageContaining("grant usage on schema alerts to " + role)
          .hasMessageContaining("grant select, insert, update on alerts.patrol_reports to " + role);
    }

    jdbi.useHandle(
        h -> {
          h.execute("grant usage on schema alerts to " + role);
          h.execute("grant select, insert, update on alerts.patrol_reports to " + role);
        });
    runAs(role, MigrationMode.VERIFY);
    runAs(role, MigrationMode.RUN);
  }

  private void runAtOnce() throws Exception {
    var start = new CyclicBarrier(4);
    Callable<Void> instance =
        () -> {
          start.await();
          run();
          return null;
        };
    var pool = Executors.newFixedThreadPool(4);
    try {
      for (Future<Void> one : pool.invokeAll(Collections.nCopies(4, instance))) {
        one.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private void run() throws Exception {
    runAs(TestDatabase.user(), MigrationMode.RUN);
  }

  private String runAndSay() throws Exception {
    run();
    return "applied";
  }

  private void verify() throws Exception {
    runAs(TestDatabase.user(), MigrationMode.VERIFY);
  }

  private void runAs(String role, MigrationMode mode) throws Exception {
    new MigrationPreparation(TestDatabase.dataSource(url, role), mode).run();
  }

  private String role() {
    String role = "sink_" + ROLES.incrementAndGet();
    jdbi.useHandle(h -> h.execute("create role " + role + " login nosuperuser nocreatedb"));
    return role;
  }

  private void applyByHand() throws Exception {
    applyByHand(TABLE);
    applyByHand("V2__patrol_query.sql");
    applyByHand("V3__ends_without_a_report.sql");
    applyByHand("V4__checked_reports.sql");
  }

  private void applyByHand(String file) throws Exception {
    try (var sql = MigrationPreparation.class.getResourceAsStream(file)) {
      String text = new String(sql.readAllBytes(), StandardCharsets.UTF_8);
      jdbi.useHandle(h -> h.execute(text.replace("?", "??")));
    }
  }

  private List<String> columns() {
    return new ArrayList<>(
        jdbi.withHandle(
            h ->
                h.createQuery(
                        """
                        select column_name
                          from information_schema.columns
                         where table_schema = 'alerts' and table_name = 'patrol_reports'
                         order by ordinal_position
                        """)
                    .mapTo(String.class)
                    .list()));
  }

  private long applied() {
    return count(
        "select count(*) from alerts.patrol_schema_history where version = '4' and success");
  }

  private long queryFunctions() {
    return count(
        "select count(*) from pg_proc where oid = to_regprocedure("
            + "'alerts.patrol_query(text, integer, integer)')");
  }

  private long count(String query) {
    return jdbi.withHandle(h -> h.createQuery(query).mapTo(Long.class).one());
  }
}
