package io.patrolagent.common.page;

import static io.patrolagent.common.page.MarkdownText.inline;

import com.fasterxml.jackson.databind.JsonNode;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.FleetSnapshot.ProblemCluster;
import io.patrolagent.common.report.CustomerSummary;
import io.patrolagent.common.report.FlaggedCluster;
import io.patrolagent.common.report.NarrativeBlock;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.ReportSection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A report as Markdown for people, which also reads as plain text in a terminal: at most 100
 * columns wide, what to act on first. What a model or a database wrote stays text, whatever marks
 * or control characters are in it. The same report gives the same text. Thread-safe.
 */
public final class ReportMarkdown {

  private static final int MOST_METRICS = 12;
  private static final int LONGEST_METRIC = 120;

  private final PatrolReport report;
  private final MarkdownPage page = new MarkdownPage();
  private final Map<String, ProblemCluster> known = new HashMap<>();

  private ReportMarkdown(PatrolReport report) {
    this.report = report;
    FleetSnapshot snapshot = report.fleetSnapshot();
    if (snapshot != null) {
      snapshot.worstClusters().forEach(cluster -> known.put(cluster.clusterId(), cluster));
      snapshot.priorityClusters().forEach(cluster -> known.put(cluster.clusterId(), cluster));
    }
  }

  /** The page, ending in a line feed; a short one where the patrol left no report. */
  public static String render(PatrolReport report) {
    return new ReportMarkdown(report).render();
  }

  private String render() {
    new ReportHeader(report).on(page);
    if (report.status().isReport()) {
      counts();
      actions();
      clusters();
      predictions();
      customers();
      narrative();
    }
    warnings();
    audit();
    return page.render();
  }

  private void counts() {
    FleetSnapshot snapshot = report.fleetSnapshot();
    if (snapshot != null) {
      page.heading(2, "Counts").table(FleetCounts.rows(snapshot));
      page.bullets(FleetCounts.freshness(snapshot));
    }
  }

  private void actions() {
    page.heading(2, "Recommended actions");
    if (none(report.recommendedActions(), ReportSection.RECOMMENDED_ACTIONS, "No action.")) {
      return;
    }
    page.numbered(
        report.recommendedActions().stream().map(a -> labelled(a.urgency(), a.text())).toList());
  }

  private void clusters() {
    page.heading(2, "Flagged clusters");
    if (none(report.flaggedClusters(), ReportSection.FLAGGED_CLUSTERS, "No cluster is flagged.")) {
      return;
    }
    page.bullets(report.flaggedClusters().stream().map(this::cluster).toList());
  }

  private String cluster(FlaggedCluster flagged) {
    StringBuilder line = new StringBuilder(inline(flagged.clusterId()));
    ProblemCluster facts = known.get(flagged.clusterId());
    if (facts != null) {
      line.append(" (").append(inline(facts.customerName()));
      line.append(", tier ").append(inline(facts.customerTier()));
      line.append(", ").append(inline(facts.region())).append(')');
    }
    if (flagged.reason() != null) {
      line.append(": ").append(inline(flagged.reason()));
    }
    if (!flagged.keyMetrics().isEmpty()) {
      line.append(" — ").append(metrics(flagged.keyMetrics()));
    }
    return label(flagged.severity()) + line;
  }

  private static String metrics(Map<String, JsonNode> metrics) {
    String shown =
        metrics.entrySet().stream()
            .limit(MOST_METRICS)
            .map(metric -> inline(metric.getKey()) + " " + inline(value(metric.getValue())))
            .collect(Collectors.joining(", "));
    int more = metrics.size() - MOST_METRICS;
    return more > 0 ? shown + ", and " + more + " more" : shown;
  }

  private static String value(JsonNode value) {
    String text = value.isValueNode() ? value.asText() : value.toString();
    return text.length() <= LONGEST_METRIC ? text : text.substring(0, LONGEST_METRIC) + "…";
  }

  private void predictions() {
    page.heading(2, "Predictions, next 24-48 h");
    if (none(report.predictions(), ReportSection.PREDICTIONS, "None.")) {
      return;
    }
    page.bullets(
        report.predictions().stream().map(p -> labelled(p.confidence(), p.text())).toList());
  }

  private void customers() {
    page.heading(2, "Tier S and A customers");
    if (none(report.customerSummaries(), ReportSection.CUSTOMER_SUMMARIES, "No open problems.")) {
      return;
    }
    page.bullets(report.customerSummaries().stream().map(ReportMarkdown::customer).toList());
  }

  private static String customer(CustomerSummary summary) {
    String tier = summary.tier() == null ? "" : " (tier " + inline(summary.tier()) + ")";
    return inline(summary.customer()) + tier + ": " + inline(summary.summary());
  }

  private void narrative() {
    page.heading(2, "Narrative");
    List<NarrativeBlock> blocks = NarrativeBlock.of(report.fleetNarrative());
    if (blocks.isEmpty()) {
      page.paragraph("There is none.");
    }
    for (NarrativeBlock block : blocks) {
      page.paragraph(inline(block.prose()))
          .bullets(block.bullets().stream().map(MarkdownText::inline).toList());
    }
  }

  private void warnings() {
    List<String> all = new ArrayList<>(report.warnings());
    FleetSnapshot snapshot = report.fleetSnapshot();
    if (snapshot != null) {
      snapshot.warnings().stream().filter(w -> !all.contains(w)).forEach(all::add);
    }
    if (!all.isEmpty()) {
      page.heading(2, "Warnings").bullets(all.stream().map(MarkdownText::inline).toList());
    }
  }

  private void audit() {
    page.heading(2, "Audit").bullets(ReportAudit.lines(report));
  }

  /** Says why a list is empty, if it is. */
  private boolean none(List<?> list, ReportSection section, String healthy) {
    if (list.isEmpty()) {
      boolean unread = report.warnings().stream().anyMatch(w -> w.startsWith(section.name() + ":"));
      page.paragraph(unread ? "Missing or not readable, see the warnings." : healthy);
    }
    return list.isEmpty();
  }

  private static String labelled(@Nullable String label, String text) {
    return label(label) + inline(text);
  }

  private static String label(@Nullable String label) {
    return label == null || label.isBlank() ? "" : "[" + inline(label).replace("]", "") + "] ";
  }
}
