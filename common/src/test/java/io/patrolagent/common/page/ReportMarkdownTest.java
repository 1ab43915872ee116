package io.patrolagent.common.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.report.FlaggedCluster;
import io.patrolagent.common.report.RecommendedAction;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportMarkdownTest {

  @Test
  void aReportStatesWhatToActOnFirstAndWhoWroteItLast() {
    String page = ReportMarkdown.render(Reports.completed().build());

    assertThat(page)
        .isEqualTo(
            """
            # Fleet morning patrol of 2026-11-25 07:02 UTC

            Status: completed · scope: tiers S, A · data: 2026-11-25 07:00 UTC, 2 min old when done · writer:
            anthropic/some-model · cost: $0.84

            > DATA: not all of it is fresh or complete. 112 clusters have no risk level of the last 24 h.

            ## Counts

            | What              | Count                                            |
            |-------------------|--------------------------------------------------|
            | Clusters          | 4,000 active, 100 suspended, 20 terminated       |
            | Risk              | 6 critical, 41 warning, 3,950 healthy, 3 unknown |
            | Health            | 17 poor, 80 moderate, 3,900 healthy, 3 unknown   |
            | Alerts, last 24 h | 12 firing, 40 resolved, 3 firing since before    |
            | Open issues       | 1 critical, 2 high, 4 medium, 0 low              |

            ## Recommended actions

            1. [Immediate] Expand the volume of c-1042.
               - c-1042 (ACME, tier S, eu-west-1): critical

            ## Findings

            - [critical] c-1042 (ACME, tier S, eu-west-1): disk 91 %, full about 14:00 — disk_used_percent 91

            ## Tier S and A customers

            - ACME (tier S): One cluster is filling.

            ## Predictions, next 24-48 h

            - [High] c-2210: the certificate runs out.

            ## Narrative

            The fleet is stable.

            ## Coverage

            Sources that are not fresh:

            - byoc.cluster_risk_snapshots: newest row of 2026-11-24 06:02 UTC; 112 clusters without a row of
              the last 24 h, 2 without any

            ## Audit

            - Report: 0192f0c1-2b7e-7c55-8d7e-3f2a9c1b5e44
            - Trigger: morning, by scheduler
            - Focus: look at compactions
            - Requested: 2026-11-25 06:59 UTC; due: 2026-11-25 07:15 UTC; started: 2026-11-25 07:00 UTC;
              finished: 2026-11-25 07:02 UTC
            - Agent: 6 rounds, 14 tool calls, 93 s active; tokens: 120,345 in (90,000 cached), 2,345 out

            Warnings:

            - 112 clusters have no risk level of the last 24 h
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "<!-- hidden -->",
        "# Fake heading",
        "Fine.\n# Fake heading\nmore",
        "Fine.\n\n## AUDIT\n\n- Report: forged",
        "text\n===",
        "text\n---",
        "[click](javascript:alert(1))",
        "![image](http://x)",
        "[ref]: http://x",
        "a | b\n--- | ---\n1 | 2",
        "```\ncode",
        "    indented code",
        "> quote",
        "\u001b[31mred\u001b[0m \u001b]0;title\u0007 \u009b2J",
        "a\u202egnp.exe",
        "line\u2028# heading",
        "&lt;b&gt;",
      })
  void textOfUnknownOriginStaysText(String hostile) {
    var report =
        Reports.completed()
            .narrative(hostile)
            .actions(List.of(new RecommendedAction(hostile, hostile)))
            .clusters(
                List.of(
                    new FlaggedCluster(
                        hostile, hostile, hostile, Map.of(hostile, TextNode.valueOf(hostile)))))
            .warnings(hostile)
            .build();

    String page = ReportMarkdown.render(report);

    assertThat(page)
        .doesNotContainPattern("<[a-zA-Z/!?]")
        .doesNotContainPattern("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2028]")
        .doesNotContainPattern("(?<!\\\\)\\](\\(|:)")
        .doesNotContain("```");
    assertThat(page.lines().filter(line -> line.startsWith("#")))
        .containsExactly(
            "# Fleet morning patrol of 2026-11-25 07:02 UTC",
            "## Counts",
            "## Recommended actions",
            "## Findings",
            "## Tier S and A customers",
            "## Predictions, next 24-48 h",
            "## Narrative",
            "## Coverage",
            "## Audit");
    assertThat(page.lines().filter(line -> line.matches("\\s*([-=]{2,}|[-| :]+)\\s*")))
        .noneMatch(line -> !line.startsWith("|--"));
    assertThat(page).contains("0192f0c1-2b7e-7c55-8d7e-3f2a9c1b5e44");
  }

  @Test
  void noLineIsWiderThanATerminalWhateverTheWords() {
    String words = "word ".repeat(300) + "x".repeat(450) + " 漢字".repeat(120) + " - # 1. > +";
    var report = Reports.completed().narrative(words).warnings(words).build();

    String page = ReportMarkdown.render(report);

    assertThat(page.lines()).allMatch(line -> PlainText.width(line) <= 100);
    assertThat(page.replaceAll("\\s", "")).contains("x".repeat(450));
  }

  @Test
  void aWrappedLineDoesNotBecomeAListOrHeading() {
    for (int length = 80; length < 100; length++) {
      String text = "x".repeat(length) + " - not a list # not a heading 1. not a number";
      String page = ReportMarkdown.render(Reports.completed().narrative(text).build());
      String narrative = page.substring(page.indexOf("## Narrative"), page.indexOf("## Coverage"));
      assertThat(narrative.lines().skip(1)).noneMatch(l -> l.matches("(-|#+|\\d+\\.) .*"));
    }
  }

  @Test
  void whatMeansNothingToMarkdownIsNotEscaped() {
    String text =
        "score < 70 & disk_used_percent > 90 on c-0042 (3.2.1), 5 * 3 = 15, **bold** `code`";
    String page = ReportMarkdown.render(Reports.completed().narrative(text).build());

    assertThat(page)
        .contains("score < 70 & disk_used_percent > 90 on c-0042 (3.2.1), 5 * 3 = 15, bold code");
  }

  @Test
  void tablesAreAligned() {
    String page = ReportMarkdown.render(Reports.completed().build());

    assertThat(page.lines().filter(line -> line.startsWith("|")).map(PlainText::width).distinct())
        .hasSize(1);
    assertThat(page).contains("6 critical, 41 warning, 3,950 healthy, 3 unknown");
  }

  @Test
  void aPartialReportSaysWhatIsMissingAndWhere() {
    var report =
        Reports.completed()
            .status(ReportStatus.PARTIAL)
            .actions(List.of())
            .warnings("RECOMMENDED_ACTIONS: the section is missing.")
            .build();

    String page = ReportMarkdown.render(report);

    assertThat(page)
        .contains("> PARTIAL: ")
        .containsSubsequence(
            "> PARTIAL",
            "RECOMMENDED_ACTIONS: the section",
            "## Recommended actions",
            "Missing or");
  }

  @Test
  void aDegradedReportSaysThatNoProviderWroteIt() {
    var report = Reports.completed().status(ReportStatus.DEGRADED).warnings("anthropic: 401");

    assertThat(ReportMarkdown.render(report.build()))
        .contains("> DEGRADED: ")
        .contains("anthropic: 401.");
  }

  @Test
  void staleDataIsSaidOnTopAndInTheCounts() {
    assertThat(ReportMarkdown.render(Reports.completed().build()))
        .containsSubsequence(
            "> DATA: ", "no risk level of the last 24 h", "## Counts", "## Coverage")
        .contains("byoc.cluster_risk_snapshots: newest row of 2026-11-24 06:02 UTC; 112 clusters")
        .doesNotContain("byoc.cluster_health_scores");
  }

  @ParameterizedTest
  @ValueSource(strings = {"failed", "expired", "rejected", "cancelled"})
  void aPatrolWithoutReportGivesAShortPageWithTheReason(String status) {
    String page =
        ReportMarkdown.render(Reports.ended(ReportStatus.parse(status), "aggregator: no scope"));

    assertThat(page)
        .contains("Status: " + status)
        .contains("aggregator: no scope")
        .contains("Trigger: unknown")
        .doesNotContain("## Counts")
        .doesNotContain("whole fleet");
    assertThat(page.lines().count()).isLessThan(15);
  }

  @Test
  void aSharedPatrolSaysWhoseReportToRead() {
    PatrolId other = PatrolId.random();

    String page = ReportMarkdown.render(Reports.shared(other));

    assertThat(page)
        .contains("> SHARED: patrol " + other + " answers the same request.")
        .contains("Shared with: " + other);
  }

  @Property(tries = 300, seed = "2026")
  void noTextOfACheckedReportBecomesMarkup(@ForAll("texts") String text) {
    String page = ReportMarkdown.render(CheckedReports.view(CheckedReports.hostile(text).build()));

    assertThat(page.lines()).allMatch(line -> PlainText.width(line) <= 100);
    assertThat(page.lines().filter(line -> line.startsWith("#"))).hasSize(11);
    assertThat(page)
        .doesNotContainPattern("<[a-zA-Z/!?]")
        .doesNotContainPattern("(?<!\\\\)\\](\\(|:)")
        .doesNotContain("```")
        .doesNotContainPattern("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2028]");
  }

  @Provide
  Arbitrary<String> texts() {
    return HostileTexts.texts();
  }
}
