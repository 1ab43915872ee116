package io.patrolagent.common.page;

import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.ReportSection;
import io.patrolagent.common.report.Usage;
import io.patrolagent.common.report.Verification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What stands above a report: which it is, how far it can be trusted, and what has to be known. */
final class Header {

  private static final int MOST_REASONS = 3;

  private final PatrolReport report;
  private final Times times;

  Header(ReportView view) {
    report = view.report();
    times = view.times();
  }

  String title() {
    return "Fleet " + name() + " of " + times.minute(report.finishedAt());
  }

  private String name() {
    ReportType type = report.reportType();
    return type == null ? "patrol" : type.wireName().replace('_', ' ') + " patrol";
  }

  List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Status", report.status().wireName()));
    if (report.reportType() != null) {
      facts.add(new Fact("scope", report.scope().describe()));
    }
    FleetSnapshot snapshot = report.fleetSnapshot();
    if (snapshot != null) {
      facts.add(
          new Fact("data", times.minute(snapshot.takenAt()) + ", " + age() + " old when done"));
    }
    Usage usage = report.usage();
    if (usage != null) {
      facts.add(new Fact("writer", writer(usage)));
      facts.add(new Fact("cost", Figures.dollars(usage.costUsd())));
    }
    Verification verification = report.verification();
    if (verification != null) {
      facts.add(new Fact("claims", claims(verification)));
    }
    return facts;
  }

  private String age() {
    FleetSnapshot snapshot = report.fleetSnapshot();
    return snapshot == null
        ? "unknown"
        : Figures.age(Duration.between(snapshot.takenAt(), report.finishedAt()));
  }

  static String writer(Usage usage) {
    return usage.llmModel() == null
        ? usage.llmProvider()
        : usage.llmProvider() + "/" + usage.llmModel();
  }

  private static String claims(Verification verification) {
    var counts = verification.counts();
    return Figures.count(counts.verified())
        + " verified, "
        + Figures.count(counts.contradicted())
        + " contradicted, "
        + Figures.count(counts.unsupported())
        + " unsupported";
  }

  /** Why the report, or a part of it, is not what it should be; nothing where all is well. */
  List<String> banner() {
    List<String> paragraphs = new ArrayList<>();
    switch (report.status()) {
      case COMPLETED -> {}
      case PARTIAL ->
          paragraphs.add(
              "PARTIAL: a part of this report is missing or could not be read."
                  + reasons(report.warnings()));
      case DEGRADED ->
          paragraphs.add(
              "DEGRADED: no LLM provider wrote this report to its end; the offline analyst did."
                  + reasons(report.warnings()));
      default -> paragraphs.add(noReport(report));
    }
    Verification verification = report.verification();
    if (verification != null && !verification.filledSections().isEmpty()) {
      paragraphs.add(
          "FILLED IN: code wrote the "
              + String.join(
                  ", ", verification.filledSections().stream().map(Wording::section).toList())
              + " from the snapshot, because the writer's could not be read.");
    }
    FleetSnapshot snapshot = report.fleetSnapshot();
    if (snapshot != null && !snapshot.warnings().isEmpty()) {
      paragraphs.add("DATA: not all of it is fresh or complete." + reasons(snapshot.warnings()));
    }
    return paragraphs;
  }

  boolean isFilled(ReportSection section) {
    Verification verification = report.verification();
    return verification != null && verification.filledSections().contains(section);
  }

  /** Of a patrol that ended without a report that it did, and why. */
  static String noReport(PatrolReport report) {
    String why = report.error() == null ? "" : " " + report.error();
    return switch (report.status()) {
      case FAILED -> "FAILED: the patrol left no report." + why;
      case EXPIRED -> "EXPIRED: the patrol left no report, it was not worth making any more." + why;
      case REJECTED -> "REJECTED: the patrol was not let in." + why;
      case CANCELLED -> "CANCELLED: the patrol was stopped before its report." + why;
      case SHARED -> "SHARED: patrol " + report.sharedWith() + " answers the same request.";
      case COMPLETED, PARTIAL, DEGRADED -> "";
    };
  }

  private static String reasons(List<String> warnings) {
    StringBuilder text = new StringBuilder();
    warnings.stream()
        .limit(MOST_REASONS)
        .forEach(w -> text.append(' ').append(sentence(PlainText.line(w))));
    int more = warnings.size() - MOST_REASONS;
    return more > 0 ? text + " " + more + " more under Audit." : text.toString();
  }

  private static String sentence(String text) {
    return text.endsWith(".") || text.endsWith("!") ? text : text + ".";
  }
}
