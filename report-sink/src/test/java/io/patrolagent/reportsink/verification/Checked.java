package io.patrolagent.reportsink.verification;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.patrolagent.common.event.AgentFinished.Evidence;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import io.patrolagent.common.patrol.FleetSnapshot.RiskReason;
import io.patrolagent.common.report.Claim;
import io.patrolagent.common.report.ClusterFacts;
import io.patrolagent.common.report.CustomerSummary;
import io.patrolagent.common.report.EvidenceSource;
import io.patrolagent.common.report.FlaggedCluster;
import io.patrolagent.common.report.ParsedReport;
import io.patrolagent.common.report.Prediction;
import io.patrolagent.common.report.ReasonCode;
import io.patrolagent.common.report.RecommendedAction;
import io.patrolagent.reportsink.fleet.FleetView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A report being put together and checked, for tests: a fleet of 41 active clusters, of which c-1
 * of ACME (Tier S) is Critical and c-2 of Globex (Tier B) is rated Healthy.
 */
final class Checked {

  static final Instant NOW = Instant.parse("2026-11-25T07:00:00Z");

  private static final ObjectMapper JSON = new ObjectMapper();

  private @Nullable String narrative;
  private final List<FlaggedCluster> flagged = new ArrayList<>();
  private final List<Prediction> predictions = new ArrayList<>();
  private final List<CustomerSummary> summaries = new ArrayList<>();
  private final List<RecommendedAction> actions = new ArrayList<>();
  private final List<Evidence> evidence = new ArrayList<>();
  private final Map<String, ClusterFacts> facts = new LinkedHashMap<>();
  private FleetView fleet = FleetView.unavailable("not asked");

  Checked narrative(String text) {
    narrative = text;
    return this;
  }

  Checked flag(String id, @Nullable String severity, @Nullable String reason, String metrics) {
    return flag(new FlaggedCluster(id, severity, reason, metrics(metrics)));
  }

  Checked flag(FlaggedCluster cluster) {
    flagged.add(cluster);
    return this;
  }

  Checked predict(Prediction prediction) {
    predictions.add(prediction);
    return this;
  }

  Checked summarize(CustomerSummary summary) {
    summaries.add(summary);
    return this;
  }

  Checked act(String text) {
    actions.add(new RecommendedAction("Today", text));
    return this;
  }

  Checked answer(String tool, String arguments, String result) {
    evidence.add(new Evidence(tool, arguments, result, NOW.minusSeconds(120)));
    return this;
  }

  /** An answer of get_cluster_metrics on one metric. */
  Checked metric(String cluster, String metric, double latest, String more) {
    return answer(
        "get_cluster_metrics",
        "{\"cluster_id\":\"" + cluster + "\"}",
        """
        {"cluster_id":"%s","hours":24,"metrics":[{"metric":"%s","samples":24,
         "latest_at":"2026-11-25T06:56:00Z","latest":%s%s}]}"""
            .formatted(cluster, metric, latest, more));
  }

  Checked fleet(ClusterFacts cluster) {
    facts.put(cluster.clusterId(), cluster);
    return readable();
  }

  /** The fleet's tables can be read. */
  Checked readable() {
    fleet = new FleetView(NOW.plusSeconds(5), facts, List.of(), List.of(), null);
    return this;
  }

  static ClusterFacts facts(
      String id, String risk, double score, Map<String, Double> figures, ReasonCode... codes) {
    return new ClusterFacts(
        id,
        id + "-name",
        "ACME",
        "S",
        "aws",
        "eu-west-1",
        "3.2.1",
        "active",
        score,
        NOW.minusSeconds(600),
        risk,
        List.of(),
        NOW.minusSeconds(600),
        figures,
        List.of(codes));
  }

  Grounding grounding() {
    ParsedReport report =
        new ParsedReport(narrative, flagged, predictions, summaries, actions, Set.of(), List.of());
    return Verifier.verify(report, snapshot(), evidence, fleet, NOW);
  }

  List<Claim> claims() {
    return grounding().claims();
  }

  /** The claims of that name. */
  List<Claim> claims(String name) {
    return claims().stream().filter(claim -> claim.name().equals(name)).toList();
  }

  /** The only claim of that name. */
  Claim only(String name) {
    List<Claim> found = claims(name);
    if (found.size() != 1) {
      throw new AssertionError("claims named " + name + ": " + found + " of " + claims());
    }
    return found.get(0);
  }

  EvidenceSource source(Claim claim) {
    Integer source = claim.source();
    if (source == null) {
      throw new AssertionError("no source: " + claim);
    }
    return grounding().sources().get(source);
  }

  static FleetSnapshot snapshot() {
    return new FleetSnapshot(
        NOW.minusSeconds(180),
        new FleetSnapshot.ClusterCounts(44, 41, 2, 1),
        new FleetSnapshot.RiskDistribution(6, 9, 25, 1),
        new FleetSnapshot.HealthDistribution(28, 10, 3, 0),
        new FleetSnapshot.AlertCounts(12, 17, 4),
        new FleetSnapshot.IssueCounts(3, 5, 7, 11),
        List.of(
            problem("c-1", "ACME", "S", "Critical", 31.5, new RiskReason("DISK_FILLING", null)),
            problem("c-2", "Globex", "B", "Healthy", 96.0)),
        List.of(),
        List.of(),
        List.of());
  }

  private static ProblemCluster problem(
      String id, String customer, String tier, String risk, double score, RiskReason... reasons) {
    return new ProblemCluster(
        id,
        id + "-name",
        customer,
        tier,
        "aws",
        "eu-west-1",
        "3.2.1",
        score,
        NOW.minusSeconds(600),
        risk,
        List.of(reasons),
        NOW.minusSeconds(600));
  }

  private static Map<String, JsonNode> metrics(String json) {
    try {
      Map<String, JsonNode> metrics = new LinkedHashMap<>();
      JSON.readerFor(JsonNode.class)
          .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .with(JsonNodeFactory.withExactBigDecimals(true)) // 1.50 has two decimals
          .readTree(json)
          .properties()
          .forEach(entry -> metrics.put(entry.getKey(), entry.getValue()));
      return metrics;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
