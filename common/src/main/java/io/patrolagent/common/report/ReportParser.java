package io.patrolagent.common.report;

import io.patrolagent.common.report.SectionSplitter.Split;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the sections out of what a model wrote.
 *
 * <p>Never throws, whatever the text; takes time linear in its length; what could not be read is in
 * the warnings. The caller keeps the raw text. Thread-safe.
 */
public final class ReportParser {

  private static final SectionReader<FlaggedCluster> CLUSTERS = new FlaggedClusterReader();
  private static final SectionReader<Prediction> PREDICTIONS = LabelledItemReader.predictions();
  private static final SectionReader<CustomerSummary> CUSTOMERS = new CustomerSummaryReader();
  private static final SectionReader<RecommendedAction> ACTIONS =
      LabelledItemReader.recommendedActions();

  private final Split split;
  private final Set<ReportSection> read = EnumSet.noneOf(ReportSection.class);
  private final ParseWarnings warnings = new ParseWarnings();

  private ReportParser(Split split) {
    this.split = split;
  }

  /** What can be read of the text; null counts as empty. */
  public static ParsedReport parse(@Nullable String raw) {
    return new ReportParser(SectionSplitter.split(raw == null ? "" : raw)).parse();
  }

  private ParsedReport parse() {
    if (split.sections().isEmpty()) {
      warnings.add("The report has none of the section headings: nothing of it could be read.");
    } else if (!split.unclaimed().isEmpty()) {
      warnings.add(
          "Text under no section's heading was not read: "
              + ParseWarnings.quote(String.join("\n", split.unclaimed())));
    }
    String narrative = narrative();
    List<FlaggedCluster> clusters = entries(ReportSection.FLAGGED_CLUSTERS, CLUSTERS);
    List<Prediction> predictions = entries(ReportSection.PREDICTIONS, PREDICTIONS);
    List<CustomerSummary> customers = entries(ReportSection.CUSTOMER_SUMMARIES, CUSTOMERS);
    List<RecommendedAction> actions = entries(ReportSection.RECOMMENDED_ACTIONS, ACTIONS);
    return new ParsedReport(
        narrative, clusters, predictions, customers, actions, read, warnings.sentences());
  }

  private @Nullable String narrative() {
    List<String> texts =
        occurrences(ReportSection.FLEET_NARRATIVE).stream()
            .map(Prose::of)
            .filter(text -> !text.isEmpty())
            .toList();
    if (texts.isEmpty()) {
      if (split.sections().containsKey(ReportSection.FLEET_NARRATIVE)) {
        warnings.add("FLEET_NARRATIVE: the section is empty.");
      }
      return null;
    }
    read.add(ReportSection.FLEET_NARRATIVE);
    return String.join("\n\n", texts);
  }

  private <T> List<T> entries(ReportSection section, SectionReader<T> reader) {
    List<T> entries = new ArrayList<>();
    for (List<String> lines : occurrences(section)) {
      Optional<List<T>> found = reader.read(lines, warnings);
      if (found.isPresent()) {
        read.add(section);
        entries.addAll(found.get());
      }
    }
    return entries;
  }

  private List<List<String>> occurrences(ReportSection section) {
    List<List<String>> occurrences = split.sections().getOrDefault(section, List.of());
    if (occurrences.isEmpty() && !split.sections().isEmpty()) {
      warnings.add(section.name() + ": the section is missing.");
    }
    return occurrences;
  }
}
