package io.patrolagent.common.page;

import static io.patrolagent.common.page.MarkdownText.inline;

import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The top of a report's page: what it is, and the banner that says what to be careful with. */
final class ReportHeader {

  private static final int MOST_REASONS = 3;

  private final PatrolReport report;

  ReportHeader(PatrolReport report) {
    this.report = report;
  }

  void on(MarkdownPage page) {
    page.heading(1, title());
    page.paragraph(String.join(" · ", facts()));
    page.banner(banner());
  }

  private String title() {
    ReportType type = report.reportType();
    String name = type == null ? "patrol" : type.wireName().replace('_', ' ') + " patrol";
    return "Fleet " + name + " of " + Figures.time(report.finishedAt());
  }

  private List<String> facts() {
    List<String> facts = new ArrayList<>();
    facts.add("Status: " + report.status().wireName());
    if (report.reportType() != null) {
      facts.add("scope: " + inline(report.scope().describe()));
    }
    FleetSnapshot snapshot = report.fleetSnapshot();
    if (snapshot != null) {
      Duration age = Duration.between(snapshot.takenAt(), report.finishedAt());
      facts.add(
          "data: " + Figures.time(snapshot.takenAt()) + ", " + Figures.age(age) + " old when done");
    }
    Usage usage = report.usage();
    if (usage != null) {
      String model = usage.llmModel() == null ? "" : "/" + inline(usage.llmModel());
      facts.add("writer: " + inline(usage.llmProvider()) + model);
      facts.add("cost: " + Figures.dollars(usage.costUsd()));
    }
    return facts;
  }

  private List<String> banner() {
    List<String> paragraphs = new ArrayList<>();
    String status =
        switch (report.status()) {
          case COMPLETED -> "";
          case PARTIAL -> "PARTIAL: a part of this report is missing or could not be read.";
          case DEGRADED ->
              "DEGRADED: no LLM provider wrote this report to its end; the offline analyst did.";
          case FAILED -> "FAILED: the patrol left no report. " + reason();
          case EXPIRED ->
              "EXPIRED: the patrol left no report, it was not worth making any more. " + reason();
          case REJECTED -> "REJECTED: the patrol was not let in. " + reason();
          case CANCELLED -> "CANCELLED: the patrol was stopped before its report. " + reason();
          case SHARED -> "SHARED: patrol " + report.sharedWith() + " answers the same request.";
        };
    if (!status.isEmpty()) {
      boolean why =
          report.status() == ReportStatus.PARTIAL || report.status() == ReportStatus.DEGRADED;
      paragraphs.add(why ? status + reasons(report.warnings()) : status.strip());
    }
    FleetSnapshot snapshot = report.fleetSnapshot();
    if (snapshot != null && !snapshot.warnings().isEmpty()) {
      paragraphs.add("DATA: not all of it is fresh or complete." + reasons(snapshot.warnings()));
    }
    return paragraphs;
  }

  private String reason() {
    return report.error() == null ? "" : inline(report.error());
  }

  private static String reasons(List<String> warnings) {
    StringBuilder text = new StringBuilder();
    warnings.stream()
        .limit(MOST_REASONS)
        .forEach(w -> text.append(' ').append(sentence(inline(w))));
    int more = warnings.size() - MOST_REASONS;
    return more > 0 ? text + " " + more + " more under Warnings." : text.toString();
  }

  private static String sentence(String text) {
    return text.endsWith(".") || text.endsWith("!") ? text : text + ".";
  }
}
