package io.patrolagent.common.page;

import static j2html.TagCreator.b;
import static j2html.TagCreator.code;
import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.li;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.text;
import static j2html.TagCreator.tr;
import static j2html.TagCreator.ul;

import io.patrolagent.common.report.Claim;
import io.patrolagent.common.report.EvidenceSource;
import io.patrolagent.common.report.FlaggedCluster;
import io.patrolagent.common.report.Mark;
import io.patrolagent.common.report.ReportSection;
import io.patrolagent.common.report.Verification;
import j2html.tags.DomContent;
import j2html.tags.specialized.TrTag;
import java.util.ArrayList;
import java.util.List;

/** The findings, each a line that unfolds to its evidence. */
final class HtmlFindings {

  private static final List<String> COLUMNS =
      List.of("Claim", "Written", "Found", "Mark", "Source");

  private HtmlFindings() {}

  static DomContent of(HtmlContext context) {
    List<DomContent> parts = new ArrayList<>();
    if (context.findings().isEmpty()) {
      parts.add(context.empty(ReportSection.FLAGGED_CLUSTERS, "No cluster is flagged."));
    } else {
      List<DomContent> findings = new ArrayList<>();
      context.findings().forEach(finding -> findings.add(finding(finding, context)));
      parts.add(div(Html.lines(findings)).withClass("findings"));
    }
    Verification verification = context.report().verification();
    if (verification != null && !verification.notFlagged().isEmpty()) {
      parts.add(h3("Critical at Tier S and A, and not flagged by the writer"));
      parts.add(p(String.join(", ", verification.notFlagged())));
    }
    if (verification != null && !verification.rejected().isEmpty()) {
      parts.add(h3("Taken out: no such cluster exists"));
      parts.add(
          ul(Html.lines(verification.rejected().stream().map(HtmlFindings::rejected).toList())));
    }
    return context.section("findings", "Findings", ReportSection.FLAGGED_CLUSTERS, parts);
  }

  private static DomContent rejected(FlaggedCluster finding) {
    String reason = finding.reason() == null ? "" : ": " + finding.reason();
    return li(b(finding.clusterId()), text(reason));
  }

  private static DomContent finding(Finding finding, HtmlContext context) {
    FlaggedCluster flagged = finding.flagged();
    String severity = flagged.severity() == null ? "no severity" : flagged.severity();
    return details(
            Html.lines(
                summary(
                    Html.lines(
                        span(Html.pill("severity-" + finding.severityName(), severity))
                            .withClass("severity"),
                        cluster(finding),
                        what(finding, context),
                        since(finding, context.times()),
                        span(checked(finding)).withClass("checked"))),
                evidence(finding, context)))
        .withClasses("finding", "is-" + finding.severityName());
  }

  private static DomContent checked(Finding finding) {
    return finding.mark() == null && finding.flagged().addedFrom() != null
        ? span("from data").withClass("mark none")
        : Html.mark(finding.mark());
  }

  private static DomContent cluster(Finding finding) {
    KnownCluster known = finding.known();
    List<DomContent> parts = new ArrayList<>();
    parts.add(b(finding.flagged().clusterId()));
    if (known != null) {
      parts.add(Html.muted(known.whose()));
    }
    return span(Html.lines(parts)).withClass("cluster");
  }

  private static DomContent what(Finding finding, HtmlContext context) {
    List<DomContent> parts = new ArrayList<>();
    String reason = finding.flagged().reason();
    parts.add(span(reason == null ? "no reason given" : reason));
    parts.addAll(Html.added(finding.flagged().addedFrom()));
    finding.claims().stream()
        .filter(claim -> claim.mark() == Mark.CONTRADICTED)
        .forEach(claim -> parts.add(span(context.claims().sentence(claim)).withClass("note")));
    return span(parts.toArray(new DomContent[0])).withClass("what");
  }

  private static DomContent since(Finding finding, Times times) {
    List<DomContent> parts = new ArrayList<>();
    if (finding.change() != null) {
      parts.add(Html.change(finding.change()));
    }
    if (finding.since() != null && finding.patrols() > 1) {
      parts.add(Html.muted("since " + times.day(finding.since())));
      parts.add(Html.muted(Figures.count(finding.patrols()) + " patrols"));
    }
    return span(Html.lines(parts)).withClass("since");
  }

  private static DomContent evidence(Finding finding, HtmlContext context) {
    List<DomContent> parts = new ArrayList<>();
    KnownCluster known = finding.known();
    if (known != null && !known.rated().isEmpty()) {
      String name = known.name() == null ? "" : known.name() + ": ";
      parts.add(p(name + known.rated()));
    }
    if (!finding.metrics().isEmpty()) {
      parts.add(p("As written: " + FindingText.metrics(finding)));
    }
    if (finding.claims().isEmpty()) {
      parts.add(
          p(finding.flagged().addedFrom() == null
                  ? "No claim of this finding was checked."
                  : "Code wrote this from data; there is nothing to check.")
              .withClass("muted"));
    } else {
      parts.add(
          Html.cards(
              COLUMNS, finding.claims().stream().map(claim -> row(claim, context)).toList()));
    }
    return div(Html.lines(parts)).withClass("evidence");
  }

  private static TrTag row(Claim claim, HtmlContext context) {
    EvidenceSource source = context.claims().source(claim);
    List<DomContent> where = new ArrayList<>();
    if (source == null) {
      where.add(Html.muted("nothing that was read"));
    } else {
      where.add(span(context.claims().where(source)));
      if (source.arguments() != null) {
        where.add(text(" "));
        where.add(code(Claims.cut(source.arguments())));
      }
    }
    return tr(
        Html.cell("Claim", claim.name().equals("cluster_id") ? "the cluster exists" : claim.name()),
        Html.cell("Written", Claims.cut(claim.written())),
        Html.cell("Found", claim.found() == null ? "–" : Claims.cut(claim.found())),
        Html.cell("Mark", Html.mark(claim.mark())),
        Html.cell("Source", where.toArray(new DomContent[0])));
  }
}
