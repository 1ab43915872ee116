package io.patrolagent.agentrunner.offline;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which of the rated clusters are looked into. Tier S and A that are Critical come first; of the
 * rest, one cluster for each kind of trouble says more than five with the same.
 */
record DeepDives(List<ClusterFinding> deep, List<ClusterFinding> light) {

  private static final int DEEP = 5;
  private static final int LIGHT = 5;

  /** From findings that are ordered worst first. */
  static DeepDives among(List<ClusterFinding> rated) {
    List<ClusterFinding> deep =
        new ArrayList<>(
            rated.stream()
                .filter(finding -> finding.isPriority() && finding.severity() == Severity.CRITICAL)
                .limit(DEEP)
                .toList());
    Map<String, Integer> chosenOfKind = new HashMap<>();
    deep.forEach(finding -> chosenOfKind.merge(kind(finding), 1, Integer::sum));
    List<ClusterFinding> bySeverity =
        rated.stream().sorted(comparing(ClusterFinding::severity)).toList();
    fill(deep, DEEP, bySeverity, chosenOfKind);
    List<ClusterFinding> light = new ArrayList<>();
    fill(
        light,
        LIGHT,
        bySeverity.stream().filter(finding -> !deep.contains(finding)).toList(),
        chosenOfKind);
    return new DeepDives(List.copyOf(deep), List.copyOf(light));
  }

  /** Next is always the first one of the kind that has been chosen least so far. */
  private static void fill(
      List<ClusterFinding> chosen,
      int most,
      List<ClusterFinding> from,
      Map<String, Integer> chosenOfKind) {
    while (chosen.size() < most) {
      Optional<ClusterFinding> next =
          from.stream()
              .filter(finding -> !chosen.contains(finding))
              .min(comparingInt(finding -> chosenOfKind.getOrDefault(kind(finding), 0)));
      if (next.isEmpty()) {
        return;
      }
      chosen.add(next.get());
      chosenOfKind.merge(kind(next.get()), 1, Integer::sum);
    }
  }

  private static String kind(ClusterFinding finding) {
    return finding.codes().isEmpty() ? "" : finding.codes().get(0);
  }

  /** Those that are not looked into one by one. */
  List<ClusterFinding> others(List<ClusterFinding> rated) {
    return rated.stream()
        .filter(finding -> !deep.contains(finding) && !light.contains(finding))
        .toList();
  }
}
