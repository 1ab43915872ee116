package io.patrolagent.agentrunner.offline;

import static java.util.Comparator.comparing;

import io.patrolagent.agentrunner.offline.wording.Prose;
import io.patrolagent.common.report.ReportSection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A bullet for each outlook, the most confident first; where there is none it says why. */
final class PredictionsWriter implements SectionWriter {

  private static final int MAX = 20;
  private static final int NAMED = 5;

  @Override
  public ReportSection section() {
    return ReportSection.PREDICTIONS;
  }

  @Override
  public String write(Assessment assessment) {
    List<Outlook> outlooks = Outlook.of(assessment.findings(), assessment.coverage());
    if (outlooks.isEmpty()) {
      return none(assessment);
    }
    Map<String, List<Outlook>> bySentence = new LinkedHashMap<>();
    outlooks.stream()
        .sorted(comparing(Outlook::confidence))
        .forEach(
            outlook ->
                bySentence
                    .computeIfAbsent(
                        outlook.confidence() + outlook.event(), none -> new ArrayList<>())
                    .add(outlook));
    return bySentence.values().stream()
        .limit(MAX)
        .map(PredictionsWriter::bullet)
        .collect(Collectors.joining("\n"));
  }

  private static String none(Assessment assessment) {
    if (assessment.evidence().has("get_cluster_metrics")) {
      return "No prediction is made: no metric that was looked at is on its way to a limit, and no"
          + " risk reason names something that is about to happen.";
    }
    return assessment.evidence().has("query_fleet_summary") && assessment.findings().isEmpty()
        ? "No prediction is made: no cluster has a problem whose course could be foreseen."
        : "No prediction is made: the snapshot is a single look and holds no trend, and no risk"
            + " reason names something that is about to happen.";
  }

  /** The same in store for several clusters is one prediction. */
  private static String bullet(List<Outlook> same) {
    Outlook first = same.get(0);
    return "- ["
        + first.confidence().label()
        + "] Cluster"
        + (same.size() == 1 ? " " : "s ")
        + Prose.list(same.stream().map(outlook -> outlook.finding().fullLabel()).toList(), NAMED)
        + " "
        + first.event();
  }
}
