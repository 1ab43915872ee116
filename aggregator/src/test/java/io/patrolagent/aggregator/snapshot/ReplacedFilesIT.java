package io.patrolagent.aggregator.snapshot;

import static io.patrolagent.aggregator.TestFleet.NOW;
import static io.patrolagent.aggregator.TestFleet.hours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patrolagent.aggregator.TestFleet;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.FleetSnapshot.AlertCounts;
import io.patrolagent.common.patrol.FleetSnapshot.HealthDistribution;
import io.patrolagent.common.patrol.Scope;
import io.patrolagent.common.stage.PermanentFailureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplacedFilesIT {

  private final TestFleet fleet = new TestFleet().cluster("c1");
  @TempDir private Path directory;

  @Test
  void aReplacedFileReadsTheOperatorsOwnTablesAndTheOthersAreAsShipped() throws Exception {
    fleet.score("c1", "90", hours(1));
    fleet.execute("create schema pager");
    fleet.execute("create table pager.incidents (cluster text, is_open boolean, at timestamptz)");
    fleet.execute("insert into pager.incidents values ('c1', true, '2026-11-24 06:00:00+00')");
    fleet.execute("drop table alerts.lark_alerts");
    replace(
        "alerts_24h.sql",
        """
        -- the operator's pager, with a '::' cast and a comment that isn't SQL: :nothing ?
        select count(*)::int as firing, 0 as resolved, 0 as firing_from_before, 'extra' as note
        from pager.incidents i
        where i.is_open and i.at > :now::timestamptz - interval '1 day';
        """);

    FleetSnapshot snapshot = take(Scope.FLEET);

    assertThat(snapshot.alerts24h()).isEqualTo(new AlertCounts(1, 0, 0));
    assertThat(snapshot.healthDistribution()).isEqualTo(new HealthDistribution(1, 0, 0, 0));
    assertThat(files().requiredTables()).noneMatch(table -> table.contains("lark_alerts"));
    assertThat(problems()).isEmpty();
  }

  @Test
  void namesTheFileAndEveryColumnThatIsMissingOrOfAnotherType() throws Exception {
    replace(
        "open_issues.sql",
        "select 1 as critical, 'two' as high, 3 as medium from byoc.clusters limit 1");

    assertThatThrownBy(() -> take(Scope.FLEET))
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageContaining("open_issues.sql (in " + directory + ")")
        .hasMessageContaining(
            "result column high (integer: ongoing issues of severity high) has type text instead")
        .hasMessageContaining(
            "result column low (integer: ongoing issues of severity low) is missing");
    assertThat(problems()).hasSize(2).allMatch(problem -> problem.contains("open_issues.sql"));
  }

  @Test
  void asksForInstantsThatKnowTheirZone() throws Exception {
    replace(
        "risk_distribution.sql",
        """
        select null as region, 0 as critical, 0 as warning, 1 as healthy, 0 as unknown, 0 as stale,
               localtimestamp as latest_at""");

    assertThatThrownBy(() -> take(Scope.FLEET))
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageContaining("latest_at (timestamptz: ")
        .hasMessageContaining("has type timestamp instead");
  }

  @Test
  void refusesACountThatIsNone() throws Exception {
    replace(
        "cluster_counts.sql",
        "select cast(null as int) as total, 1 as active, 0 as suspended, 0 as terminated");

    assertThatThrownBy(() -> take(Scope.FLEET))
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageContaining("column total of row 1 must be a whole number from 0, not null");
  }

  @Test
  void refusesAnotherNumberOfRowsThanOneWhereOneIsDue() throws Exception {
    replace(
        "open_issues.sql",
        "select 1 as critical, 1 as high, 1 as medium, 1 as low from generate_series(1, 2)");

    assertThatThrownBy(() -> take(Scope.FLEET))
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageContaining("open_issues.sql")
        .hasMessageContaining("must return one row, not 2");
  }

  @Test
  void saysWhatTheServerSaysOfAFileThatItRefuses() throws Exception {
    replace("open_issues.sql", "select 1 as critical from nowhere.at_all");

    assertThatThrownBy(() -> take(Scope.FLEET))
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageContaining("open_issues.sql (in " + directory + ") failed")
        .hasMessageContaining("relation \"nowhere.at_all\" does not exist");
    assertThat(problems()).singleElement().asString().contains("nowhere.at_all");
  }

  @Test
  void refusesAFileThatWrites() throws Exception {
    replace(
        "open_issues.sql",
        """
        with written as (
          insert into alerts.issues (cluster_id, title, severity, status, opened_at)
          values ('c1', 'planted', 'low', 'ongoing', now()) returning 1)
        select 1 as critical, 1 as high, 1 as medium, count(*) as low from written""");

    assertThatThrownBy(() -> take(Scope.FLEET))
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageContaining("open_issues.sql")
        .hasMessageContaining("read-only transaction");
    assertThat(count("alerts.issues")).isZero();
  }

  @Test
  void refusesAFileThatIsNoQuery() throws Exception {
    replace("open_issues.sql", "delete from byoc.clusters");

    assertThatThrownBy(() -> take(Scope.FLEET)).isInstanceOf(PermanentFailureException.class);
    assertThat(problems()).singleElement().asString().contains("it returns no rows");
    assertThat(count("byoc.clusters")).isEqualTo(1);
  }

  @Test
  void refusesToAnswerANarrowedPatrolWithAFileThatDoesNotKnowTheScope() throws Exception {
    replace(
        "open_issues.sql",
        """
        select 1 as critical, 0 as high, 0 as medium, 0 as low -- :regions
        where cardinality(:tiers::text[]) >= 0""");
    List<String> none = List.of();
    Scope regions = new Scope(none, none, none, List.of("eu-west-1"), none);
    Scope tiers = new Scope(none, none, List.of("B"), none, none);

    assertThatThrownBy(() -> take(regions))
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageContaining("does not use :regions")
        .hasMessageContaining("regions eu-west-1");
    assertThat(take(tiers).openIssues().critical()).isEqualTo(1);
    assertThat(take(Scope.FLEET).openIssues().critical()).isEqualTo(1);
  }

  @Test
  void namesAParameterThatThereIsNone() throws Exception {
    replace("open_issues.sql", "select :tenant as critical, 1 as high, 1 as medium, 1 as low");

    assertThatThrownBy(() -> take(Scope.FLEET))
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageContaining("open_issues.sql")
        .hasMessageContaining("tenant");
    assertThat(problems()).singleElement().asString().contains("[tenant]");
  }

  @Test
  void warnsWhereAReplacedFileDropsClusters() throws Exception {
    fleet.cluster("quiet").score("c1", "90", hours(1));
    replace(
        "health_distribution.sql",
        """
        select null as region, count(*) as healthy, 0 as moderate, 0 as poor, 0 as unknown,
               0 as stale, max(scored_at) as latest_at
        from byoc.cluster_health_scores where scored_at > :now::timestamptz - interval '26 hours'""");

    assertThat(take(Scope.FLEET).warnings())
        .anyMatch(
            warning ->
                warning.startsWith(
                    "health_distribution.sql counts 1 active clusters and cluster_counts.sql 2"));
  }

  @Test
  void doesNotTakeAMissingReferenceTableForTheFilesFault() throws Exception {
    fleet.execute("drop table alerts.issues");

    // the database's health names the table; the patrol waits for it and is not given up
    assertThatThrownBy(() -> take(Scope.FLEET))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("open_issues.sql (as shipped) failed")
        .hasMessageContaining("alerts.issues");
    assertThatThrownBy(() -> new SqlFilesCheck(fleet.jdbi(), files()).check())
        .hasMessageContaining("open_issues.sql (as shipped)");
  }

  private void replace(String file, String sql) throws IOException {
    Files.writeString(directory.resolve(file), sql);
  }

  private SqlFiles files() {
    return SqlFiles.load(Optional.of(directory));
  }

  private List<String> problems() {
    return new SqlFilesCheck(fleet.jdbi(), files()).problems();
  }

  private FleetSnapshot take(Scope scope) throws PermanentFailureException {
    return new SnapshotTaker(fleet.jdbi(), files(), new SimpleMeterRegistry()).take(scope, NOW);
  }

  private int count(String table) {
    return fleet
        .jdbi()
        .withHandle(h -> h.createQuery("select count(*) from " + table).mapTo(Integer.class).one());
  }
}
