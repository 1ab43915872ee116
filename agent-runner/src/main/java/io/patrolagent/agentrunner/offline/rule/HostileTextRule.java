package io.patrolagent.agentrunner.offline.rule;

import io.patrolagent.agentrunner.offline.evidence.ClusterAlert;
import io.patrolagent.agentrunner.offline.evidence.ClusterEvidence;
import io.patrolagent.agentrunner.offline.evidence.LogLine;
import io.patrolagent.agentrunner.offline.wording.DataText;
import io.patrolagent.agentrunner.offline.wording.HostileText;
import io.patrolagent.agentrunner.offline.wording.Prose;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import io.patrolagent.common.patrol.FleetSnapshot.RiskReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Text in the data that gives orders. It is reported as what it is and where it stands; it is
 * neither followed nor repeated.
 */
final class HostileTextRule implements Rule {

  @Override
  public List<Observation> observe(ProblemCluster cluster, ClusterEvidence evidence, Instant now) {
    List<String> places = new ArrayList<>();
    for (LogLine line : evidence.logs()) {
      if (HostileText.isIn(line.message())) {
        places.add(
            "a line in the log of "
                + DataText.name(line.component(), "an unnamed component")
                + Prose.at(line.at()));
      }
    }
    for (ClusterAlert alert : evidence.alerts()) {
      if (HostileText.isIn(alert.message())) {
        places.add("the message of an alert" + Prose.at(alert.firedAt()));
      }
    }
    for (RiskReason reason : cluster.riskReasons()) {
      if (HostileText.isIn(reason.detail())) {
        places.add("the detail of a risk reason");
      }
    }
    return places.isEmpty()
        ? List.of()
        : List.of(
            Observation.of(
                Subject.HOSTILE_TEXT,
                "text in its data gives orders to whoever reads it ("
                    + Prose.list(places.stream().distinct().toList(), 2)
                    + "); it was taken as data and not followed"));
  }
}
