package io.patrolagent.agentrunner.offline;

import io.patrolagent.agentrunner.offline.wording.DataText;
import io.patrolagent.agentrunner.offline.wording.Prose;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The clusters that matter most, and how many more there are. */
final class WorstParagraph {

  private static final int NAMED = 5;
  private static final int CLAUSES = 2;

  private WorstParagraph() {}

  static List<String> write(Assessment assessment) {
    List<String> sentences = new ArrayList<>();
    List<ClusterFinding> findings = assessment.findings();
    if (!findings.isEmpty()) {
      sentences.add(opening(findings));
    }
    findings.stream()
        .limit(NAMED)
        .map(finding -> sentence(finding, assessment.coverage()))
        .forEach(sentences::add);
    if (findings.size() > NAMED) {
      sentences.add(more(findings.subList(NAMED, findings.size())));
    }
    if (assessment.ratedWithProblem() > assessment.ratedAndNamed()) {
      sentences.add(
          unnamed(
              assessment.ratedAndNamed(),
              assessment.ratedWithProblem(),
              assessment.evidence().has("query_fleet_summary")));
    }
    return sentences;
  }

  private static String opening(List<ClusterFinding> findings) {
    if (findings.stream().noneMatch(ClusterFinding::isPriority)) {
      return "No Tier S or A cluster is on record as Critical or Poor.";
    }
    return findings.size() == 1
        ? "One cluster stands out."
        : "These are worst, Tier S and A before the rest.";
  }

  private static String sentence(ClusterFinding finding, Coverage coverage) {
    ProblemCluster cluster = finding.cluster();
    String reasons = ClusterWording.reasons(finding, CLAUSES);
    return Prose.capitalised(finding.customer())
        + " ("
        + finding.tier()
        + "): "
        + finding.label()
        + " in "
        + DataText.name(cluster.region(), "an unknown region")
        + " on version "
        + DataText.name(cluster.version(), "unknown")
        + " is "
        + ClusterWording.condition(finding, coverage)
        + (reasons.isEmpty() ? "; no reason is recorded." : ": " + reasons + ".");
  }

  private static String more(List<ClusterFinding> rest) {
    Map<String, Integer> tiers = new LinkedHashMap<>();
    rest.forEach(finding -> tiers.merge(finding.tier(), 1, Integer::sum));
    List<String> parts =
        tiers.entrySet().stream()
            .map(entry -> Prose.number(entry.getValue()) + " of " + entry.getKey())
            .toList();
    return Prose.count(rest.size(), "more cluster")
        + (parts.size() == 1 ? " of " + rest.get(0).tier() : " (" + Prose.list(parts) + ")")
        + (rest.size() + NAMED <= FlaggedClustersWriter.MAX
            ? Prose.agree(rest.size(), " is", " are") + " flagged below."
            : " have problems; the worst "
                + Prose.number(FlaggedClustersWriter.MAX)
                + " in all are flagged below.");
  }

  private static String unnamed(int named, int rated, boolean listed) {
    return (listed ? "The lists that were read name " : "The snapshot names ")
        + (named == 0 ? "none" : Prose.number(named))
        + " of the "
        + Prose.count(rated, "cluster")
        + " rated Critical or Warning"
        + (listed
            ? "."
            : ": it lists the ten lowest health scores and the Tier S and A clusters that are"
                + " Critical or Poor.");
  }
}
