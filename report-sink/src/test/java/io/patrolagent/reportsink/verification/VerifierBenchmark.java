package io.patrolagent.reportsink.verification;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.patrolagent.common.event.AgentFinished.Evidence;
import io.patrolagent.common.report.FlaggedCluster;
import io.patrolagent.common.report.ParsedReport;
import io.patrolagent.reportsink.fleet.FleetView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * How long checking a report takes that flags so many clusters with eight metrics each, against the
 * floor of parsing the same answers as JSON. Where the time is linear, the last column stays the
 * same. Not part of the build; CONTRIBUTING says how to run it.
 */
class VerifierBenchmark {

  private static final int METRICS = 8;
  private static final int CLUSTERS_OF_AN_ANSWER = 100;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void timeByFlaggedClusters() throws Exception {
    for (int clusters : new int[] {10, 100, 1_000, 4_000}) {
      ParsedReport report = report(clusters);
      List<Evidence> evidence = evidence(clusters);
      double floor = best(() -> parse(evidence));
      double check = best(() -> check(report, evidence));
      System.out.printf(
          "%,6d clusters, %,7d claims: %8.1f ms, JSON alone %6.2f ms, ratio %5.1f, %6.1f µs a claim%n",
          clusters,
          check(report, evidence),
          check,
          floor,
          check / floor,
          1_000 * check / check(report, evidence));
    }
  }

  private interface Work {
    int run() throws Exception;
  }

  private static double best(Work work) throws Exception {
    long warmUp = System.nanoTime() + 1_000_000_000L;
    int sink = 0;
    do {
      sink += work.run();
    } while (System.nanoTime() < warmUp);
    long best = Long.MAX_VALUE;
    for (int run = 0; run < 5; run++) {
      long begin = System.nanoTime();
      sink += work.run();
      best = Math.min(best, System.nanoTime() - begin);
    }
    return sink == 0 ? Double.NaN : best / 1e6;
  }

  private static int check(ParsedReport report, List<Evidence> evidence) {
    return Verifier.verify(
            report, Checked.snapshot(), evidence, FleetView.unavailable("none"), Checked.NOW)
        .claims()
        .size();
  }

  private static int parse(List<Evidence> evidence) throws Exception {
    int nodes = 0;
    for (Evidence answer : evidence) {
      nodes += JSON.readTree(answer.result()).size();
    }
    return nodes;
  }

  private static ParsedReport report(int clusters) {
    List<FlaggedCluster> flagged = new ArrayList<>();
    for (int c = 0; c < clusters; c++) {
      Map<String, com.fasterxml.jackson.databind.JsonNode> metrics = new LinkedHashMap<>();
      for (int m = 0; m < METRICS; m++) {
        metrics.put("metric_" + m + "_percent", JSON.getNodeFactory().numberNode(value(c, m)));
      }
      String reason = "Disk is at " + value(c, 0) + " % and metric 1 at " + value(c, 1) + " %.";
      flagged.add(new FlaggedCluster("b-" + c, "critical", reason, metrics));
    }
    return new ParsedReport(
        "6 clusters are critical.", flagged, List.of(), List.of(), List.of(), Set.of(), List.of());
  }

  private static List<Evidence> evidence(int clusters) {
    List<Evidence> evidence = new ArrayList<>();
    for (int from = 0; from < clusters; from += CLUSTERS_OF_AN_ANSWER) {
      StringBuilder rows = new StringBuilder("{\"rows\":[");
      for (int c = from; c < Math.min(clusters, from + CLUSTERS_OF_AN_ANSWER); c++) {
        rows.append(c == from ? "" : ",").append("{\"cluster_id\":\"b-").append(c).append('"');
        for (int m = 0; m < METRICS; m++) {
          rows.append(",\"metric_").append(m).append("_percent\":").append(value(c, m));
        }
        rows.append(",\"risk_level\":\"Critical\"}");
      }
      evidence.add(new Evidence("query_sql", "{}", rows.append("]}").toString(), Checked.NOW));
    }
    return evidence;
  }

  private static double value(int cluster, int metric) {
    return (cluster * 37 + metric * 11) % 1_000 / 10.0;
  }
}
