package io.patrolagent.agentrunner.offline.rule;

import io.patrolagent.agentrunner.offline.evidence.ClusterEvidence;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import java.time.Instant;
import java.util.List;

/** Looks for one thing on a cluster. Stateless. */
interface Rule {

  /** What it sees; nothing where its evidence is not there. {@code now} is the patrol's time. */
  List<Observation> observe(ProblemCluster cluster, ClusterEvidence evidence, Instant now);
}
