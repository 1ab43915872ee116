package io.patrolagent.common.page;

import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.span;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import io.patrolagent.common.report.AddedFrom;
import io.patrolagent.common.report.Change;
import io.patrolagent.common.report.Mark;
import j2html.Config;
import j2html.rendering.FlatHtml;
import j2html.tags.DomContent;
import j2html.tags.specialized.SpanTag;
import j2html.tags.specialized.TableTag;
import j2html.tags.specialized.TdTag;
import j2html.tags.specialized.TrTag;
import j2html.utils.EscapeUtil;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts that the page's sections share, and the one place where text becomes HTML. Every text
 * and every attribute's value is escaped here and freed of what steers a reader's eye; only the
 * style sheet, which is ours, is not.
 */
final class Html {

  private static final Config ESCAPED =
      Config.defaults().withTextEscaper(unknown -> EscapeUtil.escape(PlainText.visible(unknown)));

  private Html() {}

  static String render(DomContent document) {
    try {
      StringBuilder html = new StringBuilder("<!DOCTYPE html>\n");
      document.render(FlatHtml.into(html, ESCAPED));
      return html.append('\n').toString();
    } catch (IOException e) {
      throw new UncheckedIOException("a page in memory cannot be written", e);
    }
  }

  /** The style sheet beside this class, as it is. */
  static DomContent styleSheet() {
    try (InputStream file = Html.class.getResourceAsStream("report.css")) {
      if (file == null) {
        throw new IllegalStateException("report.css is missing from the jar");
      }
      return rawHtml("\n" + new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("report.css cannot be read", e);
    }
  }

  /** Each on a line of its own, so that two pages can be compared. */
  static DomContent[] lines(List<? extends DomContent> elements) {
    List<DomContent> lines = new ArrayList<>();
    lines.add(text("\n"));
    for (DomContent element : elements) {
      lines.add(element);
      lines.add(text("\n"));
    }
    return lines.toArray(new DomContent[0]);
  }

  static DomContent[] lines(DomContent... elements) {
    return lines(List.of(elements));
  }

  /** A word in a coloured field; {@code kind} is one of the style sheet's and never data. */
  static SpanTag pill(String kind, String word) {
    return span(word).withClasses("pill", kind);
  }

  static DomContent mark(@Nullable Mark mark) {
    return mark == null
        ? span("not checked").withClass("mark none")
        : span(Wording.mark(mark)).withClasses("mark", mark.wireName());
  }

  static SpanTag change(Change change) {
    return pill("change-" + change.wireName(), Wording.change(change));
  }

  static List<DomContent> added(@Nullable AddedFrom from) {
    return from == null
        ? List.of()
        : List.of(text(" "), span(Wording.added(from)).withClass("by-code"));
  }

  static SpanTag muted(String words) {
    return span(words).withClass("muted");
  }

  /** A table that becomes a card for each row on a phone; its cells carry their column's name. */
  static TableTag cards(List<String> columns, List<TrTag> rows) {
    return table(
            lines(
                thead(
                    tr(
                        columns.stream()
                            .map(c -> th(c).attr("scope", "col"))
                            .toArray(DomContent[]::new))),
                tbody(lines(rows))))
        .withClass("cards");
  }

  static TdTag cell(String column, DomContent... contents) {
    return td(contents).withData("label", column);
  }

  static TdTag cell(String column, String words) {
    return td(words).withData("label", column);
  }
}
