package io.patrolagent.agentrunner.offline;

import io.patrolagent.agentrunner.offline.evidence.NoisyCluster;
import io.patrolagent.agentrunner.offline.wording.DataText;
import io.patrolagent.agentrunner.offline.wording.Prose;
import java.util.List;
import java.util.Optional;

/** Clusters that raise many alerts and are well: named so that nobody takes them for trouble. */
final class NoiseWording {

  private static final int NAMED = 3;

  private NoiseWording() {}

  static List<String> sentences(List<NoisyCluster> noisy) {
    if (noisy.isEmpty()) {
      return List.of();
    }
    List<String> parts =
        noisy.stream()
            .map(
                cluster ->
                    label(cluster)
                        + " with "
                        + Prose.count(cluster.alerts(), "alert")
                        + " in 24 hours"
                        + (cluster.score() == null
                            ? ""
                            : " and a health score of " + Prose.score(cluster.score())))
            .toList();
    return List.of(
        "Noise, not trouble: "
            + Prose.list(parts, NAMED)
            + Prose.agree(
                noisy.size(),
                "; it is rated Healthy, no critical alert of its is firing, and it is not flagged.",
                "; they are rated Healthy, no critical alert of theirs is firing, and they are not"
                    + " flagged."));
  }

  static Optional<Action> action(List<NoisyCluster> noisy) {
    return noisy.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Action(
                Urgency.THIS_WEEK,
                "Raise the thresholds of alerts that resolve by themselves all day: "
                    + Prose.list(noisy.stream().map(NoiseWording::label).toList(), NAMED)));
  }

  private static String label(NoisyCluster cluster) {
    String id = DataText.name(cluster.clusterId(), "a cluster without an id");
    return DataText.name(cluster.clusterName(), id)
        + " ("
        + id
        + ") of "
        + DataText.name(cluster.customerName(), "an unnamed customer")
        + " (Tier "
        + DataText.name(cluster.customerTier(), "unknown")
        + ")";
  }
}
