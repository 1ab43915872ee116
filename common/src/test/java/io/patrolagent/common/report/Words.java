package io.patrolagent.common.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What "never loses text" means, as a check: the words of a text that nothing accounts for. */
final class Words {

  private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");

  /** Names of fields and words of labels, which what was read says in its own form. */
  private static final Set<String> FORMAT =
      Set.of(
          ("flagged clusters cluster clusterid keymetrics id ids severity reason reasons key metrics predictions prediction"
                  + " confidence level likelihood probability urgency priority high medium low"
                  + " critical warning info immediate today this week tier json none null true false"
                  + " customer customers summary summaries recommended actions action name event text"
                  + " window threshold timeframe risk when what label html x h1 h2 h3")
              .split(" "));

  private Words() {}

  /** A member that is null or empty says nothing. */
  private static final Pattern NULL_MEMBER =
      Pattern.compile(
          "[\"'“]?[\\w]+[\"'”]?\\s*:\\s*(?:(?:null|None|undefined)\\b|\\{\\s*\\}|\\[\\s*\\])");

  /**
   * The words of sections that no warning names which are in none of their entries. Headings,
   * fences and rules are layout, as are the first line of a table, tags and the names of fields.
   */
  static Set<String> lost(String raw) {
    ParsedReport report = ReportParser.parse(raw);
    var split = SectionSplitter.split(ReportText.of(raw).text());
    Set<String> lost = new TreeSet<>();
    split
        .sections()
        .forEach(
            (section, occurrences) -> {
              if (report.warnings().stream().noneMatch(w -> w.startsWith(section.name()))) {
                Set<String> read = entries(report, section);
                occurrences.forEach(lines -> lines(lines, read, section, lost));
              }
            });
    boolean all = report.warnings().stream().noneMatch(w -> w.startsWith("Text under no section"));
    if (all && !split.sections().isEmpty()) {
      split.unclaimed().forEach(line -> lost.addAll(of(line)));
    }
    return lost;
  }

  private static void lines(
      List<String> lines, Set<String> read, ReportSection section, Set<String> lost) {
    boolean empty = read.isEmpty() && section != ReportSection.FLEET_NARRATIVE;
    String previous = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      String next = i + 1 < lines.size() ? lines.get(i + 1) : "";
      boolean header = line.contains("|") && !previous.contains("|") && next.contains("|");
      boolean layout = Fence.is(line) || Rule.is(line) || header;
      // "None." and "No cluster is flagged." are said by the empty list
      if (!layout && !(empty && Prose.deniesAny(Prose.of(lines).replace("[]", "")))) {
        for (String word : of(NULL_MEMBER.matcher(line).replaceAll(" "))) {
          if (!read.contains(word) && !FORMAT.contains(word) && !isNumbering(word)) {
            lost.add(word);
          }
        }
      }
      previous = line;
    }
  }

  private static boolean isNumbering(String word) {
    return word.matches("\\d{1,2}|.|\\d+e\\d+");
  }

  private static Set<String> entries(ParsedReport report, ReportSection section) {
    List<String> texts = new ArrayList<>();
    switch (section) {
      case FLEET_NARRATIVE -> texts.add(String.valueOf(report.fleetNarrative()));
      case FLAGGED_CLUSTERS ->
          report
              .flaggedClusters()
              .forEach(
                  c -> {
                    texts.add(c.clusterId() + " " + c.severity() + " " + c.reason());
                    c.keyMetrics().forEach((name, value) -> metric(name, value, texts));
                  });
      case PREDICTIONS -> report.predictions().forEach(p -> texts.add(p.toString()));
      case CUSTOMER_SUMMARIES ->
          report
              .customerSummaries()
              .forEach(c -> texts.add(c.customer() + " " + c.tier() + " " + c.summary()));
      case RECOMMENDED_ACTIONS ->
          report.recommendedActions().forEach(a -> texts.add(a.urgency() + " " + a.text()));
    }
    Set<String> words = new HashSet<>();
    texts.forEach(text -> words.addAll(of(text)));
    return words;
  }

  private static void metric(String name, JsonNode value, List<String> texts) {
    texts.add(name);
    texts.add(value.isValueNode() ? value.asText() : value.toString());
  }

  static Set<String> of(String text) {
    Set<String> words = new HashSet<>();
    String unescaped = text.replaceAll("\\\\(?:u[0-9a-fA-F]{4}|[nrtbf])", " ");
    for (String word : BETWEEN.split(unescaped)) {
      if (!word.isEmpty()) {
        words.add(word.toLowerCase(Locale.ROOT));
      }
    }
    return words;
  }
}
