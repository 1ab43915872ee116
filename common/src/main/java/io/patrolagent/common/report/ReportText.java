package io.patrolagent.common.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A model's answer as the text of a report: without what it thought aloud before, and with the tags
 * of a page as the Markdown that they stand for. {@code thoughts} are what was taken out.
 */
record ReportText(String text, List<String> thoughts) {

  private static final Pattern THINKING =
      Pattern.compile("<(/?)(think|thinking|thought|reasoning|scratchpad)>|◁(/?)(think)▷");

  static ReportText of(String raw) {
    List<String> thoughts = new ArrayList<>();
    String text = withoutQuoteMarks(withoutThoughts(withLineFeeds(raw), thoughts));
    return new ReportText(HtmlText.toMarkdown(text), thoughts);
  }

  /** A text whose line feeds were escaped once too often. */
  private static String withLineFeeds(String raw) {
    boolean escaped = raw.indexOf('\n') < 0 && raw.contains("\\n") && raw.contains("#");
    return escaped ? raw.replace("\\n", "\n").replace("\\\"", "\"") : raw;
  }

  /** A report that was written as one quotation. */
  private static String withoutQuoteMarks(String text) {
    if (text.indexOf('>') < 0) {
      return text;
    }
    List<String> lines = text.lines().toList();
    long written = lines.stream().filter(line -> !line.isBlank()).count();
    long quoted = lines.stream().filter(line -> line.startsWith(">")).count();
    return 2 * quoted <= written
        ? text
        : lines.stream()
            .map(
                line ->
                    line.startsWith("> ")
                        ? line.substring(2)
                        : line.startsWith(">") ? line.substring(1) : line)
            .collect(Collectors.joining("\n"));
  }

  /** A block that is never closed is kept: what broke off may well have been the report. */
  private static String withoutThoughts(String raw, List<String> thoughts) {
    Matcher tag = THINKING.matcher(raw);
    StringBuilder kept = new StringBuilder();
    int from = 0;
    int opened = -1;
    while (tag.find()) {
      boolean closes = "/".equals(tag.group(1)) || "/".equals(tag.group(3));
      if (!closes) {
        opened = opened < 0 ? tag.start() : opened;
        continue;
      }
      if (opened < 0 && !thoughts.isEmpty()) {
        continue;
      }
      // some models' templates swallow the tag that opens
      int begin = opened < 0 ? from : opened;
      kept.append(raw, from, begin);
      thoughts.add(raw.substring(begin, tag.end()));
      from = tag.end();
      opened = -1;
    }
    return from == 0 ? raw : kept.append(raw, from, raw.length()).toString();
  }
}
