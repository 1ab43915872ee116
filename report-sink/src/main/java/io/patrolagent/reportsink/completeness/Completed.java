package io.patrolagent.reportsink.completeness;

import io.patrolagent.common.report.FlaggedCluster;
import io.patrolagent.common.report.ParsedReport;
import io.patrolagent.common.report.ReportSection;
import java.util.List;

/**
 * A report with what it lacked: {@code rejected} are findings that were taken out, since their
 * clusters do not exist; {@code not_flagged} Critical clusters of Tier S and A customers that the
 * writer did not flag, by id; {@code filled} the sections that code wrote. All of it is among the
 * report's warnings as well.
 */
public record Completed(
    ParsedReport report,
    List<FlaggedCluster> rejected,
    List<String> notFlagged,
    List<ReportSection> filled) {

  public Completed {
    rejected = List.copyOf(rejected);
    notFlagged = List.copyOf(notFlagged);
    filled = List.copyOf(filled);
  }
}
