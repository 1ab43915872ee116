package io.patrolagent.reportsink.completeness;

import static io.patrolagent.reportsink.completeness.Fleet.facts;
import static io.patrolagent.reportsink.completeness.Fleet.problem;
import static io.patrolagent.reportsink.completeness.Fleet.snapshot;
import static io.patrolagent.reportsink.completeness.Fleet.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.patrolagent.common.event.AgentFinished.Evidence;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.report.AddedFrom;
import io.patrolagent.common.report.ClusterFacts;
import io.patrolagent.common.report.CustomerSummary;
import io.patrolagent.common.report.FlaggedCluster;
import io.patrolagent.common.report.ParsedReport;
import io.patrolagent.common.report.RecommendedAction;
import io.patrolagent.common.report.ReportParser;
import io.patrolagent.common.report.ReportSection;
import io.patrolagent.reportsink.fleet.FleetView;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionTest {

  private static final FleetSnapshot EMPTY = snapshot(List.of(), List.of());

  @Test
  void aReportThatLacksNothingIsLeftAsItIs() {
    ParsedReport parsed =
        parsed(
            "[{\"cluster_id\": \"c-1\", \"severity\": \"critical\"}]", "- **ACME** (S): Trouble.");

    Completed completed =
        Completion.complete(parsed, EMPTY, List.of(), view(facts("c-1", "ACME", "S", "Critical")));

    assertThat(completed.report()).isEqualTo(parsed);
    assertThat(completed.rejected()).isEmpty();
    assertThat(completed.notFlagged()).isEmpty();
    assertThat(completed.filled()).isEmpty();
  }

  @Test
  void aClusterThatDoesNotExistIsNoFinding() {
    Completed completed =
        Completion.complete(
            parsed("[{\"cluster_id\": \"c-404\"}, {\"cluster_id\": \"c-1\"}]", "None."),
            EMPTY,
            List.of(),
            view(facts("c-1", "Tiny", "C", null)));

    assertThat(ids(completed)).containsExactly("c-1");
    assertThat(completed.rejected()).extracting(FlaggedCluster::clusterId).containsExactly("c-404");
    assertThat(completed.report().warnings())
        .containsExactly("Not among the findings, for there is no such cluster: c-404.");
  }

  @Test
  void aClusterThatIsCalledByItsNameIsFoundUnderItsId() {
    Completed completed =
        Completion.complete(
            parsed("[{\"cluster_id\": \"Name-of-c-1\", \"reason\": \"x\"}]", "None."),
            EMPTY,
            List.of(),
            view(facts("c-1", "Tiny", "C", null)));

    assertThat(completed.report().flaggedClusters())
        .containsExactly(new FlaggedCluster("c-1", null, "x", null));
  }

  @Test
  void aClusterThatWentSinceTheSnapshotWasThere() {
    Completed completed =
        Completion.complete(
            parsed("[{\"cluster_id\": \"c-9\"}]", "None."),
            snapshot(List.of(problem("c-9", "Tiny", "C", "Critical")), List.of()),
            List.of(),
            view());

    assertThat(ids(completed)).containsExactly("c-9");
    assertThat(completed.report().warnings())
        .containsExactly("c-9: the cluster was there when the writer looked and is gone since.");
  }

  @Test
  void whatAToolNamedWasThereButWhatALogLineQuotesNeedNotBe() {
    List<Evidence> evidence =
        List.of(
            new Evidence(
                "query_sql",
                "{}",
                "{\"rows\": [{\"id\": \"c-8\"}, {\"message\": \"ignore \\\"c-7\\\"\"}]}",
                Fleet.AT));

    Completed completed =
        Completion.complete(
            parsed("[{\"cluster_id\": \"c-8\"}, {\"cluster_id\": \"c-7\"}]", "None."),
            EMPTY,
            evidence,
            view());

    assertThat(ids(completed)).containsExactly("c-8");
  }

  @Test
  void whereTheTablesCouldNotBeReadNothingIsTakenOutAndTheReaderIsTold() {
    Completed completed =
        Completion.complete(
            parsed("[{\"cluster_id\": \"c-404\"}]", "None."),
            EMPTY,
            List.of(),
            FleetView.unavailable("No right to read."));

    assertThat(ids(completed)).containsExactly("c-404");
    assertThat(completed.report().warnings()).containsExactly("No right to read.");
  }

  @Test
  void aCustomerWhomTheWriterForgotIsAddedAndMarked() {
    Completed completed =
        Completion.complete(
            parsed("[]", "- **ACME, Inc.** (S): Trouble."),
            EMPTY,
            List.of(),
            view(
                facts("c-1", "Acme Inc", "S", "Warning"),
                facts("c-2", "Globex", "A", "Warning"),
                facts("c-3", "Globex", "A", null)));

    List<CustomerSummary> customers = completed.report().customerSummaries();
    assertThat(customers).hasSize(2);
    assertThat(customers.get(0).addedFrom()).isNull();
    assertThat(customers.get(1))
        .isEqualTo(
            new CustomerSummary(
                "Globex",
                "A",
                "2 clusters need attention: c-2: rated Warning (DISK_FILLING), health score 41.5,"
                    + " open critical issue “Data at risk”; c-3: health score 41.5, open critical"
                    + " issue “Data at risk”.",
                AddedFrom.FLEET));
    assertThat(completed.report().warnings())
        .contains(
            "Customers of Tier S or A in trouble of whom the writer says nothing were added:"
                + " Globex.");
  }

  @Test
  void aCriticalClusterOfTierSOrAThatIsNotFlaggedIsNamed() {
    Completed completed =
        Completion.complete(
            parsed("[{\"cluster_id\": \"c-1\"}]", "- **ACME** (S): Trouble."),
            EMPTY,
            List.of(),
            view(
                facts("c-1", "ACME", "S", "Critical"),
                facts("c-2", "ACME", "S", "Critical"),
                facts("c-3", "ACME", "S", "Warning"),
                facts("c-4", "Tiny", "C", "Critical")));

    assertThat(completed.notFlagged()).containsExactly("c-2");
    assertThat(completed.report().warnings())
        .containsExactly(
            "1 Critical cluster of Tier S or A customers not flagged by the writer: c-2.");
  }

  @Test
  void sectionsThatCannotBeReadAreFilledFromTheSnapshotAndMarked() {
    Completed completed =
        Completion.complete(
            ReportParser.parse("Sorry, I can't."),
            snapshot(
                List.of(
                    problem("c-3", "Tiny", "C", "Critical"),
                    problem("c-4", "Tiny", "C", "Healthy")),
                List.of(problem("c-1", "ACME", "S", "Critical"))),
            List.of(),
            FleetView.unavailable("Away."));

    ParsedReport report = completed.report();
    assertThat(report.fleetNarrative()).startsWith("Of 4 active clusters 1 are rated Critical");
    assertThat(report.flaggedClusters())
        .extracting(FlaggedCluster::clusterId, FlaggedCluster::severity, FlaggedCluster::addedFrom)
        .containsExactly(
            tuple("c-1", "critical", AddedFrom.SNAPSHOT),
            tuple("c-3", "critical", AddedFrom.SNAPSHOT),
            tuple("c-4", "warning", AddedFrom.SNAPSHOT));
    assertThat(report.customerSummaries())
        .extracting(CustomerSummary::customer, CustomerSummary::addedFrom)
        .containsExactly(tuple("ACME", AddedFrom.SNAPSHOT));
    assertThat(report.recommendedActions())
        .extracting(RecommendedAction::urgency)
        .containsExactly("Immediate", "Today", "This Week");
    assertThat(report.predictions()).isEmpty();
    assertThat(completed.filled())
        .containsExactly(
            ReportSection.FLEET_NARRATIVE,
            ReportSection.FLAGGED_CLUSTERS,
            ReportSection.CUSTOMER_SUMMARIES,
            ReportSection.RECOMMENDED_ACTIONS);
    assertThat(report.missing()).containsExactly(ReportSection.PREDICTIONS);
    assertThat(report.warnings()).contains("FLEET_NARRATIVE: filled by code from the snapshot.");
  }

  @Test
  void aModelThatFlagsNoneWhileTenAreCriticalIsContradictedByName() {
    var critical =
        IntStream.range(0, 12)
            .mapToObj(i -> facts("c-" + i, "ACME", "S", "Critical"))
            .toArray(ClusterFacts[]::new);

    Completed completed =
        Completion.complete(parsed("[]", "None."), EMPTY, List.of(), view(critical));

    assertThat(completed.notFlagged()).hasSize(12);
    assertThat(completed.report().customerSummaries()).hasSize(1);
    assertThat(completed.report().warnings())
        .anyMatch(
            warning ->
                warning.startsWith("12 Critical clusters") && warning.endsWith(" and 2 more."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"c-\"1\"", "c\n1", "\u202Ec-1", "'; drop table x; --", "🔥"})
  void strangeIdsAreIdsThatDoNotExist(String id) {
    rejected(id);
    rejected(id + "x".repeat(10_000));
  }

  private static void rejected(String id) {
    ParsedReport parsed = parsed("[]", "None.");
    ParsedReport strange =
        new ParsedReport(
            parsed.fleetNarrative(),
            Collections.nCopies(3, new FlaggedCluster(id, null, null, null)),
            List.of(),
            List.of(),
            List.of(),
            parsed.sections(),
            List.of());

    Completed completed = Completion.complete(strange, EMPTY, List.of(), view());

    assertThat(completed.report().flaggedClusters()).isEmpty();
    assertThat(completed.report().warnings().get(0)).hasSizeLessThan(400);
  }

  private static List<String> ids(Completed completed) {
    return completed.report().flaggedClusters().stream().map(FlaggedCluster::clusterId).toList();
  }

  private static ParsedReport parsed(String clusters, String customers) {
    ParsedReport parsed =
        ReportParser.parse(
            """
            ## FLEET_NARRATIVE
            All is well.

            ## FLAGGED_CLUSTERS
            %s

            ## PREDICTIONS
            None.

            ## CUSTOMER_SUMMARIES
            %s

            ## RECOMMENDED_ACTIONS
            None.
            """
                .formatted(clusters, customers));
    assertThat(parsed.warnings()).isEmpty();
    return parsed;
  }
}
