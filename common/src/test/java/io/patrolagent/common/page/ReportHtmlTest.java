package io.patrolagent.common.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.report.PatrolReport;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class ReportHtmlTest {

  private static Document page(PatrolReport report) {
    return Jsoup.parse(ReportHtml.render(CheckedReports.view(report)));
  }

  private static Document completed() {
    return page(CheckedReports.completed().build());
  }

  @Test
  void sectionsStandInTheOrderInWhichTheyAreActedOn() {
    assertThat(completed().select("body > main > section").eachAttr("id"))
        .containsExactly(
            "counts",
            "changes",
            "actions",
            "findings",
            "customers",
            "patterns",
            "predictions",
            "narrative",
            "coverage",
            "audit");
  }

  @Test
  void theHeadSaysStatusAgeWriterAndCost() {
    assertThat(completed().select(".facts").text())
        .contains("completed", "2 min old when done", "anthropic/some-model", "$0.84")
        .contains("9 verified, 1 contradicted, 3 unsupported");
  }

  @Test
  void timesAreOnTheReadersClock() {
    assertThat(completed().select("h1").text())
        .isEqualTo("Fleet morning patrol of 2026-11-25 07:02 CET");
  }

  @Test
  void aFindingsMarkIsTheWorstOfItsClaims() {
    assertThat(completed().select(".finding .checked").eachText())
        .containsExactly(
            "✓ verified",
            "✓ verified",
            "✗ contradicted",
            "? unsupported",
            "not checked",
            "from data");
  }

  @Test
  void aContradictedFindingShowsTheTrueValueWithoutUnfolding() {
    assertThat(completed().select(".finding:nth-child(3) summary").text())
        .contains("query_p99_ms: written 1840, found 840");
  }

  @Test
  void aFindingUnfoldsToEachClaimWithItsSource() {
    Element finding = completed().select("details.finding").get(0);

    assertThat(finding.hasAttr("open")).isFalse();
    assertThat(finding.select("tbody tr").eachText())
        .containsExactly(
            "the cluster exists c-1042 – ✓ verified the fleet's tables, 25 Nov 07:02",
            "disk_used_percent 91.2 91.18 ✓ verified get_cluster_metrics, 25 Nov 07:00"
                + " {\"cluster_id\":\"c-1042\",\"hours\":24}",
            "growth_points_per_hour 1.25 1.25 ✓ verified get_cluster_metrics, 25 Nov 07:00"
                + " {\"cluster_id\":\"c-1042\",\"hours\":24}");
  }

  @Test
  void whatCodeTookOutAndWhatNobodyFlaggedIsSaid() {
    assertThat(completed().select("#findings").text())
        .contains("Taken out: no such cluster exists", "c-9999: unreachable since midnight")
        .contains("not flagged by the writer c-0500");
  }

  @Test
  void whatCodeAddedIsLabelledByItsSource() {
    assertThat(completed().select(".by-code").eachText())
        .containsExactly(
            "added by code from the snapshot",
            "added by code from the snapshot",
            "added by code from the fleet's tables");
  }

  @Test
  void aSectionThatCodeFilledSaysSo() {
    Document page = page(CheckedReports.partial().build());

    assertThat(page.select("section:has(> .filled)").eachAttr("id"))
        .containsExactly("findings", "customers");
    assertThat(page.select(".banner").text()).contains("PARTIAL:", "FILLED IN:", "DATA:");
  }

  @Test
  void theTrendIsSaidInWordsToo() {
    assertThat(completed().select("svg[role=img]").eachAttr("aria-label"))
        .containsExactly(
            "Trend of critical: 2 → 6, between 2 and 6",
            "Trend of warning: 30 → 41, between 28 and 44",
            "Trend of unknown: 0 → 3, between 0 and 3");
    assertThat(completed().select("svg").get(0).select("rect")).hasSize(14);
  }

  @Test
  void changesAreInTheOrderOfTheirWeightAndWhatPersistsIsCounted() {
    Document page = completed();

    assertThat(page.select("#changes tbody .pill").eachText())
        .containsExactly("new", "new", "worse", "better", "resolved", "not assessed");
    assertThat(page.select("#changes > p").text()).contains("1 persisting");
    assertThat(page.select("#changes tbody tr").get(2).text())
        .isEqualTo(
            "worse c-0077 Globex, tier A backup overdue since 24 Nov 19:02, 2 patrols"
                + " backup_age_hours 19.2 → 31.2 rated Critical now");
  }

  @Test
  void nothingIsLoadedAndNothingCanRun() {
    Document page = completed();

    assertThat(page.select("script, link, img, iframe, object, embed, a, form")).isEmpty();
    assertThat(page.html()).doesNotContain("url(", "@import", "http://", "https://");
    assertThat(page.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
        .startsWith("default-src 'none'");
  }

  @Test
  void aReportThatNobodyCheckedIsReadable() {
    Document page = page(Reports.completed().build());

    assertThat(page.select("body > main > section").eachAttr("id"))
        .containsExactly(
            "counts",
            "actions",
            "findings",
            "customers",
            "predictions",
            "narrative",
            "coverage",
            "audit");
    assertThat(page.select(".finding .checked").text()).isEqualTo("not checked");
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"COMPLETED", "PARTIAL", "DEGRADED", "SHARED"})
  void aPatrolWithoutReportGivesAShortPageWithTheReason(ReportStatus status) {
    Document page = page(Reports.ended(status, "aggregator: no scope"));

    assertThat(page.select("section").eachAttr("id")).isEqualTo(List.of("audit"));
    assertThat(page.select(".banner").text()).contains("aggregator: no scope");
  }
}
