package io.patrolagent.common.page;

import io.patrolagent.common.report.PatrolReport;

/**
 * A report as Markdown for people, which also reads as plain text: at most 100 columns wide, what
 * to act on first. What a model or a database wrote stays text, whatever marks or control
 * characters are in it. The same view gives the same text. Thread-safe.
 */
public final class ReportMarkdown {

  private ReportMarkdown() {}

  /** The page, ending in a line feed; a short one where the patrol left no report. */
  public static String render(ReportView view) {
    return ReportLayout.on(new MarkdownPage(), view);
  }

  /** The report alone, its times in UTC. */
  public static String render(PatrolReport report) {
    return render(ReportView.of(report));
  }
}
