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

class ClusterToolsIT {

  private final ToolFleet fleet = new ToolFleet();
  private final ToolQueries queries = fleet.queries();
  private final Tool issues = new QueryOpenIssues(queries);
  private final Tool metrics = new GetClusterMetrics(queries);
  private final Tool alerts = new GetClusterAlerts(queries);
  private final Tool infrastructure = new GetInfrastructureState(queries);

  @AfterEach
  void close() {
    fleet.close();
  }

  @Test
  void issuesComeMostSevereFirstThenByTierThenOldest() throws Exception {
    // Given
    fleet
        .cluster(Cluster.of("s1").tier("S"))
        .cluster(Cluster.of("c1").tier("C"))
        .issue("c1", "low", "low", hours(99))
        .issue("c1", "critical of tier C", "critical", hours(99))
        .issue("s1", "younger", "critical", hours(1))
        .issue("s1", "older", "critical", Duration.ofMinutes(90))
        .issue("s1", "over", "critical", hours(2), "resolved");

    // When
    ObjectNode answer = call(issues, "{}");

    // Then
    assertThat(all(answer, "issues", "title"))
        .containsExactly("older", "younger", "critical of tier C", "low");
    assertThat(answer.path("total").asInt()).isEqualTo(4);
    assertThat(answer.path("omitted").asInt()).isZero();
    JsonNode first = answer.path("issues").get(0);
    assertThat(first.path("age_hours").asDouble()).isEqualTo(1.5);
    assertThat(first.path("opened_at").asText()).isEqualTo("2026-11-24T05:30:00Z");
    assertThat(first.path("cluster_name").asText()).isEqualTo("s1 name");
    assertThat(first.has("total")).isFalse();
  }

  @Test
  void issuesAreNarrowedBySeverityClusterAndLimitAndSayWhatTheyLeaveOut() throws Exception {
    fleet.cluster("c1").cluster("c2");
    for (int n = 0; n < 4; n++) {
      fleet.issue("c1", "i" + n, "high", hours(9 - n));
    }
    fleet.issue("c1", "x", "low", hours(1)).issue("c2", "y", "high", hours(1));

    ObjectNode answer =
        call(issues, "{\"severity\": \"HIGH\", \"cluster_id\": \"c1\", \"limit\": \"3\"}");

    assertThat(all(answer, "issues", "title")).containsExactly("i0", "i1", "i2");
    assertThat(answer.path("total").asInt()).isEqualTo(4);
    assertThat(answer.path("omitted").asInt()).isEqualTo(1);
    assertThat(call(issues, "{\"severity\": \"medium\"}").path("total").asInt()).isZero();
  }

  @Test
  void firingAlertsAreToldHoweverOldAndResolvedOnesOfTheWindow() throws Exception {
    // Given
    fleet
        .cluster("c1")
        .cluster("c2")
        .alert("c1", "Old", hours(900), null)
        .alert("c1", "New", hours(1), null)
        .alert("c1", "Flap", hours(5), hours(4))
        .alert("c1", "Flap", hours(30), hours(1)) // resolved within the window
        .alert("c1", "Flap", hours(30), hours(24)) // at the instant it begins at
        .alert("c2", "Other", hours(1), null);

    // When
    ObjectNode answer = call(alerts, "{\"cluster_id\": \"c1\"}");

    // Then
    assertThat(answer.path("firing").asInt()).isEqualTo(2);
    assertThat(answer.path("resolved").asInt()).isEqualTo(2);
    assertThat(all(answer, "alerts", "alert_name")).containsExactly("New", "Old", "Flap", "Flap");
    assertThat(all(answer, "by_name", "alert_name")).containsExactly("New", "Old", "Flap");
    assertThat(answer.path("by_name").get(2).path("resolved").asInt()).isEqualTo(2);
    assertThat(answer.path("alerts").get(0).path("message").asText()).isEqualTo("disk \"full\"");
    assertThat(answer.path("alerts").get(2).path("resolved_at").asText())
        .isEqualTo("2026-11-24T03:00:00Z");
    assertThat(call(alerts, "{\"cluster_id\": \"c1\", \"hours\": 25}").path("resolved").asInt())
        .isEqualTo(3);
  }

  @Test
  void fiftyAlertsAreListedAndTheOthersCounted() throws Exception {
    fleet.cluster("c1");
    for (int n = 0; n < 51; n++) {
      fleet.alert("c1", "Storm", hours(1), null);
    }

    ObjectNode answer = call(alerts, "{\"cluster_id\": \"c1\"}");

    assertThat(answer.path("alerts")).hasSize(50);
    assertThat(answer.path("omitted").asInt()).isEqualTo(1);
    assertThat(answer.path("firing").asInt()).isEqualTo(51);
  }

  @Test
  void theWorstNodesComeFirst() throws Exception {
    // Given
    fleet
        .cluster(Cluster.of("c1").tier("S"))
        .node("c1", "n-fuller", "running", 0, 200, 151)
        .node("c1", "n-full", "running", 0, 200, 150)
        .node("c1", "n-restarted", "running", 3, 200, 1)
        .node("c1", "n-stopped", "stopped", 0, 200, 1)
        .node("c1", "n-restarting", "restarting", 9, 200, 1)
        .node("c1", "n-gone", "unreachable", 0, 0, 0);

    // When
    ObjectNode answer = call(infrastructure, "{\"cluster_id\": \"c1\"}");

    // Then
    assertThat(all(answer, "nodes", "node_id"))
        .containsExactly(
            "n-gone", "n-restarting", "n-stopped", "n-restarted", "n-fuller", "n-full");
    assertThat(answer.path("nodes").get(4).path("disk_used_percent").asDouble()).isEqualTo(75.5);
    assertThat(answer.path("nodes").get(0).path("disk_used_percent").isNull()).isTrue();
    assertThat(answer.path("states"))
        .hasToString("{\"running\":3,\"restarting\":1,\"unreachable\":1,\"stopped\":1}");
    assertThat(answer.path("restarts_24h").asInt()).isEqualTo(12);
    assertThat(answer.path("cluster").path("customer_tier").asText()).isEqualTo("S");
    assertThat(answer.path("cluster").path("created_at").asText())
        .isEqualTo("2026-01-01T00:00:00+00:00");
  }

  @Test
  void aClusterWithoutNodesHasNone() throws Exception {
    fleet.cluster("c1");

    ObjectNode answer = call(infrastructure, "{\"cluster_id\": \"c1\"}");

    assertThat(answer.path("nodes")).isEmpty();
    assertThat(answer.path("states").path("running").asInt()).isZero();
  }

  @Test
  void metricsAreForecastFromTheirWindowWhichLeavesOutItsBeginning() throws Exception {
    // Given one percent an hour up to 90, and a sample at the window's very beginning
    fleet.cluster("c1").metric("c1", "disk_used_percent", hours(24), 5);
    for (int hour = 1; hour <= 24; hour++) {
      fleet.metric("c1", "disk_used_percent", hours(24 - hour), 66 + hour);
      fleet.metric("c1", "cpu_percent", hours(24 - hour), 40);
    }

    // When
    ObjectNode answer = call(metrics, "{\"cluster_id\": \"c1\"}");

    // Then
    assertThat(all(answer, "metrics", "metric"))
        .containsExactly("cpu_percent", "disk_used_percent");
    JsonNode disk = answer.path("metrics").get(1);
    assertThat(disk.path("samples").asInt()).isEqualTo(24);
    assertThat(disk.path("hours_to_threshold").asDouble()).isEqualTo(10);
    assertThat(disk.path("latest_at").asText()).isEqualTo("2026-11-24T07:00:00Z");
    assertThat(disk.path("series")).hasSize(24);
    assertThat(answer.path("metrics").get(0).path("slope_per_hour").asDouble()).isZero();
    assertThat(answer.path("available").toString())
        .isEqualTo("[\"cpu_percent\",\"disk_used_percent\"]");
  }

  @Test
  void aMetricThatFellSilentIsThereWithoutSamples() throws Exception {
    fleet.cluster("c1").metric("c1", "a", hours(48), 1).metric("c1", "b", hours(1), Double.NaN);

    ObjectNode answer =
        call(metrics, "{\"cluster_id\": \"c1\", \"metrics\": [\"b\", \"a\"], \"hours\": 47}");

    assertThat(all(answer, "metrics", "metric")).containsExactly("b", "a");
    assertThat(all(answer, "metrics", "samples")).containsExactly("0", "0");
    assertThat(all(call(metrics, "{\"cluster_id\": \"c1\", \"hours\": 49}"), "metrics", "samples"))
        .containsExactly("1", "0");
  }

  @Test
  void aMetricThatTheClusterLacksIsRefusedWithThoseItHas() {
    fleet.cluster("c1").metric("c1", "disk_used_percent", hours(1), 1);

    assertThatThrownBy(
            () -> call(metrics, "{\"cluster_id\": \"c1\", \"metrics\": [\"disk_use_percent\"]}"))
        .isInstanceOf(ToolRefusal.class)
        .hasMessage(
            "metrics: the cluster has no metric 'disk_use_percent'; did you mean"
                + " disk_used_percent?; it has disk_used_percent");
  }

  @Test
  void aClusterWithoutMetricsHasNone() throws Exception {
    fleet.cluster("c1");

    ObjectNode answer = call(metrics, "{\"cluster_id\": \"c1\"}");

    assertThat(answer.path("metrics")).isEmpty();
    assertThat(answer.path("available")).isEmpty();
  }

  @Test
  void aClusterOutOfScopeIsRefusedInTheWordsOfOneThatDoesNotExist() {
    fleet
        .cluster(Cluster.of("prod-eu-1").region("r1"))
        .cluster(Cluster.of("prod-us-1").region("r2"))
        .issue("prod-us-1", "x", "high", hours(1));

    for (Tool tool : List.of(issues, metrics, alerts, infrastructure)) {
      for (String id : List.of("prod-us-1", "prod-us-9")) {
        assertThatThrownBy(
                () -> call(tool, "{\"cluster_id\": \"" + id + "\"}", ToolFleet.regions("r1")))
            .as(tool.name())
            .isInstanceOf(ToolRefusal.class)
            .hasMessage(
                "cluster_id '"
                    + id
                    + "': there is no such cluster in this patrol's scope (regions r1); the closest"
                    + " are prod-eu-1 (prod-eu-1 name)");
      }
    }
  }

  @Test
  void issuesOfOtherScopesAreNotTold() throws Exception {
    fleet
        .cluster(Cluster.of("c1").region("r1"))
        .cluster(Cluster.of("c2").region("r2"))
        .issue("c1", "one", "high", hours(1))
        .issue("c2", "two", "high", hours(1));

    assertThat(all(call(issues, "{}", ToolFleet.regions("r2")), "issues", "title"))
        .containsExactly("two");
  }

  @Test
  void theClosestIdsAreFoundByIdAndByName() {
    fleet
        .cluster("c-100")
        .cluster("c-200")
        .cluster("zzz")
        .execute("update byoc.clusters set cluster_name = 'Billing' where cluster_id = 'zzz'");

    assertThatThrownBy(() -> call(alerts, "{\"cluster_id\": \"C-101\"}"))
        .hasMessageContaining("the closest are c-100 (c-100 name), c-200 (c-200 name)");
    assertThatThrownBy(() -> call(alerts, "{\"cluster_id\": \"billing\"}"))
        .hasMessageContaining("the closest are zzz (Billing)");
  }

  @Test
  void anIdWithQuotesIsAnIdLikeAnyOther() throws Exception {
    String id = "o'brien\\\"; drop table byoc.clusters; --";
    fleet.cluster("o'brien\"; drop table byoc.clusters; --");

    for (Tool tool : List.of(issues, metrics, alerts, infrastructure)) {
      assertThat(call(tool, "{\"cluster_id\": \"" + id + "\"}").path("source").asText())
          .as(tool.name())
          .isNotEmpty();
    }
    assertThatThrownBy(() -> call(alerts, "{\"cluster_id\": \"' or '1'='1\"}"))
        .isInstanceOf(ToolRefusal.class);
  }

  @Test
  void inAnEmptyFleetThereIsNoClosestId() {
    assertThatThrownBy(() -> call(alerts, "{\"cluster_id\": \"c1\"}"))
        .isInstanceOf(ToolRefusal.class)
        .hasMessageEndingWith("(the whole fleet); there is no cluster in it at all");
  }

  @Test
  void wrongArgumentsAreRefused() {
    assertThatThrownBy(() -> call(alerts, "{\"cluster_id\": \"c1\", \"hours\": 721}"))
        .hasMessage("hours must be a whole number from 1 to 720, not 721");
    assertThatThrownBy(() -> call(metrics, "{\"hours\": 1}"))
        .hasMessageStartingWith("cluster_id is missing");
    assertThatThrownBy(() -> call(issues, "{\"limit\": 201}"))
        .hasMessage("limit must be a whole number from 1 to 200, not 201");
    assertThatThrownBy(() -> call(infrastructure, "{\"cluster\": \"c1\"}"))
        .hasMessageContaining("the arguments are cluster_id");
  }

  private static List<String> all(ObjectNode answer, String list, String field) {
    List<String> values = new ArrayList<>();
    answer.path(list).forEach(element -> values.add(element.path(field).asText()));
    return values;
  }
}
