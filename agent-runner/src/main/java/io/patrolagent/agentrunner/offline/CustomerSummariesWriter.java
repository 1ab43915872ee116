package io.patrolagent.agentrunner.offline;

import io.patrolagent.common.report.ReportSection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Two or three sentences for each Tier S and A customer with a flagged cluster. */
final class CustomerSummariesWriter implements SectionWriter {

  private static final int OTHERS_NAMED = 4;

  @Override
  public ReportSection section() {
    return ReportSection.CUSTOMER_SUMMARIES;
  }

  @Override
  public String write(Assessment assessment) {
    Map<String, List<ClusterFinding>> byCustomer = new LinkedHashMap<>();
    assessment.findings().stream()
        .filter(ClusterFinding::isPriority)
        .forEach(f -> byCustomer.computeIfAbsent(f.customer(), c -> new ArrayList<>()).add(f));
    if (byCustomer.isEmpty()) {
      return "The snapshot names no Tier S or A customer with a problem.";
    }
    return byCustomer.entrySet().stream()
        .map(
            entry ->
                "- **" + entry.getKey() + "**: " + summary(entry.getValue(), assessment.coverage()))
        .collect(Collectors.joining("\n"));
  }

  private static String summary(List<ClusterFinding> clusters, Coverage coverage) {
    ClusterFinding worst = clusters.get(0);
    String reasons = ClusterWording.reasons(worst);
    List<String> sentences = new ArrayList<>();
    sentences.add(overview(clusters));
    sentences.add(
        (clusters.size() == 1 ? "Cluster " : "The worst, ")
            + worst.label()
            + (clusters.size() == 1 ? " is " : ", is ")
            + ClusterWording.condition(worst, coverage)
            + (reasons.isEmpty() ? "; no reason is recorded." : ": " + reasons + "."));
    if (clusters.size() > 1) {
      List<String> others =
          clusters.subList(1, clusters.size()).stream()
              .map(
                  f ->
                      f.label()
                          + (f.severity() == Severity.CRITICAL ? " as critical" : " as a warning"))
              .toList();
      sentences.add("Also flagged: " + Prose.list(others, OTHERS_NAMED) + ".");
    }
    return String.join(" ", sentences);
  }

  private static String overview(List<ClusterFinding> clusters) {
    long critical = clusters.stream().filter(f -> f.severity() == Severity.CRITICAL).count();
    long warning = clusters.size() - critical;
    List<String> parts = new ArrayList<>();
    if (critical > 0) {
      parts.add(Prose.number(critical) + " critical");
    }
    if (warning > 0) {
      parts.add(Prose.number(warning) + " with a warning");
    }
    return Prose.capitalised(clusters.get(0).tier())
        + " customer with "
        + (parts.size() == 1
            ? parts.get(0).replace(" with", " cluster with").replace("critical", "critical cluster")
            : Prose.count(clusters.size(), "cluster") + " in trouble, " + Prose.list(parts))
        + ".";
  }
}
