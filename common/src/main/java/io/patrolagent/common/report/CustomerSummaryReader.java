package io.patrolagent.common.report;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code CUSTOMER_SUMMARIES}: a customer's name as a subheading, in bold, before a colon, or
 * in a field, and what is said of it. Text that stands under no name is a warning.
 */
final class CustomerSummaryReader implements SectionReader<CustomerSummary> {

  private static final ReportSection SECTION = ReportSection.CUSTOMER_SUMMARIES;
  private static final int LONGEST_TITLE = 100;

  /** Customers have no label. */
  private static final Scale NONE =
      new Scale() {
        @Override
        public @Nullable String read(String written) {
          return null;
        }

        @Override
        public boolean isWord(String written) {
          return false;
        }

        @Override
        public boolean isName(String letters) {
          return false;
        }
      };

  @Override
  public Optional<List<CustomerSummary>> read(List<String> lines, ParseWarnings warnings) {
    List<CustomerSummary> summaries = new ArrayList<>();
    Optional<JsonText> json = JsonText.onOwnLines(Prose.of(lines));
    TableText table = json.isPresent() ? new TableText(List.of(), List.of()) : TableText.of(lines);
    if (json.isPresent() || !table.rows().isEmpty()) {
      fields(json.isPresent() ? lines : withoutLists(lines), summaries, warnings);
    }
    List<String> entries = json.isPresent() ? List.of() : entries(table.lines());
    if (entries.isEmpty() && summaries.isEmpty()) {
      if (json.isPresent() && json.get().isEmpty()) {
        return Optional.of(List.of());
      }
      if (json.isEmpty()) {
        warnings.add(SECTION.name() + ": the section is empty.");
      }
      return Optional.empty();
    }
    if (entries.size() == 1 && summaries.isEmpty() && Prose.deniesAny(entries.get(0))) {
      return Optional.of(List.of());
    }
    named(entries, summaries, warnings);
    return summaries.isEmpty() ? Optional.empty() : Optional.of(summaries);
  }

  private static List<String> withoutLists(List<String> lines) {
    return lines.stream().filter(line -> line.indexOf('|') >= 0).toList();
  }

  private static void fields(
      List<String> lines, List<CustomerSummary> summaries, ParseWarnings warnings) {
    Entries entries = Entries.of(lines, NONE);
    for (String unread : entries.unread()) {
      warnings.unread(SECTION, "the JSON breaks off or is malformed", unread);
    }
    for (String loose : entries.loose()) {
      warnings.unread(SECTION, "text beside the entries was not read", loose);
    }
    for (Entries.Entry entry : entries.all()) {
      Optional<CustomerSummary> summary = summary(entry);
      summary.ifPresent(summaries::add);
      if (summary.isEmpty()) {
        Fields written = entry.fields();
        String text = written == null ? entry.text() : written.restAsText();
        warnings.unread(SECTION, "no customer is named", text);
      }
    }
  }

  private static Optional<CustomerSummary> summary(Entries.Entry entry) {
    Fields fields = entry.fields();
    if (fields == null) {
      return CustomerName.of(entry.text()).map(name -> name.summary(name.text()));
    }
    String written = fields.take(Fields.CUSTOMER);
    written = written == null ? entry.group() : written;
    if (written == null || written.isBlank()) {
      return Optional.empty();
    }
    String tier = fields.take(Fields.TIER);
    String text = fields.take(Fields.SUMMARY);
    CustomerName name = CustomerName.of("**" + Markup.strip(written) + "**").orElse(null);
    if (name == null) {
      name = new CustomerName(written, null, "");
    }
    String known = tier == null ? name.tier() : CustomerName.tierIn(tier);
    if (tier != null && known == null) {
      fields.put("tier", TextNode.valueOf(tier));
    }
    String rest = fields.restAsText();
    String summary = text == null ? rest : rest.isEmpty() ? text : text + " (" + rest + ")";
    return Optional.of(new CustomerSummary(name.name(), known, summary));
  }

  private static void named(
      List<String> entries, List<CustomerSummary> summaries, ParseWarnings warnings) {
    CustomerName waiting = null;
    for (String entry : entries) {
      CustomerName name = CustomerName.of(entry).filter(n -> !introduces(entry, n)).orElse(null);
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
  }

  /** {@code Here are the customers with issues:} is no customer. */
  private static boolean introduces(String entry, CustomerName name) {
    boolean words = name.name().chars().filter(c -> c == ' ').count() > 3;
    return name.text().isEmpty() && words && !entry.startsWith("**") && name.tier() == null;
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
      BulletList list = BulletList.of(lines, NONE);
      List<String> entries = new ArrayList<>(list.loose());
      list.items().forEach(item -> entries.add(item.text()));
      return entries;
    }
    List<String> entries = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    for (String line : lines) {
      if (isHeading(line)) {
        add(open, entries);
        open = new StringBuilder("**" + title(line) + "**");
      } else if (!Fence.is(line) && !Rule.is(line) && (!line.isBlank() || !open.isEmpty())) {
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
    if (Heading.read(line).filter(heading -> heading.level() > 0).isPresent()) {
      return true;
    }
    boolean indented = BulletList.indentOf(line) > 0;
    return !indented && isBoldName(line.strip());
  }

  /** {@code **ACME (S)**} or {@code **ACME** (Tier S):}, alone on its line. */
  private static boolean isBoldName(String line) {
    if (line.length() > LONGEST_TITLE || !line.startsWith("**")) {
      return false;
    }
    int close = line.indexOf("**", 2);
    String behind = close < 0 ? "-" : line.substring(close + 2).replace(":", "").strip();
    return close > 2 && (behind.isEmpty() || behind.matches("[(\\[][^()\\[\\]]{1,20}[)\\]]"));
  }

  private static String title(String line) {
    String words = Heading.read(line).map(Heading::title).orElse(line.strip());
    String plain = Markup.withoutMarks(words).replace("#", "").strip();
    return plain.endsWith(":") ? plain.substring(0, plain.length() - 1).strip() : plain;
  }
}
