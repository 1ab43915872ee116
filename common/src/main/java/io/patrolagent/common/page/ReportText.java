package io.patrolagent.common.page;

/**
 * A report as plain text for a terminal: what {@link ReportMarkdown} says, in the same order,
 * without Markdown's marks and escapes; at most 100 columns wide and free of anything that steers a
 * terminal. The same view gives the same text. Thread-safe.
 */
public final class ReportText {

  private ReportText() {}

  /** The page, ending in a line feed; a short one where the patrol left no report. */
  public static String render(ReportView view) {
    return ReportLayout.on(new TextPage(), view);
  }
}
