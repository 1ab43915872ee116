package io.patrolagent.agentrunner.offline;

import io.patrolagent.common.report.ReportSection;

/** Puts an assessment into the words of one section; its text has no heading. */
interface SectionWriter {

  ReportSection section();

  String write(Assessment assessment);
}
