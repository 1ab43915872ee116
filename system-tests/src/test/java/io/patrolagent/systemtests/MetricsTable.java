package io.patrolagent.systemtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The table of {@code docs/metrics.md}: which service tells which metric. */
final class MetricsTable {

  private static final Path FILE = Path.of("..", "docs", "metrics.md");
  private static final Pattern ROW =
      Pattern.compile("^\\| `([a-z_0-9]+)` \\| [a-z]+ \\| ([^|]*) \\|.*\\|$", Pattern.MULTILINE);
  private static final Pattern OURS = Pattern.compile("^(patrol_[a-z_0-9]+)\\{", Pattern.MULTILINE);

  private record Row(String metric, String services) {}

  private final List<Row> rows;

  private MetricsTable(List<Row> rows) {
    this.rows = rows;
  }

  static MetricsTable read() throws IOException {
    Matcher rows = ROW.matcher(Files.readString(FILE));
    return new MetricsTable(rows.results().map(r -> new Row(r.group(1), r.group(2))).toList());
  }

  Set<String> metrics() {
    return rows.stream().map(Row::metric).collect(Collectors.toCollection(TreeSet::new));
  }

  /** What that service tells by the table. */
  Set<String> of(String service) {
    return rows.stream()
        .filter(row -> row.metric().startsWith("patrol_"))
        .filter(
            row ->
                row.services().equals("all")
                    || List.of(row.services().split(", ")).contains(service)
                    || (row.services().equals("stages") && !service.equals("scheduler")))
        .map(Row::metric)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What a scrape tells of ours, histograms and summaries by their names alone. */
  static Set<String> in(String scrape) {
    return OURS.matcher(scrape)
        .results()
        .map(found -> baseName(found.group(1)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Without what Prometheus adds for the parts of a histogram or summary. */
  static String baseName(String series) {
    return series.replaceFirst("_seconds_(bucket|count|sum|max)$", "_seconds");
  }
}
