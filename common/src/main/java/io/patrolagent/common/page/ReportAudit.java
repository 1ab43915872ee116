package io.patrolagent.common.page;

import static io.patrolagent.common.page.MarkdownText.inline;

import io.patrolagent.common.patrol.ReportType;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who asked for a report, for what, when, and what writing it took. */
final class ReportAudit {

  private ReportAudit() {}

  static List<String> lines(PatrolReport report) {
    List<String> lines = new ArrayList<>();
    lines.add("Report: " + report.reportId());
    ReportType type = report.reportType();
    String by = report.triggeredBy() == null ? "unknown" : inline(report.triggeredBy());
    lines.add("Trigger: " + (type == null ? "unknown" : type.wireName()) + ", by " + by);
    if (report.focus() != null) {
      lines.add("Focus: " + inline(report.focus()));
    }
    if (report.retryOf() != null) {
      lines.add("Retry of: " + report.retryOf());
    }
    if (report.sharedWith() != null) {
      lines.add("Shared with: " + report.sharedWith());
    }
    lines.add(
        "Requested: "
            + time(report.requestedAt())
            + (report.dueAt() == null ? "" : "; due: " + time(report.dueAt()))
            + "; started: "
            + time(report.startedAt())
            + "; finished: "
            + time(report.finishedAt()));
    Usage usage = report.usage();
    if (usage != null) {
      lines.add(
          "Agent: "
              + Figures.count(usage.rounds())
              + " rounds, "
              + Figures.count(usage.toolCalls())
              + " tool calls, "
              + Figures.age(Duration.ofMillis(usage.durationMs()))
              + " active; tokens: "
              + Figures.count(usage.inputTokens())
              + " in ("
              + Figures.count(usage.cachedInputTokens())
              + " cached), "
              + Figures.count(usage.outputTokens())
              + " out");
    }
    return lines;
  }

  private static String time(@Nullable Instant instant) {
    return instant == null ? "unknown" : Figures.time(instant);
  }
}
