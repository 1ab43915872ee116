package io.patrolagent.agentrunner.offline;

import static java.util.Comparator.comparing;

import io.patrolagent.agentrunner.offline.wording.DataText;
import io.patrolagent.agentrunner.offline.wording.Prose;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What to do about the flagged clusters: one action for each reason code and urgency, so that the
 * same work on several clusters is one line.
 *
 * <p>A critical cluster of Tier S or A is always immediate. Another critical one is as urgent as
 * the code, and so is a warning of Tier S or A; other warnings are one step later.
 */
final class ClusterActions {

  private static final int NAMED = 5;
  private static final int DOCUMENTS = 2;

  private record Work(String code, Urgency urgency) {}

  private ClusterActions() {}

  /** The actions, most urgent first, then in the order of the findings. */
  static List<Action> of(List<ClusterFinding> findings) {
    Map<Work, List<ClusterFinding>> clusters = new LinkedHashMap<>();
    for (ClusterFinding finding : findings) {
      for (String code : codes(finding)) {
        clusters.computeIfAbsent(work(finding, code), none -> new ArrayList<>()).add(finding);
      }
    }
    return clusters.entrySet().stream()
        .map(entry -> action(entry.getKey(), entry.getValue()))
        .sorted(comparing(Action::urgency))
        .toList();
  }

  /** Its reason codes, or one empty code for a cluster that is in trouble for no known reason. */
  private static List<String> codes(ClusterFinding finding) {
    return finding.codes().isEmpty() ? List.of("") : finding.codes();
  }

  private static Work work(ClusterFinding finding, String code) {
    Urgency urgency = Remedy.of(code).map(Remedy::urgency).orElse(Urgency.TODAY);
    boolean critical = finding.severity() == Severity.CRITICAL;
    if (finding.isPriority()) {
      return new Work(code, critical ? Urgency.IMMEDIATE : urgency);
    }
    return new Work(code, critical ? urgency : urgency.later());
  }

  private static Action action(Work work, List<ClusterFinding> clusters) {
    String instruction =
        work.code().isEmpty()
            ? "Find out what is wrong, for no reason is recorded"
            : Remedy.of(work.code())
                .map(Remedy::instruction)
                .orElse("Look into it: no standard remedy is known for this reason");
    String reason = work.code().isEmpty() ? "" : " (" + DataText.words(work.code()) + ")";
    return new Action(
        work.urgency(),
        instruction + reason + ": " + names(clusters) + documents(work.code(), clusters));
  }

  /** {@code checkout (c-1042) of Acme (Tier S)}, the rest beyond five only counted. */
  private static String names(List<ClusterFinding> clusters) {
    return Prose.list(clusters.stream().map(ClusterFinding::fullLabel).toList(), NAMED);
  }

  /** What the knowledge lake has on the clusters' first reason. */
  private static String documents(String code, List<ClusterFinding> clusters) {
    List<String> titles =
        clusters.stream()
            .filter(finding -> !code.isEmpty() && finding.codes().indexOf(code) == 0)
            .flatMap(finding -> finding.documents().stream())
            .distinct()
            .map(Documents::citation)
            .toList();
    return titles.isEmpty() ? "" : "; see " + Prose.list(titles, DOCUMENTS);
  }
}
