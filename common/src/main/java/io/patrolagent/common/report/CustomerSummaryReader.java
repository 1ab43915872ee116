package io.patrolagent.common.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code CUSTOMER_SUMMARIES}: a customer's name as a subheading, in bold, or before a colon,
 * and what is said of it. Text that stands under no name is a warning.
 */
final class CustomerSummaryReader implements SectionReader<CustomerSummary> {

  private static final ReportSection SECTION = ReportSection.CUSTOMER_SUMMARIES;

  @Override
  public Optional<List<CustomerSummary>> read(List<String> lines, ParseWarnings warnings) {
    List<String> entries = entries(lines);
    if (entries.isEmpty()) {
      warnings.add(SECTION.name() + ": the section is empty.");
      return Optional.empty();
    }
    if (entries.size() == 1 && Prose.deniesAny(entries.get(0))) {
      return Optional.of(List.of());
    }
    List<CustomerSummary> summaries = new ArrayList<>();
    CustomerName waiting = null;
    for (String entry : entries) {
      CustomerName name = CustomerName.of(entry).orElse(null);
      if (waiting != null && name == null) {
        summaries.add(waiting.summary(entry));
        waiting = null;
        continue;
      }
      addAlone(waiting, summaries);
      waiting = name != null && name.text().isEmpty() ? name : null;
      if (name != null && waiting == null) {
        summaries.add(name.summary(name.text()));
      } else if (name == null) {
        warnings.unread(SECTION, "no customer is named", entry);
      }
    }
    addAlone(waiting, summaries);
    return summaries.isEmpty() ? Optional.empty() : Optional.of(summaries);
  }

  private static void addAlone(@Nullable CustomerName name, List<CustomerSummary> summaries) {
    if (name != null) {
      summaries.add(name.summary(""));
    }
  }

  /** Subheadings with what is below them, or else the items of a list, or else paragraphs. */
  private static List<String> entries(List<String> lines) {
    boolean headed = lines.stream().anyMatch(CustomerSummaryReader::isHeading);
    if (!headed) {
      BulletList list = BulletList.of(lines);
      List<String> entries = new ArrayList<>(list.loose());
      entries.addAll(list.items());
      return entries;
    }
    List<String> entries = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    for (String line : lines) {
      if (isHeading(line)) {
        add(open, entries);
        open = new StringBuilder("**" + withoutSigns(line) + "**");
      } else if (!SectionSplitter.isFence(line) && (!line.isBlank() || !open.isEmpty())) {
        open.append('\n').append(line.strip());
      }
    }
    add(open, entries);
    return entries;
  }

  private static void add(StringBuilder open, List<String> entries) {
    String entry = open.toString().strip();
    if (!entry.isEmpty()) {
      entries.add(entry);
    }
  }

  private static boolean isHeading(String line) {
    return Heading.read(line).filter(heading -> heading.level() > 0).isPresent();
  }

  private static String withoutSigns(String line) {
    return line.replace("#", "").replace("**", "").strip();
  }
}
