package io.patrolagent.common.page;

import static j2html.TagCreator.b;
import static j2html.TagCreator.div;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.li;
import static j2html.TagCreator.ol;
import static j2html.TagCreator.p;
import static j2html.TagCreator.text;
import static j2html.TagCreator.ul;

import io.patrolagent.common.report.Change;
import io.patrolagent.common.report.RecommendedAction;
import io.patrolagent.common.report.ReportDiff;
import io.patrolagent.common.report.ReportSection;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;

/** What to do, how soon, and how the clusters that are named stand. */
final class HtmlActions {

  private HtmlActions() {}

  static DomContent of(HtmlContext context) {
    List<DomContent> parts = new ArrayList<>();
    List<Action> actions = Action.of(context.report(), context.findings(), context.claims());
    if (actions.isEmpty()) {
      parts.add(context.empty(ReportSection.RECOMMENDED_ACTIONS, "No action."));
    } else {
      parts.add(
          ol(Html.lines(actions.stream().map(a -> action(a, context)).toList()))
              .withClass("actions"));
    }
    ReportDiff diff = context.report().diff();
    if (diff != null && !diff.handover().isEmpty()) {
      parts.add(h3("Open from the report before"));
      parts.add(ul(Html.lines(diff.handover().stream().map(HtmlActions::open).toList())));
    }
    return context.section(
        "actions", "Recommended actions", ReportSection.RECOMMENDED_ACTIONS, parts);
  }

  private static DomContent open(RecommendedAction action) {
    return li(Predictions.label(action.urgency()) + action.text());
  }

  private static DomContent action(Action action, HtmlContext context) {
    RecommendedAction recommended = action.recommended();
    List<DomContent> line = new ArrayList<>();
    if (recommended.urgency() != null) {
      line.add(Html.pill("urgency-" + action.urgencyName(), recommended.urgency()));
      line.add(text(" "));
    }
    line.add(text(recommended.text()));
    line.addAll(Html.added(recommended.addedFrom()));
    List<DomContent> parts = new ArrayList<>();
    parts.add(p(line.toArray(new DomContent[0])));
    action.clusters().forEach(finding -> parts.add(state(finding)));
    if (action.handedOver()) {
      parts.add(p("Asked for by the report before, too").withClass("note"));
    }
    parts.addAll(context.notes(action.claims()));
    return li(parts.toArray(new DomContent[0]));
  }

  private static DomContent state(Finding finding) {
    List<DomContent> state = new ArrayList<>();
    state.add(b(finding.flagged().clusterId()));
    if (finding.known() != null) {
      state.add(Html.muted(finding.known().whose()));
    }
    if (finding.flagged().severity() != null) {
      state.add(Html.pill("severity-" + finding.severityName(), finding.flagged().severity()));
    }
    Change change = finding.change();
    if (change != null) {
      state.add(Html.change(change));
    }
    if (finding.mark() != null) {
      state.add(Html.mark(finding.mark()));
    }
    return div(Html.lines(state)).withClass("state");
  }
}
