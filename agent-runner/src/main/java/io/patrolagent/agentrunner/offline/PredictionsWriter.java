package io.patrolagent.agentrunner.offline;

import static java.util.Comparator.comparing;

import io.patrolagent.common.report.ReportSection;
import java.util.List;
import java.util.stream.Collectors;

/** A bullet for each outlook, the most confident first; where there is none it says why. */
final class PredictionsWriter implements SectionWriter {

  private static final int MAX = 20;

  @Override
  public ReportSection section() {
    return ReportSection.PREDICTIONS;
  }

  @Override
  public String write(Assessment assessment) {
    List<Outlook> outlooks = Outlook.of(assessment.findings(), assessment.coverage());
    if (outlooks.isEmpty()) {
      return assessment.evidence().has("get_cluster_metrics")
          ? "No prediction is made: no metric that was looked at is on its way to a limit, and no"
              + " risk reason names something that is about to happen."
          : "No prediction is made: the snapshot is a single look and holds no trend, and no risk"
              + " reason names something that is about to happen.";
    }
    return outlooks.stream()
        .sorted(comparing(Outlook::confidence))
        .limit(MAX)
        .map(PredictionsWriter::bullet)
        .collect(Collectors.joining("\n"));
  }

  private static String bullet(Outlook outlook) {
    return "- ["
        + outlook.confidence().label()
        + "] Cluster "
        + outlook.finding().fullLabel()
        + " "
        + outlook.event();
  }
}
