package io.patrolagent.common.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * A {@link Page} as plain text for a terminal, without anything that steers one. Headings alone
 * stand at the margin, everything else is indented, so that no text can pass for a heading.
 */
final class TextPage implements Page {

  private static final String INDENT = "  ";

  private final Wrapping wrapping = new Wrapping(WIDTH, UnaryOperator.identity());
  private final StringBuilder text = new StringBuilder();

  @Override
  public Page heading(int level, String title) {
    String line = PlainText.line(title);
    if (level == 1) {
      return block(line + "\n" + "=".repeat(PlainText.width(line)));
    }
    return block(level == 2 ? line.toUpperCase(Locale.ROOT) : INDENT + line);
  }

  @Override
  public Page paragraph(String paragraph) {
    return block(String.join("\n", wrapped(paragraph, INDENT, INDENT)));
  }

  @Override
  public Page banner(List<String> texts) {
    List<String> lines = new ArrayList<>();
    texts.forEach(paragraph -> lines.addAll(wrapped(paragraph, "! ", INDENT)));
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
    String indent = INDENT + " ".repeat(marker.length());
    lines.addAll(wrapped(item.text(), INDENT + marker, indent));
    for (String note : item.notes()) {
      lines.addAll(wrapped(note, indent, indent + INDENT));
    }
  }

  @Override
  public Page table(List<List<String>> rows) {
    List<List<String>> plain =
        rows.stream().skip(1).map(row -> row.stream().map(PlainText::line).toList()).toList();
    if (plain.isEmpty()) {
      return this;
    }
    int[] widths = MarkdownPage.widths(plain);
    List<String> lines = new ArrayList<>();
    for (List<String> row : plain) {
      StringBuilder line = new StringBuilder(INDENT);
      for (int i = 0; i < widths.length; i++) {
        String cell = row.get(i);
        line.append(cell).append(" ".repeat(widths[i] - PlainText.width(cell) + 2));
      }
      lines.add(line.toString().stripTrailing());
    }
    return block(String.join("\n", lines));
  }

  @Override
  public String render() {
    return text + "\n";
  }

  private List<String> wrapped(String unknown, String first, String next) {
    return wrapping.lines(PlainText.line(unknown), first, next);
  }

  private Page block(String lines) {
    if (!lines.isEmpty()) {
      text.append(text.isEmpty() ? "" : "\n\n").append(lines);
    }
    return this;
  }
}
