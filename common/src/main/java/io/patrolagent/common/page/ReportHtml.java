package io.patrolagent.common.page;

import static j2html.TagCreator.body;
import static j2html.TagCreator.head;
import static j2html.TagCreator.html;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.style;
import static j2html.TagCreator.title;

import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;

/**
 * A report as one self-contained page of HTML: it loads nothing, runs nothing, follows the reader's
 * light or dark, reads on a phone and prints on A4. What a model or a database wrote stays text.
 * The same view gives the same bytes. Thread-safe.
 */
public final class ReportHtml {

  /** So that even a page that was tampered with loads nothing and runs nothing. */
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'";

  private ReportHtml() {}

  /** The document, ending in a line feed; a short one where the patrol left no report. */
  public static String render(ReportView view) {
    HtmlContext context = new HtmlContext(view);
    List<DomContent> parts = new ArrayList<>(HtmlHeader.of(context));
    if (view.report().status().isReport()) {
      parts.add(HtmlCounts.of(context));
      parts.addAll(HtmlChanges.of(context));
      parts.add(HtmlActions.of(context));
      parts.add(HtmlFindings.of(context));
      parts.add(HtmlOutlook.customers(context));
      parts.addAll(HtmlOutlook.patterns(context));
      parts.add(HtmlOutlook.predictions(context));
      parts.add(HtmlBackground.narrative(context));
      parts.addAll(HtmlBackground.coverage(context));
    }
    parts.add(HtmlBackground.audit(context));
    return Html.render(
        html(Html.lines(
                head(
                    Html.lines(
                        meta().attr("charset", "utf-8"),
                        meta().attr("http-equiv", "Content-Security-Policy").withContent(POLICY),
                        meta()
                            .withName("viewport")
                            .withContent("width=device-width, initial-scale=1"),
                        meta().withName("color-scheme").withContent("light dark"),
                        meta().withName("robots").withContent("noindex"),
                        title(context.header().title()),
                        style().with(Html.styleSheet()))),
                body(main(Html.lines(parts)))))
            .withLang("en"));
  }
}
