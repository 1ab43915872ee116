package io.patrolagent.agentrunner.offline.evidence;

import java.util.List;
import java.util.Set;

/**
 * What was seen of one cluster; {@code tools} are those that answered for it, so that an empty list
 * can be told from one that nobody asked for.
 */
public record ClusterEvidence(
    List<MetricReading> metrics,
    List<ClusterAlert> alerts,
    List<NodeState> nodes,
    List<LogLine> logs,
    Set<String> tools) {

  /** Nothing was looked at. */
  public static final ClusterEvidence NONE =
      new ClusterEvidence(List.of(), List.of(), List.of(), List.of(), Set.of());

  public ClusterEvidence {
    metrics = List.copyOf(metrics);
    alerts = List.copyOf(alerts);
    nodes = List.copyOf(nodes);
    logs = List.copyOf(logs);
    tools = Set.copyOf(tools);
  }

  /** The lines with the level of an error. */
  public List<LogLine> errors() {
    return logs.stream().filter(LogLine::isError).toList();
  }
}
