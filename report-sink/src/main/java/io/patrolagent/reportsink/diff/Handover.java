package io.patrolagent.reportsink.diff;

import io.patrolagent.common.report.ClusterFacts;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.ProblemChange;
import io.patrolagent.common.report.RecommendedAction;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The actions of the report before that name a cluster, by id or name, of which a problem is still
 * there: what the next shift takes over.
 */
final class Handover {

  private Handover() {}

  static List<RecommendedAction> of(
      PatrolReport previous,
      List<ProblemChange> problems,
      EarlierProblems before,
      KnownClusters now) {
    Set<String> calledBy = new HashSet<>();
    problems.stream()
        .filter(problem -> ProblemChanges.isThere(problem.change()))
        .filter(problem -> before.of(problem.clusterId()).containsKey(problem.reasonCode()))
        .map(ProblemChange::clusterId)
        .forEach(
            id -> {
              calledBy.add(id);
              addName(before.known().facts(id), calledBy);
              addName(now.facts(id), calledBy);
            });
    Mentions mentions = new Mentions(calledBy);
    return previous.recommendedActions().stream()
        .filter(action -> mentions.any(action.text()))
        .toList();
  }

  private static void addName(@Nullable ClusterFacts facts, Set<String> names) {
    if (facts != null && facts.clusterName() != null) {
      names.add(facts.clusterName());
    }
  }
}
