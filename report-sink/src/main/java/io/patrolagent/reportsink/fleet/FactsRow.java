package io.patrolagent.reportsink.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patrolagent.common.patrol.FleetSnapshot.RiskReason;
import io.patrolagent.common.report.ClusterFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row of {@code report_clusters.sql} as facts. */
final class FactsRow {

  private static final List<String> FIGURES =
      List.of(
          "nodes",
          "nodes_not_running",
          "restarts_24h",
          "firing_alerts",
          "firing_critical_alerts",
          "open_issues",
          "open_issues_critical",
          "open_issues_high");

  private FactsRow() {}

  static ClusterFacts read(ObjectNode row, Map<String, Double> metrics) {
    Map<String, Double> figures = new HashMap<>(metrics);
    for (String name : FIGURES) {
      if (row.path(name).isNumber()) {
        figures.put(name, row.path(name).asDouble());
      }
    }
    Double score = row.path("health_score").isNumber() ? row.path("health_score").asDouble() : null;
    String level = row.path("risk_level").textValue();
    List<RiskReason> reasons = reasons(row.path("risk_reasons"));
    return new ClusterFacts(
        row.path("cluster_id").asText(),
        row.path("cluster_name").asText(""),
        row.path("customer_name").asText(""),
        row.path("customer_tier").asText(""),
        row.path("cloud").asText(""),
        row.path("region").asText(""),
        row.path("version").asText(""),
        row.path("status").asText(""),
        score,
        instant(row.path("scored_at")),
        level,
        reasons,
        instant(row.path("risk_at")),
        figures,
        ReasonCodes.of(level, reasons, score, figures));
  }

  /** As far as they are written as asked; what a collector wrote otherwise is no reason. */
  private static List<RiskReason> reasons(JsonNode written) {
    List<RiskReason> reasons = new ArrayList<>();
    for (JsonNode reason : written) {
      if (reason.path("code").isTextual()) {
        reasons.add(
            new RiskReason(reason.path("code").asText(), reason.path("detail").textValue()));
      } else if (reason.isTextual()) {
        reasons.add(new RiskReason(reason.asText(), null));
      }
    }
    return reasons;
  }

  private static @Nullable Instant instant(JsonNode value) {
    return value.isTextual() ? Instant.parse(value.asText()) : null;
  }
}
