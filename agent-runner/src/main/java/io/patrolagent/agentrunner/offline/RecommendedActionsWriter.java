package io.patrolagent.agentrunner.offline;

import static java.util.Comparator.comparing;

import io.patrolagent.common.report.ReportSection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A bullet for each action, most urgent first, clusters before the fleet. */
final class RecommendedActionsWriter implements SectionWriter {

  @Override
  public ReportSection section() {
    return ReportSection.RECOMMENDED_ACTIONS;
  }

  @Override
  public String write(Assessment assessment) {
    List<Action> actions =
        Stream.concat(
                ClusterActions.of(assessment.findings()).stream(),
                FleetActions.of(assessment).stream())
            .sorted(comparing(Action::urgency))
            .toList();
    if (actions.isEmpty()) {
      return "Nothing needs to be done.";
    }
    return actions.stream()
        .map(action -> "- [" + action.urgency().label() + "] " + action.text() + ".")
        .collect(Collectors.joining("\n"));
  }
}
