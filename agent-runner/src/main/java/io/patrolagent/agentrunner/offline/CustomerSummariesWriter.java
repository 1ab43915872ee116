package io.patrolagent.agentrunner.offline;

import io.patrolagent.agentrunner.offline.wording.DataText;
import io.patrolagent.agentrunner.offline.wording.Prose;
import io.patrolagent.common.report.ReportSection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Two or three sentences for each Tier S and A customer with a flagged cluster. */
final class CustomerSummariesWriter implements SectionWriter {

  private static final int OTHERS_NAMED = 4;
  private static final int CLAUSES = 2;

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
      return "No Tier S or A customer has a problem on record.";
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
    List<String> sentences = new ArrayList<>();
    sentences.add(overview(clusters));
    sentences.add(
        (clusters.size() == 1 ? "Cluster " : "The worst, ")
            + worst.label()
            + (clusters.size() == 1 ? " is " : ", is ")
            + ClusterWording.condition(worst, coverage)
            + why(worst, clusters.size() == 1)
            + ".");
    if (clusters.size() == 1) {
      expected(worst).ifPresent(sentences::add);
    } else {
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

  /** In full where no sentence on what is to come follows, which says the same. */
  private static String why(ClusterFinding worst, boolean alone) {
    String reasons =
        alone && !worst.forecasts().isEmpty()
            ? Prose.list(worst.codes().stream().map(DataText::words).toList(), CLAUSES)
            : ClusterWording.reasons(worst, CLAUSES);
    return reasons.isEmpty() ? "; no reason is recorded" : ": " + reasons;
  }

  /** What is to come, or else what is being done: one sentence. */
  private static Optional<String> expected(ClusterFinding finding) {
    if (!finding.forecasts().isEmpty()) {
      return Optional.of("It " + finding.forecasts().get(0).event() + ".");
    }
    return finding.issues().stream()
        .findFirst()
        .map(
            issue ->
                "An issue of severity "
                    + DataText.name(issue.severity(), "unknown")
                    + " is open: “"
                    + DataText.detail(issue.title())
                    + "”.");
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
