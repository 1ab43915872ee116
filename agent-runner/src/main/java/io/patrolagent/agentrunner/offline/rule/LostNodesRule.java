package io.patrolagent.agentrunner.offline.rule;

import io.patrolagent.agentrunner.offline.evidence.ClusterEvidence;
import io.patrolagent.agentrunner.offline.evidence.NodeState;
import io.patrolagent.agentrunner.offline.wording.DataText;
import io.patrolagent.agentrunner.offline.wording.Prose;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Nodes that cannot be reached or do not run. */
final class LostNodesRule implements Rule {

  private static final Set<String> LOST = Set.of("unreachable", "stopped");
  private static final int NAMED = 3;

  @Override
  public List<Observation> observe(ProblemCluster cluster, ClusterEvidence evidence, Instant now) {
    List<NodeState> lost =
        evidence.nodes().stream().filter(node -> LOST.contains(node.state())).toList();
    if (lost.isEmpty()) {
      return List.of();
    }
    List<String> names =
        lost.stream()
            .map(node -> DataText.name(node.nodeId(), "one without an id") + " " + node.state())
            .toList();
    return List.of(
        Observation.of(
                Subject.NODES,
                Prose.number(lost.size())
                    + " of "
                    + Prose.count(evidence.nodes().size(), "node")
                    + Prose.agree(lost.size(), " is", " are")
                    + " down: "
                    + Prose.list(names, NAMED)
                    + Prose.at(lost.get(0).observedAt()))
            .figure("nodes_down", lost.size()));
  }
}
