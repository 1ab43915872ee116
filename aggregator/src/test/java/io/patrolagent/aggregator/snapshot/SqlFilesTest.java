package io.patrolagent.aggregator.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SqlFilesTest {

  private static final Pattern STATED =
      Pattern.compile("(?m)^--   (\\w+) +(integer|text|numeric|timestamptz|jsonb) ");

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(SnapshotQuery.class)
  void theCommentStatesTheColumnsThatTheFileMustReturn(SnapshotQuery query) {
    List<String> stated =
        STATED
            .matcher(SqlFiles.shipped().get(query).text())
            .results()
            .map((MatchResult column) -> column.group(1) + " " + column.group(2))
            .toList();

    assertThat(stated)
        .isEqualTo(
            query.columns().stream()
                .map(column -> column.toString().replaceAll("(?s)^(\\w+) \\((\\w+):.*", "$1 $2"))
                .toList());
  }

  @ParameterizedTest
  @EnumSource(SnapshotQuery.class)
  void theShippedFileKeepsToEveryDimensionOfAScopeAndStatesEveryParameter(SnapshotQuery query) {
    String text = SqlFiles.shipped().get(query).text();

    List<String> used =
        new ColonPrefixSqlParser().parse(text, null).getParameters().getParameterNames();

    assertThat(used).contains("accounts", "customers", "tiers", "regions", "clusters");
    assertThat(QueryRunner.PARAMETERS).containsAll(used);
    assertThat(QueryRunner.PARAMETERS).allMatch(name -> text.contains("--   :" + name + " "));
  }

  @Test
  void aFileOfTheDirectoryGoesBeforeTheShippedOne() throws Exception {
    Files.writeString(directory.resolve("open_issues.sql"), "select 1");

    SqlFiles files = SqlFiles.load(Optional.of(directory));

    assertThat(files.get(SnapshotQuery.OPEN_ISSUES).text()).isEqualTo("select 1");
    assertThat(files.get(SnapshotQuery.OPEN_ISSUES))
        .hasToString("open_issues.sql (in " + directory + ")");
    assertThat(files.get(SnapshotQuery.ALERTS_24H))
        .isEqualTo(SqlFiles.shipped().get(SnapshotQuery.ALERTS_24H))
        .hasToString("alerts_24h.sql (as shipped)");
  }

  @Test
  void saysWhichFileCannotBeRead() throws Exception {
    Path file = directory.resolve("open_issues.sql");
    Files.write(file, new byte[] {(byte) 0xC3, (byte) 0x28});

    assertThatThrownBy(() -> SqlFiles.load(Optional.of(directory)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(file + " is not UTF-8");
  }

  @Test
  void needsATableOnceWithAllColumnsThatTheShippedFilesRead() {
    assertThat(SqlFiles.shipped().requiredTables())
        .containsExactly(
            "alerts.issues(cluster_id, severity, status)",
            "alerts.lark_alerts(cluster_id, fired_at, resolved_at, status)",
            "byoc.cluster_health_scores(cluster_id, score, score_id, scored_at)",
            "byoc.cluster_risk_snapshots(cluster_id, reasons, risk_level, snapshot_at,"
                + " snapshot_id)",
            "byoc.clusters(account_id, cloud, cluster_id, cluster_name, customer_name,"
                + " customer_tier, region, status, version)");
  }

  @Test
  void needsNothingOfTheReferenceSchemaWhereEveryFileIsReplaced() throws Exception {
    for (String file : SnapshotQuery.files()) {
      Files.writeString(directory.resolve(file), "select 1");
    }

    assertThat(SqlFiles.load(Optional.of(directory)).requiredTables()).isEmpty();
  }
}
