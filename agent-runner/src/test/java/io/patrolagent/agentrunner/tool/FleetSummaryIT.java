package io.patrolagent.agentrunner.tool;

import static io.patrolagent.agentrunner.tool.ToolFleet.call;
import static io.patrolagent.agentrunner.tool.ToolFleet.hours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patrolagent.agentrunner.tool.ToolFleet.Cluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FleetSummaryIT {

  private final ToolFleet fleet = new ToolFleet();
  private final Tool tool = new QueryFleetSummary(fleet.queries());

  @AfterEach
  void close() {
    fleet.close();
  }

  @Test
  void countsTheLatestRowOfEachActiveClusterAndWhatBelongsToAllOfThem() throws Exception {
    // Given
    fleet
        .cluster("c1")
        .score("c1", 30, hours(2))
        .score("c1", 80, hours(1)) // the latest counts
        .risk("c1", "Critical", hours(3))
        .risk("c1", "Healthy", hours(1))
        .cluster("c2")
        .score("c2", 79.99, hours(500)) // however old
        .risk("c2", "Warning", hours(1))
        .cluster("c3")
        .score("c3", 59.99, hours(1)) // and no risk at all
        .cluster(Cluster.of("c4").status("suspended"))
        .score("c4", 1, hours(1))
        .risk("c4", "Critical", hours(1))
        .cluster(Cluster.of("c5").status("terminated"))
        .alert("c1", "A", hours(23), null)
        .alert("c4", "A", hours(24), null) // not within the 24 hours
        .alert("c2", "A", hours(90), hours(1))
        .alert("c2", "A", hours(90), hours(25))
        .issue("c5", "x", "critical", hours(1))
        .issue("c1", "x", "low", hours(1))
        .issue("c1", "x", "low", hours(1), "resolved");

    // When
    ObjectNode answer = call(tool, "");

    // Then
    assertThat(answer.path("cluster_counts"))
        .hasToString("{\"total\":5,\"active\":3,\"suspended\":1,\"terminated\":1}");
    assertThat(answer.path("risk_distribution"))
        .hasToString("{\"critical\":0,\"warning\":1,\"healthy\":1,\"unknown\":1}");
    assertThat(answer.path("health_distribution"))
        .hasToString("{\"healthy\":1,\"moderate\":1,\"poor\":1,\"unknown\":0}");
    assertThat(answer.path("alerts_24h"))
        .hasToString("{\"firing\":1,\"resolved\":1,\"firing_from_before\":1}");
    assertThat(answer.path("open_issues"))
        .hasToString("{\"critical\":1,\"high\":0,\"medium\":0,\"low\":1}");
    assertThat(answer.path("problem_clusters"))
        .hasToString(
            "{\"critical\":0,\"warning\":1,\"score_below_70\":1,\"total\":2,\"tier_s\":0,\"tier_a\":0}");
    assertThat(answer.path("at").asText()).isEqualTo("2026-11-24T07:00:00Z");
    assertThat(answer.path("source").asText()).contains("byoc.cluster_risk_snapshots");
  }

  @Test
  void anEmptyFleetHasZerosAndEmptyLists() throws Exception {
    ObjectNode answer = call(tool, "{}");

    assertThat(answer.path("cluster_counts"))
        .hasToString("{\"total\":0,\"active\":0,\"suspended\":0,\"terminated\":0}");
    assertThat(answer.path("clusters")).isEmpty();
    assertThat(answer.path("cohorts")).isEmpty();
    assertThat(answer.path("stale")).isEmpty();
    assertThat(answer.path("omitted").asInt()).isZero();
  }

  @Test
  void problemClustersComeTierSAndAFirstThenCriticalThenTheLowestScore() throws Exception {
    problem("b-critical-40", "B", "Critical", 40);
    problem("b-critical-20", "B", "Critical", 20);
    problem("c-warning-10", "C", "Warning", 10);
    problem("c-critical-30", "C", "Critical", 30);
    problem("a-healthy-69.99", "A", "Healthy", 69.99);
    problem("s-warning-90", "S", "Warning", 90);
    problem("s-healthy-70", "S", "Healthy", 70);
    fleet.cluster("b-critical-none").risk("b-critical-none", "Critical", hours(1), "DISK");

    ObjectNode answer = call(tool, "{}");

    assertThat(ids(answer.path("clusters")))
        .containsExactly(
            "s-warning-90",
            "a-healthy-69.99",
            "b-critical-20",
            "c-critical-30",
            "b-critical-40",
            "b-critical-none",
            "c-warning-10");
    assertThat(answer.path("clusters").get(5))
        .hasToString(
            "{\"cluster_id\":\"b-critical-none\",\"cluster_name\":\"b-critical-none name\","
                + "\"account_id\":\"acct-1\",\"customer_name\":\"Acme\",\"customer_tier\":\"B\","
                + "\"cloud\":\"aws\",\"region\":\"eu-west-1\",\"version\":\"3.2.1\","
                + "\"health_score\":null,\"scored_at\":null,\"risk_level\":\"Critical\","
                + "\"reasons\":[{\"code\":\"DISK\",\"detail\":\"of DISK\"}],"
                + "\"risk_at\":\"2026-11-24T06:00:00Z\"}");
    assertThat(answer.path("problem_clusters"))
        .hasToString(
            "{\"critical\":4,\"warning\":2,\"score_below_70\":5,\"total\":7,\"tier_s\":1,\"tier_a\":1}");
  }

  @Test
  void atMostSixtyAreListedAndTheOthersCounted() throws Exception {
    for (int n = 0; n < 61; n++) {
      problem("c" + n, "B", "Warning", n);
    }

    ObjectNode answer = call(tool, "{}");

    assertThat(answer.path("clusters")).hasSize(60);
    assertThat(answer.path("omitted").asInt()).isEqualTo(1);
    assertThat(ids(answer.path("clusters"))).contains("c0", "c59").doesNotContain("c60");
  }

  @Test
  void aVersionWithMoreThanItsShareIsACohort() throws Exception {
    // Given 6 of version 4 with 4 in trouble, 14 of version 3 with 1: 540/38760 by chance
    for (int n = 0; n < 6; n++) {
      fleet.cluster(Cluster.of("new" + n).version("4"));
      fleet.risk("new" + n, n < 4 ? "Critical" : "Healthy", hours(1), "COMPACTION", "COMPACTION");
    }
    for (int n = 0; n < 14; n++) {
      fleet.cluster(Cluster.of("old" + n)).risk("old" + n, n < 1 ? "Warning" : "Healthy", hours(1));
    }

    JsonNode cohorts = call(tool, "{}").path("cohorts");

    // Then the code is stronger: none of the others has it, 15/4845 by chance
    assertThat(cohorts).hasSize(1);
    assertThat(cohorts.get(0))
        .hasToString(
            "{\"dimension\":\"version\",\"value\":\"4\",\"code\":\"COMPACTION\",\"clusters\":6,"
                + "\"with_problem\":4,\"share\":0.6667,\"other_clusters\":14,"
                + "\"other_with_problem\":0,\"other_share\":0,\"ratio\":null,\"p_value\":0.003096,"
                + "\"codes\":[{\"code\":\"COMPACTION\",\"clusters\":4}]}");
  }

  @Test
  void whatIsADayOldOrMissingIsStaleByRegion() throws Exception {
    // Given
    fleet
        .cluster(Cluster.of("c1").region("r1"))
        .score("c1", 90, hours(24))
        .risk("c1", "Healthy", hours(24).minus(Duration.ofSeconds(1)))
        .cluster(Cluster.of("c2").region("r1"))
        .score("c2", 90, hours(30))
        .risk("c2", "Healthy", hours(1))
        .cluster(Cluster.of("c3").region("r2"))
        .score("c3", 90, hours(1))
        .cluster(Cluster.of("c4").region("r3").status("suspended"));

    // When, then
    assertThat(call(tool, "{}").path("stale"))
        .hasToString(
            "[{\"source\":\"health_scores\",\"dimension\":\"region\",\"value\":\"r1\","
                + "\"clusters\":2,\"latest_at\":\"2026-11-23T07:00:00Z\"},"
                + "{\"source\":\"risk_snapshots\",\"dimension\":\"region\",\"value\":\"r2\","
                + "\"clusters\":1,\"latest_at\":null}]");
  }

  @Test
  void onlyTheScopeIsSummedUp() throws Exception {
    for (String region : List.of("r1", "r2")) {
      String id = "in-" + region;
      fleet
          .cluster(Cluster.of(id).region(region))
          .risk(id, "Critical", hours(1))
          .alert(id, "A", hours(1), null)
          .issue(id, "x", "high", hours(1));
    }

    ObjectNode answer = call(tool, "{}", ToolFleet.regions("r2"));

    assertThat(ids(answer.path("clusters"))).containsExactly("in-r2");
    assertThat(answer.path("cluster_counts").path("total").asInt()).isEqualTo(1);
    assertThat(answer.path("alerts_24h").path("firing").asInt()).isEqualTo(1);
    assertThat(answer.path("open_issues").path("high").asInt()).isEqualTo(1);
    assertThat(answer.path("stale")).hasSize(1);
  }

  @Test
  void reasonsThatAreNoListOfObjectsBreakNothing() throws Exception {
    for (String reasons :
        List.of("null", "\"text\"", "{\"code\": 1}", "[1, {\"detail\": \"x\"}]")) {
      String id = "c" + reasons.length();
      fleet
          .cluster(id)
          .risk(id, "Critical", hours(1))
          .execute(
              "update byoc.cluster_risk_snapshots set reasons = cast(? as jsonb) where cluster_id = ?",
              reasons,
              id);
    }

    assertThat(call(tool, "{}").path("clusters")).hasSize(4);
  }

  @Test
  void takesNoArguments() {
    assertThatThrownBy(() -> call(tool, "{\"cluster_id\": \"c1\"}"))
        .isInstanceOf(ToolRefusal.class)
        .hasMessageContaining("takes none");
  }

  private void problem(String id, String tier, String level, double score) {
    fleet.cluster(Cluster.of(id).tier(tier)).risk(id, level, hours(1)).score(id, score, hours(1));
  }

  private static List<String> ids(JsonNode clusters) {
    List<String> ids = new ArrayList<>();
    clusters.forEach(cluster -> ids.add(cluster.path("cluster_id").asText()));
    return ids;
  }
}
