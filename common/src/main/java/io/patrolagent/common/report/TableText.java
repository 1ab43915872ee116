package io.patrolagent.common.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of the Markdown tables in a text, by their column's names, and the lines that are in no
 * table. Values are texts: whether {@code 1.234} is a little or a lot is not said.
 */
record TableText(List<Fields> rows, List<String> lines) {

  static TableText of(List<String> lines) {
    Reader reader = new Reader();
    for (int i = 0; i < lines.size(); i++) {
      String next = i + 1 < lines.size() ? lines.get(i + 1) : "";
      reader.take(lines.get(i), next);
    }
    return new TableText(reader.rows, reader.rest);
  }

  static boolean isRow(String line) {
    String stripped = line.strip();
    return stripped.length() > 1 && stripped.charAt(0) == '|';
  }

  /** {@code |---|:--:|}: dashes and bars alone. */
  private static boolean isDelimiter(String line) {
    return line.indexOf('-') >= 0
        && line.indexOf('|') >= 0
        && line.chars().allMatch(c -> "|-: \t+".indexOf(c) >= 0);
  }

  static List<String> cells(String line) {
    String row = line.strip();
    int from = row.startsWith("|") ? 1 : 0;
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    for (int i = from; i < row.length(); i++) {
      char c = row.charAt(i);
      if (c == '\\' && i + 1 < row.length() && row.charAt(i + 1) == '|') {
        cell.append('|');
        i++;
      } else if (c == '|') {
        cells.add(cell.toString().strip());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    if (!cell.toString().isBlank()) {
      cells.add(cell.toString().strip());
    }
    return cells;
  }

  private static final class Reader {

    private final List<Fields> rows = new ArrayList<>();
    private final List<String> rest = new ArrayList<>();
    private List<String> header = List.of();

    void take(String line, String next) {
      boolean begins = header.isEmpty() && line.indexOf('|') >= 0;
      if (begins && (isDelimiter(next) || (isRow(line) && isRow(next)))) {
        header = cells(line);
      } else if (!header.isEmpty() && isDelimiter(line)) {
        return;
      } else if (!header.isEmpty() && line.indexOf('|') >= 0) {
        row(cells(line));
      } else {
        header = List.of();
        rest.add(line);
      }
    }

    private void row(List<String> cells) {
      if (cells.stream().allMatch(String::isBlank)) {
        return;
      }
      Map<String, StringBuilder> texts = new LinkedHashMap<>();
      for (int i = 0; i < cells.size(); i++) {
        String name = i < header.size() ? Markup.strip(header.get(i)) : "";
        String value = Markup.strip(cells.get(i));
        boolean number = Fields.key(name).isEmpty() && value.matches("\\d{1,4}[.)]?");
        if (!value.isEmpty() && !(number && i == 0)) {
          StringBuilder text = texts.computeIfAbsent(name, n -> new StringBuilder());
          text.append(text.isEmpty() ? "" : " | ").append(value);
        }
      }
      Map<String, JsonNode> values = new LinkedHashMap<>();
      texts.forEach((name, text) -> values.put(name, TextNode.valueOf(text.toString())));
      rows.add(new Fields(values));
    }
  }
}
