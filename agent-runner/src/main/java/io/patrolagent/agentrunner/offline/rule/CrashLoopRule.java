package io.patrolagent.agentrunner.offline.rule;

import io.patrolagent.agentrunner.offline.evidence.ClusterEvidence;
import io.patrolagent.agentrunner.offline.evidence.LogLine;
import io.patrolagent.agentrunner.offline.evidence.NodeState;
import io.patrolagent.agentrunner.offline.wording.DataText;
import io.patrolagent.agentrunner.offline.wording.Prose;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A node that restarts over and over, with the last words it had. */
final class CrashLoopRule implements Rule {

  private static final int MANY_RESTARTS = 5;
  private static final int RESTARTS_WHILE_RESTARTING = 3;

  @Override
  public List<Observation> observe(ProblemCluster cluster, ClusterEvidence evidence, Instant now) {
    return evidence.nodes().stream()
        .filter(CrashLoopRule::isLooping)
        .map(node -> observation(node, lastWords(node, evidence)))
        .toList();
  }

  private static boolean isLooping(NodeState node) {
    return node.restarts24h() >= MANY_RESTARTS
        || (node.state().equals("restarting") && node.restarts24h() >= RESTARTS_WHILE_RESTARTING);
  }

  private static Observation observation(NodeState node, Optional<LogLine> lastWords) {
    return Observation.of(
            Subject.CRASH_LOOP,
            "node "
                + DataText.name(node.nodeId(), "without an id")
                + " restarted "
                + Prose.count(node.restarts24h(), "time")
                + " in 24 hours and was "
                + DataText.name(node.state(), "in an unknown state")
                + Prose.at(node.observedAt())
                + lastWords
                    .map(line -> "; its last fatal line: “" + DataText.detail(line.message()) + "”")
                    .orElse(""))
        .critical(true)
        .figure("restarts_24h", node.restarts24h())
        .codes(lastWords.map(line -> ErrorCodes.in(line.message())).orElse(Set.of()))
        .forecast(
            Confidence.MEDIUM,
            "keeps restarting node "
                + DataText.name(node.nodeId(), "without an id")
                + ", at "
                + Prose.count(node.restarts24h(), "restart")
                + " a day so far, until the cause is removed");
  }

  private static Optional<LogLine> lastWords(NodeState node, ClusterEvidence evidence) {
    return evidence.logs().stream()
        .filter(line -> line.level().equals("FATAL"))
        .filter(line -> line.node().isEmpty() || line.node().equals(node.nodeId()))
        .findFirst();
  }
}
