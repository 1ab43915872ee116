package io.patrolagent.agentrunner.offline;

import static java.util.Comparator.comparing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which of the rated clusters are looked into. Tier S and A that are Critical come first; of the
 * rest, one cluster for each kind of trouble says more than five with the same.
 */
record DeepDives(List<ClusterFinding> deep, List<ClusterFinding> light) {

  private static final int DEEP = 5;
  private static final int LIGHT = 5;

  /** From findings that are ordered worst first. */
  static DeepDives among(List<ClusterFinding> rated) {
    Set<String> covered = new HashSet<>();
    List<ClusterFinding> first =
        rated.stream()
            .filter(finding -> finding.isPriority() && finding.severity() == Severity.CRITICAL)
            .limit(DEEP)
            .toList();
    List<ClusterFinding> deep = new ArrayList<>(first);
    first.forEach(finding -> covered.addAll(finding.codes()));
    List<ClusterFinding> bySeverity =
        rated.stream().sorted(comparing(ClusterFinding::severity)).toList();
    fill(deep, DEEP, bySeverity, covered);
    List<ClusterFinding> light = new ArrayList<>();
    fill(light, LIGHT, rated.stream().filter(finding -> !deep.contains(finding)).toList(), covered);
    return new DeepDives(List.copyOf(deep), List.copyOf(light));
  }

  /** First with those that have a reason which none so far has, then in order. */
  private static void fill(
      List<ClusterFinding> chosen, int most, List<ClusterFinding> from, Set<String> covered) {
    for (ClusterFinding finding : from) {
      boolean isNew = finding.codes().isEmpty() || !covered.containsAll(finding.codes());
      if (chosen.size() < most && isNew && !chosen.contains(finding)) {
        chosen.add(finding);
        covered.addAll(finding.codes());
      }
    }
    Stream<ClusterFinding> rest = from.stream().filter(finding -> !chosen.contains(finding));
    rest.limit(Math.max(0, most - chosen.size())).toList().forEach(chosen::add);
  }

  /** Those that are not looked into one by one. */
  List<ClusterFinding> others(List<ClusterFinding> rated) {
    return rated.stream()
        .filter(finding -> !deep.contains(finding) && !light.contains(finding))
        .toList();
  }
}
