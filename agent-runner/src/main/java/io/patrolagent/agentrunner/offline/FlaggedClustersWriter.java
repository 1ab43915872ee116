package io.patrolagent.agentrunner.offline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patrolagent.agentrunner.offline.rule.Observation;
import io.patrolagent.agentrunner.offline.wording.DataText;
import io.patrolagent.agentrunner.offline.wording.Prose;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import io.patrolagent.common.report.ReportSection;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The findings as a JSON array, worst first, an object on each line. */
final class FlaggedClustersWriter implements SectionWriter {

  /** Far above what anybody reads, far below what an event holds. */
  static final int MAX = 200;

  private static final int CLAUSES = 8;

  /** Ids are kept exact, so what could look like a heading is escaped, not replaced. */
  private static final ObjectWriter WRITER =
      JsonMapper.builder().build().writer().with(new OneLineEscapes());

  @Override
  public ReportSection section() {
    return ReportSection.FLAGGED_CLUSTERS;
  }

  @Override
  public String write(Assessment assessment) {
    if (assessment.findings().isEmpty()) {
      return "[]";
    }
    return assessment.findings().stream()
        .limit(MAX)
        .map(finding -> json(finding, assessment.coverage()))
        .collect(Collectors.joining(",\n  ", "[\n  ", "\n]"));
  }

  private static String json(ClusterFinding finding, Coverage coverage) {
    ProblemCluster cluster = finding.cluster();
    ObjectNode flagged = JsonNodeFactory.instance.objectNode();
    flagged.put("cluster_id", cluster.clusterId());
    flagged.put("severity", finding.severity().wireName());
    flagged.put("reason", reason(finding, coverage));
    ObjectNode metrics = flagged.putObject("key_metrics");
    if (cluster.healthScore() != null) {
      metrics.put("health_score", decimal(cluster.healthScore()));
    }
    for (Observation seen : finding.observations()) {
      seen.figures()
          .forEach((name, value) -> metrics.put(DataText.name(name, "metric"), decimal(value)));
    }
    putText(metrics, "risk_level", cluster.riskLevel());
    putText(metrics, "customer_tier", cluster.customerTier());
    putText(metrics, "version", cluster.version());
    putText(metrics, "region", cluster.region());
    try {
      return WRITER.writeValueAsString(flagged);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a finding cannot be written as JSON", e);
    }
  }

  private static String reason(ClusterFinding finding, Coverage coverage) {
    String reasons = ClusterWording.reasons(finding, CLAUSES);
    String condition = ClusterWording.condition(finding, coverage);
    return reasons.isEmpty()
        ? Prose.capitalised(condition) + "; no reason is recorded"
        : Prose.capitalised(reasons) + "; " + condition;
  }

  private static BigDecimal decimal(double value) {
    return new BigDecimal(Prose.score(value));
  }

  private static void putText(ObjectNode node, String name, @Nullable String text) {
    String value = DataText.name(text, "");
    if (!value.isEmpty()) {
      node.put(name, value);
    }
  }
}
