package io.patrolagent.agentrunner.offline.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import io.patrolagent.common.patrol.FleetSnapshot.RiskReason;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What {@code query_fleet_summary} answers: the problem clusters, their cohorts, stale sources. */
public record FleetSummary(
    List<ProblemCluster> clusters,
    Map<String, String> accounts,
    int omitted,
    List<Cohort> cohorts,
    List<StaleGroup> stale) {

  /** The summary of a fleet that was not summed up. */
  public static final FleetSummary NONE =
      new FleetSummary(List.of(), Map.of(), 0, List.of(), List.of());

  /** Active clusters whose latest row in a source is old or missing, by one of their traits. */
  public record StaleGroup(
      String source, String dimension, String value, int clusters, @Nullable Instant latestAt) {}

  static FleetSummary of(JsonNode json) {
    Map<String, String> accounts = new LinkedHashMap<>();
    for (JsonNode cluster : Fields.objects(json, "clusters")) {
      String id = Fields.text(cluster, "cluster_id");
      String account = Fields.text(cluster, "account_id");
      if (id != null && account != null) {
        accounts.put(id, account);
      }
    }
    return new FleetSummary(
        Fields.objects(json, "clusters").stream()
            .map(FleetSummary::cluster)
            .filter(Objects::nonNull)
            .toList(),
        accounts,
        Fields.count(json, "omitted"),
        Fields.objects(json, "cohorts").stream().map(Cohort::of).toList(),
        Fields.objects(json, "stale").stream().map(FleetSummary::staleGroup).toList());
  }

  private static @Nullable ProblemCluster cluster(JsonNode json) {
    String id = Fields.text(json, "cluster_id");
    if (id == null) {
      return null;
    }
    return new ProblemCluster(
        id,
        Fields.textOrEmpty(json, "cluster_name"),
        Fields.textOrEmpty(json, "customer_name"),
        Fields.textOrEmpty(json, "customer_tier"),
        Fields.textOrEmpty(json, "cloud"),
        Fields.textOrEmpty(json, "region"),
        Fields.textOrEmpty(json, "version"),
        Fields.number(json, "health_score"),
        Fields.time(json, "scored_at"),
        Fields.text(json, "risk_level"),
        Fields.objects(json, "reasons").stream().map(FleetSummary::reason).toList(),
        Fields.time(json, "risk_at"));
  }

  private static RiskReason reason(JsonNode json) {
    return new RiskReason(Fields.textOrEmpty(json, "code"), Fields.text(json, "detail"));
  }

  private static StaleGroup staleGroup(JsonNode json) {
    return new StaleGroup(
        Fields.textOrEmpty(json, "source"),
        Fields.textOrEmpty(json, "dimension"),
        Fields.textOrEmpty(json, "value"),
        Fields.count(json, "clusters"),
        Fields.time(json, "latest_at"));
  }
}
