package io.patrolagent.common.page;

import static j2html.TagCreator.dd;
import static j2html.TagCreator.div;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.li;
import static j2html.TagCreator.p;
import static j2html.TagCreator.ul;

import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.report.Coverage;
import io.patrolagent.common.report.NarrativeBlock;
import io.patrolagent.common.report.ReportSection;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;

/** What stands behind the findings: the narrative, what was looked at, and how it came about. */
final class HtmlBackground {

  private HtmlBackground() {}

  static DomContent narrative(HtmlContext context) {
    List<DomContent> parts = new ArrayList<>();
    List<NarrativeBlock> blocks = NarrativeBlock.of(context.report().fleetNarrative());
    if (blocks.isEmpty()) {
      parts.add(p("There is none.").withClass("muted"));
    }
    for (NarrativeBlock block : blocks) {
      if (!block.prose().isBlank()) {
        parts.add(p(block.prose()));
      }
      parts.addAll(bullets(block.bullets()));
    }
    parts.addAll(context.notes(context.claims().ofNarrative()));
    return context
        .section("narrative", "Narrative", ReportSection.FLEET_NARRATIVE, parts)
        .withClass("prose");
  }

  static List<DomContent> coverage(HtmlContext context) {
    Coverage coverage = context.report().coverage();
    FleetSnapshot snapshot = context.report().fleetSnapshot();
    List<String> stale = new ArrayList<>();
    if (coverage != null) {
      stale.addAll(FleetCounts.freshness(coverage.staleSources(), context.times()));
    } else if (snapshot != null) {
      stale.addAll(FleetCounts.freshness(snapshot.sources(), context.times()));
    }
    List<DomContent> parts = new ArrayList<>();
    if (coverage != null) {
      parts.add(p(CoverageText.summary(coverage) + "."));
      if (!coverage.inspectedClusters().isEmpty()) {
        parts.add(p("Inspected: " + CoverageText.inspected(coverage) + "."));
      }
      if (!coverage.skipped().isEmpty()) {
        parts.add(h3("Skipped"));
        parts.addAll(bullets(coverage.skipped().stream().map(CoverageText::skipped).toList()));
      }
    }
    if (!stale.isEmpty()) {
      parts.add(h3("Sources that are not fresh"));
      parts.addAll(bullets(stale));
    }
    return parts.isEmpty()
        ? List.of()
        : List.of(context.section("coverage", "Coverage", null, parts));
  }

  static DomContent audit(HtmlContext context) {
    List<DomContent> facts = new ArrayList<>();
    for (Fact fact : ReportAudit.facts(context.report(), context.times())) {
      facts.add(div(dt(fact.name()), dd(fact.value())));
    }
    List<DomContent> parts = new ArrayList<>();
    parts.add(dl(Html.lines(facts)).withClass("pairs"));
    List<String> warnings = ReportAudit.warnings(context.report());
    if (!warnings.isEmpty()) {
      parts.add(h3("Warnings"));
      parts.addAll(bullets(warnings));
    }
    return context.section("audit", "Audit", null, parts);
  }

  private static List<DomContent> bullets(List<String> texts) {
    return texts.isEmpty()
        ? List.of()
        : List.of(ul(Html.lines(texts.stream().map(text -> li(text)).toList())));
  }
}
