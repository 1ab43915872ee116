package io.patrolagent.agentrunner.offline;

import io.patrolagent.common.report.ReportSection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Two to four paragraphs: the state, what is worst, what problems share, and the blind spots. */
final class NarrativeWriter implements SectionWriter {

  @Override
  public ReportSection section() {
    return ReportSection.FLEET_NARRATIVE;
  }

  @Override
  public String write(Assessment assessment) {
    return Stream.of(
            StateParagraph.write(assessment),
            WorstParagraph.write(assessment),
            PatternsParagraph.write(assessment),
            CoverageParagraph.write(assessment))
        .filter(sentences -> !sentences.isEmpty())
        .map(NarrativeWriter::paragraph)
        .collect(Collectors.joining("\n\n"));
  }

  private static String paragraph(List<String> sentences) {
    return String.join(" ", sentences);
  }
}
