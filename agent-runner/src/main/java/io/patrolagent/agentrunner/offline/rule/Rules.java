package io.patrolagent.agentrunner.offline.rule;

import io.patrolagent.agentrunner.offline.evidence.ClusterEvidence;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All rules, in the order in which a report tells what they see. */
public final class Rules {

  private static final List<Rule> ALL =
      List.of(
          new DiskFillingRule(),
          new CrashLoopRule(),
          new QuotaRule(),
          new LostNodesRule(),
          new CertificateRule(),
          new BackupRule(),
          new TrendRule(),
          new ErrorLogRule(),
          new HostileTextRule(),
          new FiguresRule());

  private Rules() {}

  /** What all of them see; an error that one has told of is not told again by the next. */
  public static List<Observation> observe(
      ProblemCluster cluster, ClusterEvidence evidence, Instant now) {
    List<Observation> observations = new ArrayList<>();
    Set<String> told = new HashSet<>();
    for (Rule rule : ALL) {
      for (Observation observation : rule.observe(cluster, evidence, now)) {
        boolean isNew =
            observation.subject() != Subject.ERRORS
                || observation.codes().isEmpty()
                || !told.containsAll(observation.codes());
        if (isNew) {
          observations.add(observation);
          told.addAll(observation.codes());
        }
      }
    }
    return List.copyOf(observations);
  }
}
