package io.patrolagent.common.report;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What could be read of a report's text. {@code sections} are those that were there and could be
 * read, if only as "none"; a section outside it is missing or unreadable, and a warning says which.
 * {@code warnings} are sentences for people: each names a section, says what could not be read and
 * quotes how it begins.
 */
public record ParsedReport(
    @Nullable String fleetNarrative,
    List<FlaggedCluster> flaggedClusters,
    List<Prediction> predictions,
    List<CustomerSummary> customerSummaries,
    List<RecommendedAction> recommendedActions,
    Set<ReportSection> sections,
    List<String> warnings) {

  public ParsedReport {
    flaggedClusters = List.copyOf(flaggedClusters);
    predictions = List.copyOf(predictions);
    customerSummaries = List.copyOf(customerSummaries);
    recommendedActions = List.copyOf(recommendedActions);
    sections = Set.copyOf(sections);
    warnings = List.copyOf(warnings);
  }

  /** Whether anything at all could be read. */
  public boolean isReadable() {
    return !sections.isEmpty();
  }

  /** Whether every section was there and could be read. */
  public boolean isComplete() {
    return missing().isEmpty();
  }

  /** The sections that were not there or could not be read, in the order they are asked for. */
  public Set<ReportSection> missing() {
    EnumSet<ReportSection> missing = EnumSet.allOf(ReportSection.class);
    missing.removeAll(sections);
    return missing;
  }
}
