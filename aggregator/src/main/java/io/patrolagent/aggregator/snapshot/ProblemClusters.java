package io.patrolagent.aggregator.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import io.patrolagent.common.patrol.FleetSnapshot.RiskReason;
import io.patrolagent.common.stage.PermanentFailureException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The two lists of clusters to look at, kept to what fits an event and a prompt on a day when the
 * whole fleet burns.
 */
record ProblemClusters(List<ProblemCluster> worst, List<ProblemCluster> priority, int priorities) {

  static final int MOST_WORST = 10;
  static final int MOST_PRIORITY = 500;
  private static final int MOST_REASONS = 5;
  private static final int MOST_LETTERS = 200;

  static ProblemClusters of(List<ResultRow> rows) throws PermanentFailureException {
    List<ProblemCluster> worst = new ArrayList<>();
    List<ProblemCluster> priority = new ArrayList<>();
    for (ResultRow row : rows) {
      switch (row.requiredText("list")) {
        case "worst" -> worst.add(cluster(row));
        case "priority" -> priority.add(cluster(row));
        default -> throw row.wrong("list", "worst or priority", row.text("list"));
      }
    }
    return new ProblemClusters(
        first(MOST_WORST, worst), first(MOST_PRIORITY, priority), priority.size());
  }

  /** That the list does not hold them all, if so. */
  Optional<String> warning() {
    return priorities == priority.size()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%,d Tier S and A clusters are Critical or Poor; priority_clusters holds the first %,d",
                priorities,
                priority.size()));
  }

  private static List<ProblemCluster> first(int most, List<ProblemCluster> all) {
    return List.copyOf(all.subList(0, Math.min(most, all.size())));
  }

  private static ProblemCluster cluster(ResultRow row) throws PermanentFailureException {
    return new ProblemCluster(
        row.requiredText("cluster_id"),
        row.requiredText("cluster_name"),
        row.requiredText("customer_name"),
        row.requiredText("customer_tier"),
        row.requiredText("cloud"),
        row.requiredText("region"),
        row.requiredText("version"),
        row.number("health_score"),
        row.instant("scored_at"),
        row.text("risk_level"),
        reasons(row),
        row.instant("risk_at"));
  }

  private static List<RiskReason> reasons(ResultRow row) throws PermanentFailureException {
    String json = row.text("risk_reasons");
    if (json == null) {
      return List.of();
    }
    JsonNode array;
    try {
      array = EventCodec.mapper().readTree(json);
    } catch (JsonProcessingException unreadable) {
      throw row.wrong("risk_reasons", "JSON that can be read", "what it is");
    }
    if (!array.isArray() && !array.isNull()) {
      throw row.wrong("risk_reasons", "a JSON array", array.getNodeType());
    }
    List<RiskReason> reasons = new ArrayList<>();
    for (JsonNode reason : array) {
      if (reasons.size() < MOST_REASONS) {
        reasons.add(reason(reason));
      }
    }
    return reasons;
  }

  /** Codes alone will do; whatever else a collector writes is shown as it is. */
  private static RiskReason reason(JsonNode reason) {
    if (reason.isTextual()) {
      return new RiskReason(shortened(reason.textValue()), null);
    }
    if (reason.path("code").isTextual()) {
      JsonNode detail = reason.path("detail");
      return new RiskReason(
          shortened(reason.path("code").textValue()),
          detail.isMissingNode() || detail.isNull() ? null : shortened(words(detail)));
    }
    return new RiskReason("UNSPECIFIED", shortened(reason.toString()));
  }

  private static String words(JsonNode detail) {
    String text = detail.isTextual() ? detail.textValue() : null;
    return text == null ? detail.toString() : text;
  }

  private static String shortened(@Nullable String text) {
    String whole = text == null ? "" : text;
    int letters = whole.codePointCount(0, whole.length());
    return letters <= MOST_LETTERS
        ? whole
        : whole.substring(0, whole.offsetByCodePoints(0, MOST_LETTERS)) + "…";
  }
}
