package io.patrolagent.agentrunner.offline;

import static io.patrolagent.common.report.ReportSection.CUSTOMER_SUMMARIES;
import static io.patrolagent.common.report.ReportSection.FLAGGED_CLUSTERS;
import static io.patrolagent.common.report.ReportSection.FLEET_NARRATIVE;
import static io.patrolagent.common.report.ReportSection.PREDICTIONS;
import static io.patrolagent.common.report.ReportSection.RECOMMENDED_ACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import io.patrolagent.agentrunner.Snapshots;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.Scope;
import io.patrolagent.common.report.ReportSection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The analyst in rounds, with answers by hand: what it asks, what it makes of the answers. */
class OfflineProtocolTest {

  private static final FleetSnapshot TROUBLED = Snapshots.troubled();

  @Test
  void asksForTheFleetThenItsWorstClustersThenWhatExplainsThem() {
    Dialogue dialogue = new Dialogue(TROUBLED);

    dialogue.converse(TroubledTools::json);

    List<AiMessage> rounds =
        dialogue.messages().stream()
            .filter(AiMessage.class::isInstance)
            .map(AiMessage.class::cast)
            .toList();
    assertThat(rounds).hasSizeLessThanOrEqualTo(4);
    assertThat(rounds).allSatisfy(r -> assertThat(r.toolExecutionRequests()).hasSizeBetween(1, 16));
    assertThat(tools(rounds.get(0)))
        .contains("query_fleet_summary", "query_open_issues", "get_previous_patrol");
    assertThat(tools(rounds.get(1)))
        .contains(
            "get_cluster_metrics", "get_cluster_alerts", "get_infrastructure_state", "search_logs");
    assertThat(rounds.get(1).toolExecutionRequests().get(0).arguments())
        .as("Tier S first")
        .contains("c-1042");
    assertThat(tools(rounds.get(rounds.size() - 1))).contains("search_knowledge_lake");
    assertThat(dialogue.calls().stream().map(ToolExecutionRequest::id)).doesNotHaveDuplicates();
    assertThat(dialogue.calls().stream().map(c -> c.name() + c.arguments()))
        .as("nothing is asked twice")
        .doesNotHaveDuplicates();
  }

  @Test
  void theReportSaysWhatTheToolsShowed() {
    String report = new Dialogue(TROUBLED).converse(TroubledTools::json);
    Reports.parsed(report);
    Map<ReportSection, String> sections = Reports.sections(report);

    assertThat(sections.get(FLEET_NARRATIVE))
        .contains("Since the evening report of 24 Nov 18:00 UTC", "1 worse", "1 no longer flagged")
        .contains("that points to the version rather than to one customer's use of it")
        .contains("Of 40 active clusters on version 3.2.1, 3 have it; of the 360 others none")
        .contains("“CMP-2107: compaction stops” (document 12), which names version 3.2.1")
        .contains("in account acc-9; look at that account before the single clusters")
        .contains("Noise, not trouble: chatty (c-0800) of Acme (Tier S) with 44 alerts")
        .contains("Blind spot: the 9 active clusters of ap-south-1 (2 of Tier S or A) have")
        .contains("Blind spot: the 4 active clusters of sa-east-1");
    assertThat(sections.get(FLEET_NARRATIVE).split("\n\n")).hasSize(4);
    assertThat(sections.get(FLAGGED_CLUSTERS))
        .contains("\"disk_used_percent\":90.4", "\"hours_to_full\":24", "gives orders")
        .doesNotContain("c-0800");
    assertThat(sections.get(PREDICTIONS))
        .startsWith("- [High] Cluster n-c-1042 (c-1042) of Acme (Tier S) runs out of disk space")
        .contains("about 26 Nov 05:50 UTC");
    assertThat(sections.get(CUSTOMER_SUMMARIES)).contains("**Acme** (Tier S)", "“Slow loads”");
    assertThat(sections.get(RECOMMENDED_ACTIONS))
        .contains("c-1042", "the runbook “Expand a volume” (document 41)")
        .contains("[Immediate] Get the collector of ap-south-1 to deliver again")
        .contains("Find out who writes orders to readers")
        .contains("Raise the thresholds of alerts");
    assertThat(report).doesNotContain("ignore all previous");
  }

  @Test
  void aHealthyFleetIsAskedAboutOnceAndIsHealthy() {
    Dialogue dialogue = new Dialogue(Snapshots.healthy(400));

    String report =
        dialogue.converse(
            call ->
                call.name().equals("get_previous_patrol")
                    ? "{\"found\":false}"
                    : "{\"clusters\":[],\"rows\":[],\"issues\":[],\"omitted\":0}");

    assertThat(dialogue.calls()).hasSize(5);
    assertThat(Reports.sections(report).get(FLEET_NARRATIVE))
        .startsWith("The fleet is healthy, and the data that says so is complete and current.");
    assertThat(Reports.sections(report).get(FLAGGED_CLUSTERS)).isEqualTo("[]");
  }

  @Test
  void aBlindSpotKeepsAFleetFromBeingCalledHealthyWithoutReserve() {
    String report =
        new Dialogue(Snapshots.healthy(400))
            .converse(
                call ->
                    call.arguments().contains("'regions'")
                        ? TroubledTools.json(call)
                        : "{\"clusters\":[]}");

    assertThat(Reports.sections(report).get(FLEET_NARRATIVE))
        .startsWith("The fleet is healthy as far as it was assessed")
        .contains("Blind spot: the 9 active clusters of ap-south-1");
    assertThat(Reports.sections(report).get(FLAGGED_CLUSTERS)).isEqualTo("[]");
  }

  @Test
  void aNarrowedPatrolAsksNothingOfTheWholeFleet() {
    Scope scope = new Scope(List.of(), List.of("Acme"), List.of(), List.of(), List.of());
    Dialogue dialogue = new Dialogue(Snapshots.request(scope, null), TROUBLED, Dialogue.TOOLS);

    dialogue.converse(TroubledTools::json);

    assertThat(dialogue.calls()).extracting(ToolExecutionRequest::name).doesNotContain("query_sql");
  }

  @Test
  void asksOnlyForToolsThatAreOffered() {
    Dialogue dialogue =
        new Dialogue(
            Snapshots.request(), TROUBLED, List.of("search_logs", "query_fleet_summary", "odd"));

    String report = dialogue.converse(TroubledTools::json);

    assertThat(dialogue.calls())
        .extracting(ToolExecutionRequest::name)
        .containsOnly("search_logs", "query_fleet_summary");
    Reports.parsed(report);
  }

  @Test
  void failedAndCutAnswersAreGoneWithoutAndSaidToBe() {
    String report =
        new Dialogue(TROUBLED)
            .converse(
                call ->
                    switch (call.name()) {
                      case "search_logs" -> "{\"error\":\"timeout\"}";
                      case "get_cluster_metrics" ->
                          "{\"metrics\":[{\"met … 900 characters cut … ]}";
                      default -> TroubledTools.json(call);
                    });

    assertThat(Reports.sections(report).get(FLEET_NARRATIVE))
        .contains("Without an answer was search_logs")
        .contains("Cut or unreadable was an answer of get_cluster_metrics");
    Reports.parsed(report);
  }

  @Test
  void aConversationThatAnotherModelBeganIsWrittenUpFromItsResults() {
    Dialogue dialogue = new Dialogue(TROUBLED);
    ToolExecutionRequest call =
        ToolExecutionRequest.builder()
            .id("call_abc")
            .name("get_cluster_metrics")
            .arguments("{\"hours\":24,\"cluster_id\":\"c-1042\"}")
            .build();
    dialogue.add(AiMessage.from(List.of(call)), TroubledTools::json);

    AiMessage next = dialogue.next();

    assertThat(next.hasToolExecutionRequests()).isFalse();
    assertThat(Reports.sections(next.text()).get(PREDICTIONS)).contains("about 26 Nov 05:50 UTC");
  }

  @Test
  void anyPartOfAConversationWithAnyResultsMissingGivesAWholeReport() {
    Random random = new Random(20261125);
    for (int i = 0; i < 120; i++) {
      Dialogue dialogue = new Dialogue(TROUBLED);
      dialogue.converse(call -> someAnswer(call, random));
      int count = 2 + random.nextInt(dialogue.messages().size() - 1);

      String report = dialogue.reportAfter(count);

      Reports.parsed(report);
      assertThat(Reports.sections(report)).containsOnlyKeys(ReportSection.values());
      assertThat(dialogue.reportAfter(count)).as("the same again").isEqualTo(report);
    }
  }

  private static String someAnswer(ToolExecutionRequest call, Random random) {
    String answer = TroubledTools.json(call);
    return switch (random.nextInt(8)) {
      case 0 -> null;
      case 1 -> "{\"error\":\"it failed\"}";
      case 2 ->
          answer.substring(0, answer.length() / 3) + " … " + answer.substring(answer.length() / 2);
      case 3 -> answer.replaceAll("\"(latest|version|level|severity|region)\":", "\"other\":");
      case 4 -> answer.replaceAll(":\"[^\"]*\"", ":[{}]");
      case 5 -> "[]";
      default -> answer;
    };
  }

  private static Set<String> tools(AiMessage round) {
    return round.toolExecutionRequests().stream()
        .map(ToolExecutionRequest::name)
        .collect(Collectors.toSet());
  }
}
