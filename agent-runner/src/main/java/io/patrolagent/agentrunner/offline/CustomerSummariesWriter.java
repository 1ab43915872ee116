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
                "- **"
                    + entry.getKey()
                    + "** ("
                    + entry.getValue().get(0).tier()
                    + "): "
                    + summary(entry.getValue(), assessment.coverage()))
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
    int all = clusters.size();
    long critical = clusters.stream().filter(f -> f.severity() == Severity.CRITICAL).count();
    String subject = all == 1 ? "One cluster" : Prose.count(all, "cluster");
    if (critical == all) {
      return subject + Prose.agree(all, " is", " are") + " critical.";
    }
    if (critical == 0) {
      return subject + Prose.agree(all, " has", " have") + " a warning.";
    }
    return subject
        + " are in trouble: "
        + Prose.number(critical)
        + " critical and "
        + Prose.number(all - critical)
        + " with a warning.";
  }
}
