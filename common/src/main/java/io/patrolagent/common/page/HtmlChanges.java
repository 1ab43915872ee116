package io.patrolagent.common.page;

import static j2html.TagCreator.b;
import static j2html.TagCreator.div;
import static j2html.TagCreator.p;
import static j2html.TagCreator.text;
import static j2html.TagCreator.tr;

import io.patrolagent.common.report.Change;
import io.patrolagent.common.report.ProblemChange;
import io.patrolagent.common.report.ReportDiff;
import j2html.tags.DomContent;
import j2html.tags.specialized.TrTag;
import java.util.ArrayList;
import java.util.List;

/** What is new, worse, better, gone or not known since the report before. */
final class HtmlChanges {

  private static final List<String> COLUMNS =
      List.of("Change", "Cluster", "Problem", "Since", "Then → now");

  private HtmlChanges() {}

  static List<DomContent> of(HtmlContext context) {
    ReportDiff diff = context.report().diff();
    if (diff == null) {
      return List.of();
    }
    Changes changes = new Changes(context.times());
    List<DomContent> parts = new ArrayList<>();
    parts.add(p(changes.summary(diff)));
    List<TrTag> rows = new ArrayList<>();
    for (Change change : Changes.SHOWN) {
      Changes.of(diff, change).forEach(problem -> rows.add(row(problem, changes)));
    }
    if (!rows.isEmpty()) {
      parts.add(Html.cards(COLUMNS, rows));
    }
    return List.of(context.section("changes", "What changed", null, parts));
  }

  private static TrTag row(ProblemChange problem, Changes changes) {
    List<DomContent> numbers = new ArrayList<>();
    Changes.numbers(problem).forEach(number -> numbers.add(div(number)));
    if (problem.note() != null) {
      numbers.add(div(problem.note()).withClass("muted"));
    }
    return tr(
        Html.cell("Change", Html.change(problem.change())),
        Html.cell("Cluster", b(problem.clusterId()), text(" "), Html.muted(Changes.whose(problem))),
        Html.cell("Problem", Wording.reason(problem.reasonCode())),
        Html.cell("Since", changes.since(problem)),
        Html.cell("Then → now", numbers.toArray(new DomContent[0])));
  }
}
