package io.patrolagent.common.page;

import static j2html.TagCreator.b;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.li;
import static j2html.TagCreator.text;
import static j2html.TagCreator.tr;
import static j2html.TagCreator.ul;

import io.patrolagent.common.report.CustomerSummary;
import io.patrolagent.common.report.FleetPattern;
import io.patrolagent.common.report.Prediction;
import io.patrolagent.common.report.PredictionOutcome;
import io.patrolagent.common.report.ReportDiff;
import io.patrolagent.common.report.ReportSection;
import io.patrolagent.common.report.Verification;
import j2html.tags.DomContent;
import j2html.tags.specialized.TrTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Customers, what clusters have in common, and what is to come. */
final class HtmlOutlook {

  private static final List<String> PATTERN = List.of("Pattern", "Here", "Customers", "Elsewhere");
  private static final List<String> OUTCOME = List.of("Outcome", "Prediction", "Of", "Found");

  private HtmlOutlook() {}

  static DomContent customers(HtmlContext context) {
    List<DomContent> items = new ArrayList<>();
    for (CustomerSummary summary : context.report().customerSummaries()) {
      List<DomContent> line = new ArrayList<>();
      line.add(b(summary.customer()));
      line.add(Html.muted(summary.tier() == null ? " " : " tier " + summary.tier() + " "));
      line.add(text(summary.summary()));
      line.addAll(Html.added(summary.addedFrom()));
      line.addAll(
          context.notes(context.claims().of(ReportSection.CUSTOMER_SUMMARIES, items.size())));
      items.add(li(line.toArray(new DomContent[0])));
    }
    return list(
        context,
        "customers",
        "Tier S and A customers",
        ReportSection.CUSTOMER_SUMMARIES,
        items,
        "No open problems.",
        List.of());
  }

  static List<DomContent> patterns(HtmlContext context) {
    Verification verification = context.report().verification();
    if (verification == null || verification.patterns().isEmpty()) {
      return List.of();
    }
    List<TrTag> rows = verification.patterns().stream().map(HtmlOutlook::pattern).toList();
    return List.of(
        context.section("patterns", "Patterns", null, List.of(Html.cards(PATTERN, rows))));
  }

  private static TrTag pattern(FleetPattern pattern) {
    return tr(
        Html.cell("Pattern", b(Patterns.name(pattern))),
        Html.cell("Here", Patterns.share(pattern.flagged(), pattern.cohort())),
        Html.cell("Customers", Figures.count(pattern.customers())),
        Html.cell("Elsewhere", Patterns.elsewhere(pattern)));
  }

  static DomContent predictions(HtmlContext context) {
    List<DomContent> items = new ArrayList<>();
    for (Prediction prediction : context.report().predictions()) {
      List<DomContent> line = new ArrayList<>();
      if (prediction.confidence() != null) {
        line.add(
            Html.pill("confidence-" + level(prediction.confidence()), prediction.confidence()));
        line.add(text(" "));
      }
      line.add(text(prediction.text()));
      line.addAll(context.notes(context.claims().of(ReportSection.PREDICTIONS, items.size())));
      items.add(li(line.toArray(new DomContent[0])));
    }
    ReportDiff diff = context.report().diff();
    List<DomContent> behind = new ArrayList<>();
    if (diff != null && !diff.predictions().isEmpty()) {
      behind.add(h3("What became of earlier ones"));
      behind.add(
          Html.cards(
              OUTCOME, diff.predictions().stream().map(o -> outcome(o, context.times())).toList()));
    }
    return list(
        context,
        "predictions",
        "Predictions, next 24-48 h",
        ReportSection.PREDICTIONS,
        items,
        "None.",
        behind);
  }

  private static TrTag outcome(PredictionOutcome outcome, Times times) {
    return tr(
        Html.cell(
            "Outcome",
            Html.pill(
                "outcome-" + outcome.outcome().wireName(), Wording.outcome(outcome.outcome()))),
        Html.cell("Prediction", Predictions.label(outcome.confidence()) + outcome.text()),
        Html.cell("Of", times.day(outcome.predictedAt())),
        Html.cell("Found", outcome.found() == null ? "–" : outcome.found()));
  }

  private static String level(@Nullable String confidence) {
    String level = confidence == null ? "" : confidence.strip().toLowerCase(Locale.ROOT);
    return switch (level) {
      case "high", "medium", "low" -> level;
      default -> "other";
    };
  }

  private static DomContent list(
      HtmlContext context,
      String id,
      String title,
      ReportSection section,
      List<DomContent> items,
      String healthy,
      List<DomContent> behind) {
    List<DomContent> parts = new ArrayList<>();
    parts.add(
        items.isEmpty()
            ? context.empty(section, healthy)
            : ul(Html.lines(items)).withClass("plain"));
    parts.addAll(behind);
    return context.section(id, title, section, parts);
  }
}
