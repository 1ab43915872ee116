package io.patrolagent.common.page;

import static j2html.TagCreator.h2;
import static j2html.TagCreator.p;

import io.patrolagent.common.report.Claim;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.ReportSection;
import j2html.tags.DomContent;
import j2html.tags.specialized.SectionTag;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the sections of one page are made from. */
record HtmlContext(
    ReportView view, Times times, Header header, Claims claims, List<Finding> findings) {

  HtmlContext(ReportView view) {
    this(view, new Claims(view.report(), view.times()));
  }

  private HtmlContext(ReportView view, Claims claims) {
    this(view, view.times(), new Header(view), claims, Finding.of(view.report(), claims));
  }

  PatrolReport report() {
    return view.report();
  }

  /** A section of ours; where code filled what a writer should have written, it says so first. */
  SectionTag section(
      String id,
      String title,
      @Nullable ReportSection written,
      List<? extends DomContent> contents) {
    List<DomContent> all = new ArrayList<>();
    all.add(h2(title));
    if (written != null && header.isFilled(written)) {
      all.add(p(Wording.FILLED).withClass("filled"));
    }
    all.addAll(contents);
    return j2html.TagCreator.section(Html.lines(all)).withId(id);
  }

  DomContent empty(ReportSection section, String healthy) {
    return p(Wording.empty(report(), section, healthy)).withClass("muted");
  }

  /** The claims that are not verified, and how many are. */
  List<DomContent> notes(List<Claim> checked) {
    List<DomContent> notes = new ArrayList<>();
    for (String sentence : claims.sentences(checked)) {
      notes.add(p(sentence).withClass("note"));
    }
    return notes;
  }
}
