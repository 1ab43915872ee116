package io.patrolagent.reportsink;

import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.report.ClusterMention;
import io.patrolagent.common.report.ParsedReport;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.Prediction;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The clusters whose facts a report is checked with: those that it flags or names, those of its
 * snapshot, and those that the reports before it flagged or predicted something of.
 */
final class NamedClusters {

  private final Set<String> ids = new LinkedHashSet<>();

  private NamedClusters() {}

  static Set<String> in(ParsedReport parsed, FleetSnapshot snapshot, List<PatrolReport> earlier) {
    NamedClusters named = new NamedClusters();
    parsed.flaggedClusters().forEach(cluster -> named.add(cluster.clusterId()));
    Stream.of(snapshot.priorityClusters(), snapshot.worstClusters())
        .flatMap(List::stream)
        .forEach(cluster -> named.add(cluster.clusterId()));
    if (!earlier.isEmpty()) {
      PatrolReport previous = earlier.get(0);
      previous.flaggedClusters().forEach(cluster -> named.add(cluster.clusterId()));
      if (previous.diff() != null) {
        previous.diff().problems().forEach(problem -> named.add(problem.clusterId()));
      }
    }
    parsed.predictions().forEach(named::add);
    earlier.forEach(report -> report.predictions().forEach(named::add));
    named.addAll(parsed.fleetNarrative());
    parsed.customerSummaries().forEach(summary -> named.addAll(summary.summary()));
    parsed.recommendedActions().forEach(action -> named.addAll(action.text()));
    return named.ids;
  }

  private void add(Prediction prediction) {
    if (prediction.clusterId() != null) {
      add(prediction.clusterId());
    }
    addAll(prediction.text());
  }

  private void addAll(@Nullable String text) {
    if (text != null) {
      ids.addAll(ClusterMention.idsIn(text));
    }
  }

  private void add(String id) {
    ids.add(id.strip());
  }
}
