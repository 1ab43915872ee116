package io.patrolagent.common.page;

import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.report.Change;
import io.patrolagent.common.report.Claim;
import io.patrolagent.common.report.Coverage;
import io.patrolagent.common.report.CustomerSummary;
import io.patrolagent.common.report.Mark;
import io.patrolagent.common.report.NarrativeBlock;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.Prediction;
import io.patrolagent.common.report.ProblemChange;
import io.patrolagent.common.report.RecommendedAction;
import io.patrolagent.common.report.ReportDiff;
import io.patrolagent.common.report.ReportSection;
import io.patrolagent.common.report.Verification;
import java.util.ArrayList;
import java.util.List;

/** A report's sections on a page of lines, in the order in which they are acted on. */
final class ReportLayout {

  private final PatrolReport report;
  private final Times times;
  private final Trend trend;
  private final Header header;
  private final Claims claims;
  private final List<Finding> findings;
  private final Page page;

  private ReportLayout(ReportView view, Page page) {
    report = view.report();
    times = view.times();
    trend = new Trend(view.trend());
    header = new Header(view);
    claims = new Claims(report, times);
    findings = Finding.of(report, claims);
    this.page = page;
  }

  static String on(Page page, ReportView view) {
    new ReportLayout(view, page).write();
    return page.render();
  }

  private void write() {
    page.heading(1, header.title());
    page.paragraph(String.join(" · ", header.facts().stream().map(Fact::toString).toList()));
    page.banner(header.banner());
    if (report.status().isReport()) {
      counts();
      changes();
      actions();
      findings();
      customers();
      patterns();
      predictions();
      narrative();
      coverage();
    }
    audit();
  }

  private void counts() {
    FleetSnapshot snapshot = report.fleetSnapshot();
    if (snapshot != null) {
      List<List<String>> rows = new ArrayList<>();
      rows.add(List.of("What", "Count"));
      FleetCounts.rows(snapshot).forEach(row -> rows.add(List.of(row.label(), row.text())));
      page.heading(2, "Counts").table(rows);
      if (trend.isShown()) {
        page.paragraph(trend.title(times) + ":");
        page.bullets(trend.series().stream().map(Trend.Series::sentence).toList());
      }
    }
  }

  private void changes() {
    ReportDiff diff = report.diff();
    if (diff == null) {
      return;
    }
    Changes changes = new Changes(times);
    page.heading(2, "What changed").paragraph(changes.summary(diff));
    for (Change change : Changes.SHOWN) {
      List<ProblemChange> problems = Changes.of(diff, change);
      if (!problems.isEmpty()) {
        page.paragraph(Wording.capital(Wording.change(change)) + ":");
        page.bullets(problems.stream().map(changes::sentence).toList());
      }
    }
  }

  private void actions() {
    section("Recommended actions", ReportSection.RECOMMENDED_ACTIONS);
    List<Item> items = new ArrayList<>();
    for (Action action : Action.of(report, findings, claims)) {
      RecommendedAction recommended = action.recommended();
      List<String> notes = new ArrayList<>();
      action.clusters().forEach(finding -> notes.add(Action.state(finding)));
      notes.addAll(claims.sentences(action.claims()));
      if (action.handedOver()) {
        notes.add("asked for by the report before, too");
      }
      items.add(
          new Item(
              Predictions.label(recommended.urgency())
                  + recommended.text()
                  + Wording.addedBehind(recommended.addedFrom()),
              notes));
    }
    if (!none(items, ReportSection.RECOMMENDED_ACTIONS, "No action.")) {
      page.numbered(items);
    }
    ReportDiff diff = report.diff();
    if (diff != null && !diff.handover().isEmpty()) {
      page.paragraph("Open from the report before:");
      page.bullets(
          diff.handover().stream().map(a -> Predictions.label(a.urgency()) + a.text()).toList());
    }
  }

  private void findings() {
    section("Findings", ReportSection.FLAGGED_CLUSTERS);
    List<Item> items = findings.stream().map(this::finding).toList();
    if (!none(items, ReportSection.FLAGGED_CLUSTERS, "No cluster is flagged.")) {
      page.items(items);
    }
    Verification verification = report.verification();
    if (verification != null && !verification.notFlagged().isEmpty()) {
      page.paragraph(
          "Critical clusters of Tier S and A customers that the writer did not flag: "
              + String.join(", ", verification.notFlagged())
              + ".");
    }
    if (verification != null && !verification.rejected().isEmpty()) {
      page.paragraph("Taken out, because no such cluster exists:");
      page.bullets(
          verification.rejected().stream()
              .map(r -> r.clusterId() + (r.reason() == null ? "" : ": " + r.reason()))
              .toList());
    }
  }

  private Item finding(Finding finding) {
    StringBuilder line = new StringBuilder();
    Mark mark = finding.mark();
    line.append(mark == null ? "" : Wording.symbol(mark) + " ");
    line.append(Predictions.label(finding.flagged().severity()));
    line.append(finding.flagged().clusterId());
    KnownCluster known = finding.known();
    line.append(known == null || known.whose().isEmpty() ? "" : " (" + known.whose() + ")");
    if (finding.flagged().reason() != null) {
      line.append(": ").append(finding.flagged().reason());
    }
    String metrics = FindingText.metrics(finding);
    line.append(metrics.isEmpty() ? "" : " — " + metrics);
    line.append(Wording.addedBehind(finding.flagged().addedFrom()));
    List<String> notes = new ArrayList<>();
    String since = FindingText.since(finding, times);
    if (!since.isEmpty()) {
      notes.add(since);
    }
    notes.addAll(claims.sentences(finding.claims()));
    return new Item(line.toString(), notes);
  }

  private void customers() {
    section("Tier S and A customers", ReportSection.CUSTOMER_SUMMARIES);
    List<Item> items = new ArrayList<>();
    for (CustomerSummary summary : report.customerSummaries()) {
      String tier = summary.tier() == null ? "" : " (tier " + summary.tier() + ")";
      items.add(
          new Item(
              summary.customer()
                  + tier
                  + ": "
                  + summary.summary()
                  + Wording.addedBehind(summary.addedFrom()),
              claims.sentences(claims.of(ReportSection.CUSTOMER_SUMMARIES, items.size()))));
    }
    if (!none(items, ReportSection.CUSTOMER_SUMMARIES, "No open problems.")) {
      page.items(items);
    }
  }

  private void patterns() {
    Verification verification = report.verification();
    if (verification != null && !verification.patterns().isEmpty()) {
      page.heading(2, "Patterns");
      page.bullets(verification.patterns().stream().map(Patterns::sentence).toList());
    }
  }

  private void predictions() {
    section("Predictions, next 24-48 h", ReportSection.PREDICTIONS);
    List<Item> items = new ArrayList<>();
    for (Prediction prediction : report.predictions()) {
      List<Claim> checked = claims.of(ReportSection.PREDICTIONS, items.size());
      items.add(
          new Item(
              Predictions.label(prediction.confidence()) + prediction.text(),
              claims.sentences(checked)));
    }
    if (!none(items, ReportSection.PREDICTIONS, "None.")) {
      page.items(items);
    }
    ReportDiff diff = report.diff();
    if (diff != null && !diff.predictions().isEmpty()) {
      page.paragraph("What became of earlier ones:");
      page.bullets(diff.predictions().stream().map(o -> Predictions.sentence(o, times)).toList());
    }
  }

  private void narrative() {
    section("Narrative", ReportSection.FLEET_NARRATIVE);
    List<NarrativeBlock> blocks = NarrativeBlock.of(report.fleetNarrative());
    if (blocks.isEmpty()) {
      page.paragraph("There is none.");
    }
    blocks.forEach(block -> page.paragraph(block.prose()).bullets(block.bullets()));
    List<String> checked = claims.sentences(claims.ofNarrative());
    if (!checked.isEmpty()) {
      page.paragraph("Its numbers, checked:").bullets(checked);
    }
  }

  private void coverage() {
    Coverage coverage = report.coverage();
    FleetSnapshot snapshot = report.fleetSnapshot();
    List<String> stale = new ArrayList<>();
    if (coverage != null) {
      stale.addAll(FleetCounts.freshness(coverage.staleSources(), times));
    } else if (snapshot != null) {
      stale.addAll(FleetCounts.freshness(snapshot.sources(), times));
    }
    if (coverage == null && stale.isEmpty()) {
      return;
    }
    page.heading(2, "Coverage");
    if (coverage != null) {
      page.paragraph(CoverageText.summary(coverage) + ".");
      if (!coverage.inspectedClusters().isEmpty()) {
        page.paragraph("Inspected: " + CoverageText.inspected(coverage) + ".");
      }
      if (!coverage.skipped().isEmpty()) {
        page.paragraph("Skipped:");
        page.bullets(coverage.skipped().stream().map(CoverageText::skipped).toList());
      }
    }
    if (!stale.isEmpty()) {
      page.paragraph("Sources that are not fresh:").bullets(stale);
    }
  }

  private void audit() {
    page.heading(2, "Audit");
    page.bullets(ReportAudit.facts(report, times).stream().map(Fact::toString).toList());
    List<String> warnings = ReportAudit.warnings(report);
    if (!warnings.isEmpty()) {
      page.paragraph("Warnings:").bullets(warnings);
    }
  }

  private void section(String title, ReportSection section) {
    page.heading(2, title);
    if (header.isFilled(section)) {
      page.paragraph(Wording.FILLED);
    }
  }

  /** Says why a list is empty, if it is. */
  private boolean none(List<?> list, ReportSection section, String healthy) {
    if (list.isEmpty()) {
      page.paragraph(Wording.empty(report, section, healthy));
    }
    return list.isEmpty();
  }
}
