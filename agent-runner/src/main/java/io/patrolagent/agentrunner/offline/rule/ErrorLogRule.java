package io.patrolagent.agentrunner.offline.rule;

import io.patrolagent.agentrunner.offline.evidence.ClusterEvidence;
import io.patrolagent.agentrunner.offline.evidence.LogLine;
import io.patrolagent.agentrunner.offline.wording.DataText;
import io.patrolagent.agentrunner.offline.wording.HostileText;
import io.patrolagent.agentrunner.offline.wording.Prose;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a cluster's log repeats at the level of an error, counted by what it says. */
final class ErrorLogRule implements Rule {

  private static final int TOLD = 2;
  private static final int REPEATED = 2;

  @Override
  public List<Observation> observe(ProblemCluster cluster, ClusterEvidence evidence, Instant now) {
    Map<String, Repeated> byWords = new LinkedHashMap<>();
    for (LogLine line : evidence.errors()) {
      if (!HostileText.isIn(line.message())) {
        byWords.merge(
            line.message().replaceAll("\\d+", "0"),
            new Repeated(line, line.count()),
            Repeated::and);
      }
    }
    return byWords.values().stream()
        .filter(repeated -> repeated.count() >= REPEATED)
        .sorted(Comparator.comparingInt(Repeated::count).reversed())
        .limit(TOLD)
        .map(Repeated::observation)
        .toList();
  }

  private record Repeated(LogLine line, int count) {
    Repeated and(Repeated other) {
      return new Repeated(line, count + other.count);
    }

    Observation observation() {
      return Observation.of(
              Subject.ERRORS,
              "its log repeats “"
                  + DataText.detail(line.message())
                  + "”: "
                  + Prose.count(count, "error")
                  + " in 24 hours"
                  + (line.at() == null ? "" : ", the last at " + Prose.shortTime(line.at())))
          .figure("log_errors_24h", count)
          .codes(ErrorCodes.in(line.message()));
    }
  }
}
