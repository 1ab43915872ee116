package io.patrolagent.common.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/**
 * Megabytes a second by size, for reports as they are asked for and for texts made to be slow.
 * Where the time is linear, a line's figures are about the same. Not part of the build;
 * CONTRIBUTING says how to run it.
 */
class ReportParserBenchmark {

  private static final int[] SIZES = {10_000, 100_000, 1_000_000, 10_000_000};
  private static final String HEADINGS =
      "## FLEET_NARRATIVE\nx\n## CUSTOMER_SUMMARIES\nnone\n## RECOMMENDED_ACTIONS\nnone\n";

  @Test
  void throughput_by_size() {
    for (var text : texts().entrySet()) {
      StringBuilder line = new StringBuilder(String.format("%-34s", text.getKey()));
      for (int size : SIZES) {
        String raw = text.getValue().apply(size);
        line.append(String.format("  %,d kB: %6.1f MB/s", size / 1000, megabytesASecond(raw)));
      }
      System.out.println(line);
    }
  }

  private static double megabytesASecond(String raw) {
    long warmUp = System.nanoTime() + 200_000_000L;
    do {
      ReportParser.parse(raw, Samples.WRITTEN_AT);
    } while (System.nanoTime() < warmUp);
    long best = Long.MAX_VALUE;
    for (int run = 0; run < 3; run++) {
      long begin = System.nanoTime();
      ReportParser.parse(raw, Samples.WRITTEN_AT);
      best = Math.min(best, System.nanoTime() - begin);
    }
    return raw.length() / 1e6 / (best / 1e9);
  }

  private static Map<String, IntFunction<String>> texts() {
    Map<String, IntFunction<String>> texts = new LinkedHashMap<>();
    texts.put(
        "as asked, many clusters",
        size ->
            clusters(
                "{\"cluster_id\": \"c-0042\", \"severity\": \"critical\", \"reason\": \"disk 91 %\", \"key_metrics\": {\"disk\": 91.5}},\n",
                size));
    texts.put(
        "as asked, many predictions",
        size -> predictions("- [High] c-0042 exceeds 95 % within 24-36 h.\n", size));
    texts.put(
        "prose",
        size -> "## FLEET_NARRATIVE\n" + repeat("All is well, but not in eu-west-1.\n", size));
    texts.put("no headings", size -> repeat("All is well, but not in eu-west-1.\n", size));
    for (String piece :
        new String[] {
          "[",
          "{",
          "#",
          "*",
          "\"",
          "'",
          "\\",
          "`",
          "<",
          "|",
          "-",
          "/",
          "[{",
          "{\"a\":",
          "[[\"",
          "{\"a\": \"x ",
          "\"[{\\\"",
          "a: ",
          "/* ",
          "[] x ",
          "(High) ",
          "<b ",
          "1. ",
          "c-1 "
        }) {
      texts.put("clusters of " + piece, size -> clusters(piece, size));
      texts.put("predictions of " + piece, size -> predictions(piece, size));
    }
    for (String line :
        new String[] {
          "# x\n",
          "## PREDICTIONS\n",
          "**x**\n",
          "**High**\n",
          "- \n",
          "> x\n",
          "|a|\n|-|\n",
          "|a|b|\n",
          "<think>\n",
          "</think>x\n",
          "```\n",
          "<li>\n",
          "<td>x</li>\n",
          "{\"a\": \"b\n",
          "[{\"cluster_id\": \"c-1\n",
          "--- \n",
          "x\n---\n",
          " \n",
          "High: x\n",
          "\r"
        }) {
      String name = line.replace("\n", "\\n").replace("\r", "\\r");
      texts.put("lines of " + name, size -> predictions(line, size));
      texts.put("clusters of lines of " + name, size -> clusters(line, size));
      texts.put("customers of " + name, size -> "## CUSTOMER_SUMMARIES\n" + repeat(line, size));
    }
    texts.put("one long word", size -> predictions("a", size));
    texts.put(
        "one long number",
        size -> clusters("[{\"cluster_id\": \"c\", \"x\": 1}, 1", size).replace("}, 1", "1"));
    texts.put("one long table row", size -> "## PREDICTIONS\n|a|b|\n|-|-|\n|" + repeat("x|", size));
    return texts;
  }

  private static String clusters(String piece, int size) {
    return HEADINGS
        + "## FLAGGED_CLUSTERS\n"
        + (piece.startsWith("{\"cluster_id") ? "[" : "")
        + repeat(piece, size);
  }

  private static String predictions(String piece, int size) {
    return HEADINGS + "## PREDICTIONS\n" + repeat(piece, size);
  }

  private static String repeat(String piece, int size) {
    return piece.repeat(size / piece.length());
  }
}
