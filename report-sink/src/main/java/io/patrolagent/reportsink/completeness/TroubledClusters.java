package io.patrolagent.reportsink.completeness;

import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import io.patrolagent.common.patrol.FleetSnapshot.RiskReason;
import io.patrolagent.common.report.AddedFrom;
import io.patrolagent.common.report.ClusterFacts;
import io.patrolagent.common.report.CustomerSummary;
import io.patrolagent.reportsink.fleet.FleetView;
import io.patrolagent.reportsink.fleet.FleetView.PriorityCluster;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The Tier S and A clusters in trouble, by customer: as the fleet's tables have them or, where
 * these could not be read, as the snapshot does, which knows no issues.
 */
final class TroubledClusters {

  private static final int NAMED = 3;

  private record Trouble(
      String clusterId,
      String customer,
      String tier,
      @Nullable String riskLevel,
      @Nullable Double score,
      List<RiskReason> reasons,
      @Nullable String issueSeverity,
      @Nullable String issueTitle) {

    boolean isCritical() {
      return "Critical".equals(riskLevel);
    }
  }

  private final AddedFrom source;
  private final List<Trouble> all;

  private TroubledClusters(AddedFrom source, List<Trouble> all) {
    this.source = source;
    this.all = all;
  }

  static TroubledClusters of(FleetSnapshot snapshot, FleetView fleet) {
    return fleet.isAvailable()
        ? new TroubledClusters(
            AddedFrom.FLEET,
            fleet.priority().stream()
                .flatMap(p -> fleet.cluster(p.clusterId()).map(f -> trouble(f, p)).stream())
                .toList())
        : new TroubledClusters(
            AddedFrom.SNAPSHOT,
            snapshot.priorityClusters().stream().map(TroubledClusters::trouble).toList());
  }

  /** Those rated Critical, by id. */
  List<String> critical() {
    return all.stream().filter(Trouble::isCritical).map(Trouble::clusterId).toList();
  }

  /** A summary of each customer that none of these speaks of. */
  List<CustomerSummary> summariesBut(List<CustomerSummary> written) {
    Set<String> known = new HashSet<>();
    written.forEach(summary -> known.add(folded(summary.customer())));
    Map<String, List<Trouble>> byCustomer = new LinkedHashMap<>();
    all.forEach(
        trouble ->
            byCustomer.computeIfAbsent(trouble.customer(), c -> new ArrayList<>()).add(trouble));
    return byCustomer.entrySet().stream()
        .filter(entry -> !entry.getKey().isBlank() && !known.contains(folded(entry.getKey())))
        .map(
            entry ->
                new CustomerSummary(
                    entry.getKey(),
                    entry.getValue().get(0).tier(),
                    summary(entry.getValue()),
                    source))
        .toList();
  }

  private static String summary(List<Trouble> clusters) {
    StringBuilder text = new StringBuilder();
    text.append(clusters.size() == 1 ? "One cluster needs" : clusters.size() + " clusters need");
    text.append(" attention: ");
    text.append(
        String.join("; ", clusters.stream().limit(NAMED).map(TroubledClusters::state).toList()));
    int more = clusters.size() - NAMED;
    return text.append(more > 0 ? "; and " + more + " more." : ".").toString();
  }

  private static String state(Trouble cluster) {
    List<String> parts = new ArrayList<>();
    if (cluster.riskLevel() != null && !"Healthy".equals(cluster.riskLevel())) {
      parts.add("rated " + cluster.riskLevel() + reasons(cluster.reasons()));
    }
    if (cluster.score() != null) {
      parts.add("health score " + plain(cluster.score()));
    }
    if (cluster.issueSeverity() != null) {
      parts.add("open " + cluster.issueSeverity() + " issue “" + cluster.issueTitle() + "”");
    }
    return cluster.clusterId() + (parts.isEmpty() ? "" : ": " + String.join(", ", parts));
  }

  private static String reasons(List<RiskReason> reasons) {
    return reasons.isEmpty()
        ? ""
        : " ("
            + String.join(", ", reasons.stream().limit(NAMED).map(RiskReason::code).toList())
            + ")";
  }

  private static String plain(double score) {
    return score == Math.rint(score)
        ? String.valueOf((long) score)
        : String.format(Locale.ROOT, "%.1f", score);
  }

  /** A customer's name as two writers may write it. */
  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "");
  }

  private static Trouble trouble(ClusterFacts facts, PriorityCluster priority) {
    return new Trouble(
        facts.clusterId(),
        facts.customerName(),
        facts.customerTier(),
        facts.riskLevel(),
        facts.healthScore(),
        facts.riskReasons(),
        priority.issueSeverity(),
        priority.issueTitle());
  }

  private static Trouble trouble(ProblemCluster cluster) {
    return new Trouble(
        cluster.clusterId(),
        cluster.customerName(),
        cluster.customerTier(),
        cluster.riskLevel(),
        cluster.healthScore(),
        cluster.riskReasons(),
        null,
        null);
  }
}
