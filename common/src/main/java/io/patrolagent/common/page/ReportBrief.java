package io.patrolagent.common.page;

import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.report.ClaimCounts;
import io.patrolagent.common.report.Coverage;
import io.patrolagent.common.report.FleetPattern;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.Prediction;
import io.patrolagent.common.report.ReportDiff;
import io.patrolagent.common.report.Usage;
import io.patrolagent.common.report.Verification;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A report as a message for a chat: at most {@value #MOST_LINES} lines of at most {@value #COLUMNS}
 * columns, what is new or worse first. One text that is safe on Slack, Lark and plain webhooks: no
 * mention, link or markup from data can take effect ({@link ChatText}). The same view gives the
 * same text. Thread-safe.
 */
public final class ReportBrief {

  static final int MOST_LINES = 20;
  static final int COLUMNS = 120;
  private static final int MOST_PATTERNS = 2;
  private static final int MOST_PREDICTIONS = 3;
  private static final int LONGEST_PREDICTION = 60;

  private final PatrolReport report;
  private final Times times;
  private final List<String> lines = new ArrayList<>();

  private ReportBrief(ReportView view) {
    report = view.report();
    times = view.times();
  }

  /**
   * The message, ending in a line feed; of a patrol without a report that there is none, and why.
   */
  public static String render(ReportView view) {
    ReportBrief brief = new ReportBrief(view);
    brief.title();
    if (view.report().status().isReport()) {
      brief.counts();
      brief.changes();
      brief.lines.addAll(BriefActions.lines(view));
      brief.patterns();
      brief.predictions();
      brief.handover();
      brief.blindSpots();
      brief.claims();
    } else {
      brief.add("No report. " + ChatText.of(Header.noReport(view.report())));
    }
    brief.writer();
    return String.join("\n", brief.lines) + "\n";
  }

  private void add(String line) {
    lines.add(ChatText.cut(line, COLUMNS));
  }

  private void title() {
    ReportType type = report.reportType();
    List<String> parts = new ArrayList<>();
    parts.add("Fleet " + (type == null ? "patrol" : type.wireName().replace('_', ' ')));
    if (type != null) {
      parts.add(ChatText.cut(ChatText.of(report.scope().describe()), COLUMNS / 3));
    }
    parts.add(times.dayAndZone(report.finishedAt()));
    parts.add(
        switch (report.status()) {
          case COMPLETED -> "complete";
          case DEGRADED -> "degraded: no model wrote it, rules did";
          case PARTIAL -> "partial: not all of it could be read";
          default -> report.status().wireName();
        });
    add(symbol() + " " + String.join(" · ", parts));
  }

  private String symbol() {
    if (!report.status().isReport()) {
      return report.status() == ReportStatus.SHARED ? "⚪" : "⛔";
    }
    FleetSnapshot snapshot = report.fleetSnapshot();
    boolean critical =
        (snapshot != null && snapshot.riskDistribution().critical() > 0) || flags("critical");
    if (critical) {
      return "🔴";
    }
    boolean warning =
        snapshot == null
            || snapshot.riskDistribution().warning() > 0
            || snapshot.riskDistribution().unknown() > 0
            || !snapshot.warnings().isEmpty()
            || !report.flaggedClusters().isEmpty()
            || report.status() != ReportStatus.COMPLETED;
    return warning ? "🟡" : "🟢";
  }

  private boolean flags(String severity) {
    return report.flaggedClusters().stream().anyMatch(f -> severity.equals(f.severity()));
  }

  private void counts() {
    FleetSnapshot snapshot = report.fleetSnapshot();
    if (snapshot == null) {
      add("The counts of this report could not be read.");
      return;
    }
    var risk = snapshot.riskDistribution();
    add(
        Figures.count(snapshot.clusterCounts().active())
            + " active: "
            + Figures.count(risk.critical())
            + " critical · "
            + Figures.count(risk.warning())
            + " warning · "
            + Figures.count(risk.unknown())
            + " unknown");
  }

  private void changes() {
    ReportDiff diff = report.diff();
    if (diff == null) {
      return;
    }
    if (diff.previous() == null) {
      add("No earlier report of this scope to compare with");
      return;
    }
    String since =
        diff.previousFinishedAt() == null ? "last time" : times.day(diff.previousFinishedAt());
    add("Since " + since + ": " + Changes.counts(diff.counts()));
  }

  private void patterns() {
    Verification verification = report.verification();
    if (verification != null) {
      for (FleetPattern pattern : verification.patterns().stream().limit(MOST_PATTERNS).toList()) {
        add("PATTERN " + ChatText.of(Patterns.name(pattern)) + ": " + Patterns.here(pattern));
      }
    }
  }

  private void predictions() {
    List<Prediction> sorted =
        report.predictions().stream()
            .sorted(Comparator.comparingInt(ReportBrief::rank))
            .limit(MOST_PREDICTIONS)
            .toList();
    if (sorted.isEmpty()) {
      return;
    }
    StringBuilder line = new StringBuilder("NEXT 24-48 h  ");
    int shown = 0;
    for (Prediction prediction : sorted) {
      String next = (shown == 0 ? "" : " · ") + prediction(prediction);
      if (PlainText.width(line + next) > COLUMNS - 8) {
        break;
      }
      line.append(next);
      shown++;
    }
    int more = report.predictions().size() - shown;
    add(line + (more > 0 ? " · +" + more : ""));
  }

  private static String prediction(Prediction prediction) {
    String cluster = prediction.clusterId();
    String event = prediction.event();
    String words = cluster == null || event == null ? prediction.text() : cluster + " " + event;
    String text = ChatText.of(words);
    text = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    String confidence = prediction.confidence();
    return ChatText.cut(text, LONGEST_PREDICTION)
        + (confidence == null ? "" : " (" + ChatText.cut(ChatText.of(confidence), 8) + ")");
  }

  private static int rank(Prediction prediction) {
    String confidence = prediction.confidence();
    return switch (confidence == null ? "" : confidence.toLowerCase(Locale.ROOT)) {
      case "high" -> 0;
      case "medium" -> 1;
      default -> 2;
    };
  }

  private void handover() {
    ReportDiff diff = report.diff();
    if (diff != null && !diff.handover().isEmpty()) {
      String since =
          diff.previousFinishedAt() == null
              ? "the report before"
              : times.day(diff.previousFinishedAt());
      add(
          "HANDOVER "
              + Figures.counted(diff.handover().size(), "action", "actions")
              + " open from "
              + since
              + ": "
              + diff.handover().stream()
                  .map(action -> ChatText.of(action.text()))
                  .collect(Collectors.joining(" ")));
    }
  }

  private void blindSpots() {
    Set<String> spots = new LinkedHashSet<>();
    FleetSnapshot snapshot = report.fleetSnapshot();
    if (snapshot != null) {
      snapshot.warnings().forEach(w -> spots.add(ChatText.of(w)));
    }
    Coverage coverage = report.coverage();
    if (coverage != null && spots.isEmpty()) {
      FleetCounts.freshness(coverage.staleSources(), times).forEach(s -> spots.add(ChatText.of(s)));
    }
    if (coverage != null && !coverage.skipped().isEmpty()) {
      spots.add(
          Figures.counted(coverage.skipped().size(), "cluster", "clusters") + " not looked into");
    }
    if (!spots.isEmpty()) {
      add("BLIND SPOTS " + String.join(" · ", spots));
    }
  }

  private void claims() {
    Verification verification = report.verification();
    if (verification == null) {
      add("claims not checked");
      return;
    }
    ClaimCounts counts = verification.counts();
    add(
        "claims: "
            + Figures.count(counts.unsupported())
            + " unsupported · "
            + Figures.count(counts.contradicted())
            + " contradicted · "
            + Figures.count(counts.verified())
            + " verified");
  }

  private void writer() {
    Usage usage = report.usage();
    if (usage != null) {
      add(ChatText.of(Header.writer(usage)) + " · " + Figures.dollars(usage.costUsd()));
    }
  }
}
