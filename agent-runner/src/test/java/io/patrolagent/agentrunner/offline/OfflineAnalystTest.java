package io.patrolagent.agentrunner.offline;

import static io.patrolagent.agentrunner.Snapshots.cluster;
import static io.patrolagent.agentrunner.Snapshots.reason;
import static io.patrolagent.common.report.ReportSection.CUSTOMER_SUMMARIES;
import static io.patrolagent.common.report.ReportSection.FLAGGED_CLUSTERS;
import static io.patrolagent.common.report.ReportSection.FLEET_NARRATIVE;
import static io.patrolagent.common.report.ReportSection.PREDICTIONS;
import static io.patrolagent.common.report.ReportSection.RECOMMENDED_ACTIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.patrolagent.agentrunner.Snapshots;
import io.patrolagent.agentrunner.prompt.DataFence;
import io.patrolagent.agentrunner.prompt.PatrolPrompt;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import io.patrolagent.common.patrol.Scope;
import io.patrolagent.common.report.CustomerSummary;
import io.patrolagent.common.report.ParsedReport;
import io.patrolagent.common.report.Prediction;
import io.patrolagent.common.report.RecommendedAction;
import io.patrolagent.common.report.ReportSection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OfflineAnalystTest {

  @Test
  void saysThatItIsRulesAndTookNoTokens() {
    ChatResponse response = Reports.ask(Snapshots.request(), Snapshots.healthy(3));

    assertThat(response.modelName()).isEqualTo("offline-rules-2");
    assertThat(response.tokenUsage()).isEqualTo(new TokenUsage(0, 0, 0));
    assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
    assertThat(response.aiMessage().text()).contains("drawn by fixed rules");
  }

  @Test
  void writesEverySectionOnceInOrder() {
    assertThat(Reports.sections(Snapshots.troubled())).containsOnlyKeys(ReportSection.values());
    assertThat(Reports.text(Snapshots.troubled()).lines().filter(line -> line.startsWith("#")))
        .containsExactly(
            "## FLEET_NARRATIVE",
            "## FLAGGED_CLUSTERS",
            "## PREDICTIONS",
            "## CUSTOMER_SUMMARIES",
            "## RECOMMENDED_ACTIONS");
  }

  @Test
  void theSameSnapshotGivesTheSameText() {
    assertThat(Reports.text(Snapshots.troubled())).isEqualTo(Reports.text(Snapshots.troubled()));
  }

  @Test
  void theParserReadsEveryPartOfEveryKindOfReport() {
    ParsedReport troubled = Reports.parsed(Reports.text(Snapshots.troubled()));
    assertThat(troubled.flaggedClusters()).hasSize(7);
    assertThat(troubled.predictions())
        .extracting(Prediction::confidence)
        .contains("High", "Medium");
    assertThat(troubled.customerSummaries())
        .extracting(CustomerSummary::customer)
        .containsExactly("Acme", "Hooli", "Globex");
    assertThat(troubled.customerSummaries())
        .extracting(CustomerSummary::tier)
        .containsExactly("S", "A", "A");
    assertThat(troubled.recommendedActions())
        .extracting(RecommendedAction::urgency)
        .contains("Immediate", "Today", "This Week")
        .doesNotContainNull();

    for (FleetSnapshot calm :
        List.of(
            Snapshots.healthy(0),
            Snapshots.healthy(1),
            Snapshots.healthy(100_000),
            Snapshots.unknown(40),
            Snapshots.outdated(500, 31))) {
      ParsedReport report = Reports.parsed(Reports.text(calm));
      assertThat(report.flaggedClusters()).isEmpty();
      assertThat(report.predictions()).isEmpty();
      assertThat(report.customerSummaries()).isEmpty();
    }
  }

  @Test
  void refusesAConversationThatIsNotAPatrol() {
    OfflineAnalyst analyst = new OfflineAnalyst();

    assertThatThrownBy(() -> analyst.chat(request("hello")))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("holds no patrol_request");
    assertThatThrownBy(
            () ->
                analyst.chat(
                    request(
                        DataFence.wrap(PatrolPrompt.REQUEST, "{\"report_type\":\"morning\"}")
                            + "\n"
                            + DataFence.wrap(PatrolPrompt.SNAPSHOT, "{}"))))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("fleet_snapshot cannot be read");
  }

  @Test
  void aHealthyFleetIsSaidToBeHealthyAndNothingIsFlagged() {
    Map<ReportSection, String> sections = Reports.sections(Snapshots.healthy(100_000));

    assertThat(sections.get(FLEET_NARRATIVE))
        .startsWith("The fleet is healthy, and the data that says so is complete and current.")
        .contains("All 100,000 active clusters are rated Healthy.");
    assertThat(sections.get(FLAGGED_CLUSTERS)).isEqualTo("[]");
    assertThat(sections.get(RECOMMENDED_ACTIONS)).isEqualTo("Nothing needs to be done.");
    assertThat(sections.get(PREDICTIONS)).contains("holds no trend");
  }

  @Test
  void aFleetOfOneReadsNaturally() {
    assertThat(Reports.sections(Snapshots.healthy(1)).get(FLEET_NARRATIVE))
        .contains("The one active cluster is rated Healthy. By health score it is healthy")
        .doesNotContain("1 active clusters", "%");
  }

  @Test
  void unknownIsNeverHealthy() {
    Map<ReportSection, String> sections = Reports.sections(Snapshots.unknown(40));

    assertThat(sections.get(FLEET_NARRATIVE))
        .contains("whether they are well is unknown")
        .contains("None of the 40 active clusters has a risk rating.")
        .contains("unknown is not healthy")
        .doesNotContain("is healthy");
    assertThat(sections.get(RECOMMENDED_ACTIONS))
        .contains("[Immediate] Get the collector of the risk snapshots");
  }

  @Test
  void healthOnOldDataIsNotCalledHealth() {
    Map<ReportSection, String> sections = Reports.sections(Snapshots.outdated(500, 31));

    assertThat(sections.get(FLEET_NARRATIVE))
        .startsWith("No problem is on record, but the record is too old to call the fleet healthy.")
        .contains("Health scores are stale: the newest was 31 hours old")
        .contains("“no health score for 31 h”")
        .doesNotContain("The fleet is healthy");
    assertThat(sections.get(RECOMMENDED_ACTIONS))
        .startsWith("- [Immediate] Get the collector of the health scores to deliver")
        .contains("- [Today] Follow up the warning of the snapshot itself");
  }

  @Test
  void oneFreshRowDoesNotMakeUpForAFleetThatIsMostlyStale() {
    FleetSnapshot healthy = Snapshots.healthy(10);
    FleetSnapshot stale =
        new FleetSnapshot(
            healthy.takenAt(),
            healthy.clusterCounts(),
            healthy.riskDistribution(),
            healthy.healthDistribution(),
            healthy.alerts24h(),
            healthy.openIssues(),
            List.of(),
            List.of(),
            List.of(Snapshots.source(Snapshots.RISK_SOURCE, 0, 1, 5)),
            List.of());

    assertThat(Reports.sections(stale).get(FLEET_NARRATIVE))
        .startsWith("No problem is on record, but the record is too old")
        .contains("5 clusters have only older ones than 24 hours and 1 cluster has none at all");
  }

  @Test
  void problemsOnOldDataAreSaidToBePerhapsNotAll() {
    FleetSnapshot old = Snapshots.outdated(500, 31);
    FleetSnapshot snapshot =
        Snapshots.withClusters(
            old, List.of(cluster("c-1", "a", "Acme", "B", "r", "1", 50, "Critical")), List.of());

    assertThat(Reports.sections(snapshot).get(FLEET_NARRATIVE))
        .contains("Part of the data is older than a day, so there may be more.");
  }

  @Test
  void aFleetWithoutActiveClustersIsNotCalledHealthy() {
    assertThat(Reports.sections(Snapshots.healthy(0)).get(FLEET_NARRATIVE))
        .contains("has no active cluster, so there is nothing to assess")
        .doesNotContain("is healthy");
  }

  @Test
  void theNarrativeGivesFiguresSharesPatternsAndBlindSpots() {
    String narrative = Reports.sections(Snapshots.troubled()).get(FLEET_NARRATIVE);

    assertThat(narrative)
        .startsWith("The fleet has critical problems.")
        .contains("4 (1.0 %) are rated Critical, 11 (2.8 %) Warning and 383 (95.8 %) Healthy")
        .contains("2 (0.5 %) have no rating", "1 (0.3 %) has no score")
        .contains("9 issues are open: 1 critical, 3 high and 5 medium.")
        .contains(
            "Compaction backlog affects 3 flagged clusters of 3 customers, all on version 3.2.1")
        .contains("The snapshot names 6 of the 15 clusters rated Critical or Warning")
        .contains("7 clusters have only older ones than 24 hours");
    assertThat(narrative.split("\n\n")).hasSize(4);
  }

  @Test
  void flagsByTierThenSeverityThenScoreAndLeavesOutWhatIsWell() {
    assertThat(Reports.flagged(Snapshots.troubled()))
        .extracting(flag -> flag.get("cluster_id").textValue())
        .containsExactly("c-1042", "c-0311", "c-0503", "c-0077", "c-0501", "c-0900", "c-0502");
    JsonNode first = Reports.flagged(Snapshots.troubled()).get(0);
    assertThat(first.get("severity").textValue()).isEqualTo("critical");
    assertThat(first.get("reason").textValue()).contains("91.2 % full", "31.5");
    assertThat(first.get("key_metrics").get("health_score").doubleValue()).isEqualTo(31.5);
    assertThat(first.get("key_metrics").get("customer_tier").textValue()).isEqualTo("S");
  }

  @Test
  void aPoorScoreThatTheRatingContradictsIsAWarningAndSaidSo() {
    JsonNode second = Reports.flagged(Snapshots.troubled()).get(1);
    assertThat(second.get("severity").textValue()).isEqualTo("warning");
    assertThat(second.get("reason").textValue())
        .isEqualTo("Rated Healthy despite a health score of 58.25; no reason is recorded");
  }

  @Test
  void aPoorScoreWithoutARatingIsCritical() {
    FleetSnapshot snapshot = worst(cluster("c-1", "a", "Acme", "B", "eu-west-1", "1", 59.99, null));

    assertThat(Reports.flagged(snapshot).get(0).get("severity").textValue()).isEqualTo("critical");
  }

  @Test
  void predictsOnlyWhatAReasonAnnouncesAndAsSureAsItIs() {
    assertThat(Reports.sections(Snapshots.troubled()).get(PREDICTIONS).lines())
        .satisfiesExactly(
            certificate ->
                assertThat(certificate).startsWith("- [High] Cluster ledger (c-0077) of Globex"),
            disk -> assertThat(disk).startsWith("- [Medium] Cluster checkout (c-1042) of Acme"));
  }

  @Test
  void anOldOrTimelessAnnouncementIsLessSure() {
    ProblemCluster timeless =
        cluster("c-1", "a", "Acme", "S", "r", "1", 50, "Critical", reason("DISK_FILLING", "92 %"));
    ProblemCluster old =
        new ProblemCluster(
            "c-2",
            "b",
            "Acme",
            "S",
            "aws",
            "r",
            "1",
            50.0,
            Snapshots.TAKEN_AT,
            "Critical",
            List.of(reason("CERTIFICATE_EXPIRING", "Expires in 20 hours.")),
            Snapshots.TAKEN_AT.minus(Duration.ofHours(30)));

    assertThat(Reports.sections(worst(timeless, old)).get(PREDICTIONS))
        .contains("[Low] Cluster a (c-1)", "[Medium] Cluster b (c-2)");
  }

  @Test
  void everyTierSAndACustomerWithAProblemHasASummaryAndNoOther() {
    assertThat(Reports.sections(Snapshots.troubled()).get(CUSTOMER_SUMMARIES).lines())
        .satisfiesExactly(
            acme ->
                assertThat(acme)
                    .startsWith(
                        "- **Acme** (Tier S): 2 clusters are in trouble: 1 critical and 1 with")
                    .contains("checkout (c-1042)", "reports (c-0311)"),
            hooli -> assertThat(hooli).startsWith("- **Hooli** (Tier A): One cluster is critical."),
            globex ->
                assertThat(globex).startsWith("- **Globex** (Tier A): One cluster is critical."));
  }

  @Test
  void actionsComeMostUrgentFirstAndFitTheReason() {
    List<String> actions =
        Reports.sections(Snapshots.troubled()).get(RECOMMENDED_ACTIONS).lines().toList();

    assertThat(actions).allMatch(line -> line.matches("- \\[(Immediate|Today|This Week)] .*\\."));
    assertThat(actions.get(0)).startsWith("- [Immediate] Expand the volume").contains("c-1042");
    assertThat(actions)
        .map(line -> line.substring(3, line.indexOf(']')))
        .isSortedAccordingTo(
            (a, b) ->
                Integer.compare(
                    List.of("Immediate", "Today", "This Week").indexOf(a),
                    List.of("Immediate", "Today", "This Week").indexOf(b)));
    assertThat(actions)
        .anyMatch(line -> line.startsWith("- [Today] Slow down ingestion"))
        .anyMatch(line -> line.contains("9 clusters rated Critical or Warning"));
  }

  @Test
  void anUnknownReasonCodeGetsAnHonestGenericAction() {
    FleetSnapshot snapshot =
        worst(
            cluster(
                "c-1", "a", "Acme", "S", "r", "1", 50, "Critical", reason("GRAVITY_LOST", null)));

    assertThat(Reports.sections(snapshot).get(RECOMMENDED_ACTIONS))
        .contains("[Immediate] Look into it: no standard remedy is known", "gravity lost", "c-1");
  }

  @Test
  void aVersionThatEveryFlaggedClusterRunsExplainsNothing() {
    FleetSnapshot snapshot =
        worst(
            cluster("c-1", "a", "Acme", "B", "r1", "9", 50, "Critical", reason("X_HIGH", null)),
            cluster("c-2", "b", "Globex", "B", "r2", "9", 51, "Critical", reason("X_HIGH", null)),
            cluster("c-3", "c", "Hooli", "B", "r3", "9", 52, "Critical", reason("Y_HIGH", null)));

    assertThat(Reports.sections(snapshot).get(FLEET_NARRATIVE))
        .contains("X high affects 2 flagged clusters of 2 customers.")
        .doesNotContain("on version 9;", "points to");
  }

  @Test
  void twoCustomersInOneRegionAreNoLead() {
    FleetSnapshot snapshot =
        worst(
            cluster("c-1", "a", "Acme", "B", "r1", "1", 50, "Critical", reason("X_HIGH", null)),
            cluster("c-2", "b", "Globex", "B", "r1", "2", 51, "Critical", reason("X_HIGH", null)),
            cluster("c-3", "c", "Hooli", "B", "r3", "3", 52, "Critical", reason("Y_HIGH", null)));

    assertThat(Reports.sections(snapshot).get(FLEET_NARRATIVE))
        .contains("X high affects 2 flagged clusters of 2 customers, both in r1.")
        .doesNotContain("points to", "lead");
  }

  @Test
  void aScopeAndAFocusAreNamedForWhatTheyAre() {
    Scope scope = new Scope(List.of(), List.of("Acme"), List.of(), List.of(), List.of());

    String narrative =
        Reports.sections(
                Reports.ask(Snapshots.request(scope, "disks please"), Snapshots.healthy(7))
                    .aiMessage()
                    .text())
            .get(FLEET_NARRATIVE);

    assertThat(narrative)
        .startsWith("The scope (customers Acme) is healthy")
        .contains("The focus that was asked for (“disks please”) takes a judgement");
  }

  @Test
  void moreFlagsThanAnybodyReadsAreCutAndSaidToBe() {
    List<ProblemCluster> many =
        IntStream.range(0, 350)
            .mapToObj(i -> cluster("c-" + i, "n", "Acme", "S", "r", "1", 50, "Critical"))
            .toList();
    FleetSnapshot snapshot = Snapshots.withClusters(Snapshots.healthy(1000), List.of(), many);

    assertThat(Reports.flagged(snapshot)).hasSize(200);
    assertThat(Reports.sections(snapshot).get(FLEET_NARRATIVE))
        .contains(
            "345 more clusters of Tier S have problems; the worst 200 in all are flagged below");
  }

  private static FleetSnapshot worst(ProblemCluster... clusters) {
    return Snapshots.withClusters(Snapshots.healthy(500), List.of(clusters), List.of());
  }

  private static ChatRequest request(String text) {
    return ChatRequest.builder().messages(UserMessage.from(text)).build();
  }
}
