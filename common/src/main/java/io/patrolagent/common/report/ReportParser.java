package io.patrolagent.common.report;

import io.patrolagent.common.report.SectionSplitter.Split;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the sections out of what a model wrote.
 *
 * <p>Never throws, whatever the text; takes time linear in its length. Loses no text: every word
 * that stands in a section is in one of its entries, or a warning names the section and quotes
 * where the unread text begins; so does one for the words that stand in no section and what a model
 * thought aloud. What layout is made of may go: headings and the notes in them, the title above the
 * first section, bullets, fences, rules, tags, columns' names, and a label that an entry's field
 * says entirely. The caller keeps the raw text. Thread-safe.
 */
public final class ReportParser {

  private static final SectionReader<FlaggedCluster> CLUSTERS = new FlaggedClusterReader();
  private static final SectionReader<CustomerSummary> CUSTOMERS = new CustomerSummaryReader();
  private static final SectionReader<RecommendedAction> ACTIONS =
      LabelledItemReader.recommendedActions();

  private final Split split;
  private final @Nullable Instant writtenAt;
  private final Set<ReportSection> read = EnumSet.noneOf(ReportSection.class);
  private final ParseWarnings warnings = new ParseWarnings();

  private ReportParser(Split split, @Nullable Instant writtenAt) {
    this.split = split;
    this.writtenAt = writtenAt;
  }

  /**
   * What can be read of the text; null counts as empty. A time of day is in no prediction's hours.
   */
  public static ParsedReport parse(@Nullable String raw) {
    return parse(raw, null);
  }

  /**
   * What can be read of a text that was written then, so that {@code by 14:00} is in so many hours.
   */
  public static ParsedReport parse(@Nullable String raw, @Nullable Instant writtenAt) {
    ReportText text = ReportText.of(raw == null ? "" : raw);
    Split split = SectionSplitter.split(text.text());
    if (split.sections().isEmpty()) {
      split = ReportObject.split(text.text()).orElse(split);
    }
    return new ReportParser(split, writtenAt).parse(text.thoughts());
  }

  private ParsedReport parse(List<String> thoughts) {
    if (split.sections().isEmpty()) {
      warnings.add("The report has none of the section headings: nothing of it could be read.");
    } else if (!split.unclaimed().isEmpty()) {
      warnings.add(
          "Text under no section's heading was not read: "
              + ParseWarnings.quote(String.join("\n", split.unclaimed())));
    }
    for (String thought : thoughts) {
      warnings.add("What the model thought aloud was not read: " + ParseWarnings.quote(thought));
    }
    String narrative = narrative();
    List<FlaggedCluster> clusters = entries(ReportSection.FLAGGED_CLUSTERS, CLUSTERS);
    var text = new PredictionText(ClusterMention.idsOf(clusters), writtenAt);
    List<Prediction> predictions =
        entries(ReportSection.PREDICTIONS, LabelledItemReader.predictions(text));
    List<CustomerSummary> customers = entries(ReportSection.CUSTOMER_SUMMARIES, CUSTOMERS);
    List<RecommendedAction> actions = entries(ReportSection.RECOMMENDED_ACTIONS, ACTIONS);
    return new ParsedReport(
        narrative, clusters, predictions, customers, actions, read, warnings.sentences());
  }

  private @Nullable String narrative() {
    Set<String> texts = new LinkedHashSet<>();
    occurrences(ReportSection.FLEET_NARRATIVE).stream()
        .map(Prose::of)
        .filter(text -> !text.isEmpty())
        .forEach(texts::add);
    if (texts.isEmpty()) {
      if (split.sections().containsKey(ReportSection.FLEET_NARRATIVE)) {
        warnings.add("FLEET_NARRATIVE: the section is empty.");
      }
      return null;
    }
    read.add(ReportSection.FLEET_NARRATIVE);
    return String.join("\n\n", texts);
  }

  /** The entries of a section, however often it stands there; one that is repeated counts once. */
  private <T> List<T> entries(ReportSection section, SectionReader<T> reader) {
    List<List<String>> occurrences = occurrences(section);
    List<T> entries = new ArrayList<>();
    Set<T> seen = new HashSet<>();
    for (List<String> lines : occurrences) {
      Optional<List<T>> found = reader.read(lines, warnings);
      if (found.isPresent()) {
        read.add(section);
        found.get().stream().filter(entry -> !seen.contains(entry)).forEach(entries::add);
        seen.addAll(found.get());
      }
    }
    return entries;
  }

  private List<List<String>> occurrences(ReportSection section) {
    List<List<String>> occurrences = split.sections().getOrDefault(section, List.of());
    if (occurrences.isEmpty() && !split.sections().isEmpty()) {
      warnings.add(section.name() + ": the section is missing.");
    } else if (occurrences.size() > 1) {
      warnings.add(
          section.name()
              + ": the section stands there "
              + occurrences.size()
              + " times; it was read as one, without what is repeated.");
    }
    return occurrences;
  }
}
