package io.patrolagent.agentrunner.loop;

import io.patrolagent.common.report.ParsedReport;
import io.patrolagent.common.report.ReportSection;
import java.util.List;
import java.util.stream.Collectors;

/** What a model is told whose report cannot be read whole. */
final class RepairRequest {

  private static final int MOST_PROBLEMS = 8;

  private RepairRequest() {}

  static boolean isNeeded(String report) {
    return !Drafts.read(report).isComplete();
  }

  /** The exact problems, and what to write instead. */
  static String of(String report) {
    ParsedReport read = Drafts.read(report);
    List<String> problems =
        read.warnings().stream()
            .filter(warning -> concerns(read, warning))
            .limit(MOST_PROBLEMS)
            .toList();
    return "Your report cannot be read whole:\n"
        + problems.stream().map(problem -> "- " + problem).collect(Collectors.joining("\n"))
        + "\nWrite it again with all five sections, each under its heading exactly as asked for,"
        + " FLAGGED_CLUSTERS as one valid JSON array and nothing else. Keep what you found; add no"
        + " remark of your own.";
  }

  /** For the report's reader: {@code PREDICTIONS, CUSTOMER_SUMMARIES}. */
  static String missing(String report) {
    return Drafts.read(report).missing().stream()
        .map(ReportSection::name)
        .collect(Collectors.joining(", "));
  }

  private static boolean concerns(ParsedReport read, String warning) {
    return !read.isReadable()
        || read.missing().stream().anyMatch(section -> warning.startsWith(section.name() + ":"));
  }
}
