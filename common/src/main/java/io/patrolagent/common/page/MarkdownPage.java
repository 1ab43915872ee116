package io.patrolagent.common.page;

import static io.patrolagent.common.page.MarkdownText.inline;

import java.util.ArrayList;
import java.util.List;

/** A {@link Page} as Markdown (CommonMark with GitHub's tables) that reads well unrendered, too. */
final class MarkdownPage implements Page {

  private final Wrapping wrapping = new Wrapping(WIDTH, MarkdownText::atLineStart);
  private final StringBuilder text = new StringBuilder();

  @Override
  public Page heading(int level, String title) {
    return block("#".repeat(level) + " " + inline(title));
  }

  @Override
  public Page paragraph(String paragraph) {
    return block(String.join("\n", wrapping.lines(inline(paragraph), "", "")));
  }

  @Override
  public Page banner(List<String> texts) {
    List<String> lines = new ArrayList<>();
    for (String paragraph : texts) {
      if (!lines.isEmpty()) {
        lines.add(">");
      }
      lines.addAll(wrapping.lines(inline(paragraph), "> ", "> "));
    }
    return block(String.join("\n", lines));
  }

  @Override
  public Page items(List<Item> items) {
    List<String> lines = new ArrayList<>();
    items.forEach(item -> item(item, "- ", lines));
    return block(String.join("\n", lines));
  }

  @Override
  public Page numbered(List<Item> items) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      item(items.get(i), (i + 1) + ". ", lines);
    }
    return block(String.join("\n", lines));
  }

  private void item(Item item, String marker, List<String> lines) {
    String indent = " ".repeat(marker.length());
    lines.addAll(wrapping.lines(inline(item.text()), marker, indent));
    for (String note : item.notes()) {
      lines.addAll(wrapping.lines(inline(note), indent + "- ", indent + "  "));
    }
  }

  @Override
  public Page table(List<List<String>> rows) {
    List<List<String>> escaped =
        rows.stream().map(row -> row.stream().map(MarkdownText::inline).toList()).toList();
    int[] widths = widths(escaped);
    List<String> lines = new ArrayList<>();
    for (List<String> row : escaped) {
      lines.add(line(row, widths));
      if (lines.size() == 1) {
        StringBuilder rule = new StringBuilder("|");
        for (int width : widths) {
          rule.append("-".repeat(width + 2)).append('|');
        }
        lines.add(rule.toString());
      }
    }
    return block(String.join("\n", lines));
  }

  /** The widest cell of each column, three at least. */
  static int[] widths(List<List<String>> rows) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(Math.max(3, widths[i]), PlainText.width(row.get(i)));
      }
    }
    return widths;
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder("|");
    for (int i = 0; i < widths.length; i++) {
      String cell = cells.get(i);
      line.append(' ').append(cell).append(" ".repeat(widths[i] - PlainText.width(cell) + 1));
      line.append('|');
    }
    return line.toString();
  }

  @Override
  public String render() {
    return text + "\n";
  }

  private Page block(String lines) {
    if (!lines.isEmpty()) {
      text.append(text.isEmpty() ? "" : "\n\n").append(lines);
    }
    return this;
  }
}
