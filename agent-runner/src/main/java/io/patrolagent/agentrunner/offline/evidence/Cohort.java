package io.patrolagent.agentrunner.offline.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Clusters that share a version, a region, a cloud, an account or a customer, and have problems
 * more often than the others. {@code code} is the reason that is counted, null for any problem;
 * {@code pValue} is how likely chance alone would bring so many together.
 */
public record Cohort(
    String dimension,
    String value,
    @Nullable String code,
    int clusters,
    int withProblem,
    int otherClusters,
    int otherWithProblem,
    @Nullable Double pValue) {

  static Cohort of(JsonNode json) {
    return new Cohort(
        Fields.textOrEmpty(json, "dimension"),
        Fields.textOrEmpty(json, "value"),
        Fields.text(json, "code"),
        Fields.count(json, "clusters"),
        Fields.count(json, "with_problem"),
        Fields.count(json, "other_clusters"),
        Fields.count(json, "other_with_problem"),
        Fields.number(json, "p_value"));
  }
}
