package io.patrolagent.common.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportParserTest {

  private static final String REPORT =
      """
      ## FLEET_NARRATIVE
      The fleet is stable.

      Two clusters need work.

      ## FLAGGED_CLUSTERS
      ```json
      [
        {"cluster_id": "c-0042", "severity": "critical", "reason": "disk 91 %",
         "key_metrics": {"disk_used_percent": 91.0, "trend": "up"}}
      ]
      ```

      ## PREDICTIONS
      - [High] c-0042 runs full about 14:00.
      - [Low] c-0077 may restart
        once more.

      ## CUSTOMER_SUMMARIES
      - **ACME (S)**: One cluster is filling. It is theirs.
      - Globex (Tier A): Backups stopped.

      ## RECOMMENDED_ACTIONS
      1. [Immediate] Expand the volume of c-0042.
      2. [This Week] Upgrade.
      """;

  @Test
  void readsEverySectionOfAReportThatKeepsToTheFormat() {
    ParsedReport report = ReportParser.parse(REPORT);

    assertThat(report.warnings()).isEmpty();
    assertThat(report.isComplete()).isTrue();
    assertThat(report.fleetNarrative())
        .isEqualTo("The fleet is stable.\n\nTwo clusters need work.");
    assertThat(report.flaggedClusters())
        .singleElement()
        .satisfies(
            cluster -> {
              assertThat(cluster.clusterId()).isEqualTo("c-0042");
              assertThat(cluster.severity()).isEqualTo("critical");
              assertThat(cluster.reason()).isEqualTo("disk 91 %");
              assertThat(cluster.keyMetrics().get("disk_used_percent").asDouble()).isEqualTo(91);
              assertThat(cluster.keyMetrics()).containsOnlyKeys("disk_used_percent", "trend");
            });
    assertThat(report.predictions())
        .extracting(Prediction::confidence, Prediction::text)
        .containsExactly(
            tuple("High", "c-0042 runs full about 14:00."),
            tuple("Low", "c-0077 may restart\nonce more."));
    assertThat(report.customerSummaries())
        .containsExactly(
            new CustomerSummary("ACME", "S", "One cluster is filling. It is theirs."),
            new CustomerSummary("Globex", "A", "Backups stopped."));
    assertThat(report.recommendedActions())
        .containsExactly(
            new RecommendedAction("Immediate", "Expand the volume of c-0042."),
            new RecommendedAction("This Week", "Upgrade."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "## FLEET_NARRATIVE",
        "# Fleet Narrative",
        "### fleet narrative:",
        "## **FLEET_NARRATIVE**",
        "## 1. Fleet Narrative",
        "## 1) FLEET-NARRATIVE ##",
        "##FLEET_NARRATIVE",
        "## Section 1: Fleet narrative",
        "## FLEET\\_NARRATIVE",
        "## Fleet narrative (2-4 paragraphs)",
        "**FLEET_NARRATIVE**",
        "FLEET_NARRATIVE:",
        "FLEET_NARRATIVE",
      })
  void readsAHeadingHoweverItIsWritten(String heading) {
    ParsedReport report = ReportParser.parse(heading + "\nAll is well.");

    assertThat(report.sections()).containsExactly(ReportSection.FLEET_NARRATIVE);
    assertThat(report.fleetNarrative()).isEqualTo("All is well.");
  }

  @Test
  void contentOnTheHeadingsOwnLineIsKept() {
    assertThat(ReportParser.parse("## FLEET_NARRATIVE: All is well.").fleetNarrative())
        .isEqualTo("All is well.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{'cluster_id': 'c-1', 'severity': 'Warning', 'key_metrics': {'lag': NaN,},},]",
        "[ // the worst\n{\"cluster_id\": \"c-1\", severity: \"warning\", \"key_metrics\": {\"lag\": NaN}}]",
        "```\n[{\"cluster_id\": \"c-1\", \"severity\": \"WARNING\", \"lag\": NaN}]\n```",
        "{\"flagged_clusters\": [{\"cluster\": \"c-1\", \"severity\": \"warning\", \"lag\": NaN}]}",
        "{\"cluster_id\": \"c-1\", \"severity\": \"warning\", \"lag\": NaN}",
      })
  void readsJsonAsModelsWriteIt(String json) {
    ParsedReport report = ReportParser.parse("## FLAGGED_CLUSTERS\n" + json);

    assertThat(report.flaggedClusters())
        .singleElement()
        .satisfies(
            cluster -> {
              assertThat(cluster.clusterId()).isEqualTo("c-1");
              assertThat(cluster.severity()).isEqualTo("warning");
              assertThat(cluster.keyMetrics().get("lag").textValue()).isEqualTo("NaN");
            });
  }

  @Test
  void jsonThatBreaksOffKeepsWhatCameBefore() {
    ParsedReport report =
        ReportParser.parse(
            "## FLAGGED_CLUSTERS\n[{\"cluster_id\": \"c-1\"}, {\"cluster_id\": \"c-2\"}, {\"clus");

    assertThat(report.flaggedClusters())
        .extracting(FlaggedCluster::clusterId)
        .containsExactly("c-1", "c-2");
    assertThat(report.warnings())
        .anySatisfy(w -> assertThat(w).contains("breaks off", "after 2 clusters", "{\"clus"));
  }

  @Test
  void proseInsteadOfJsonIsUnreadableAndQuoted() {
    ParsedReport report = ReportParser.parse("## FLAGGED_CLUSTERS\nc-1 looks bad [High]");

    assertThat(report.sections()).isEmpty();
    assertThat(report.isReadable()).isFalse();
    assertThat(report.warnings())
        .anySatisfy(w -> assertThat(w).contains("FLAGGED_CLUSTERS", "c-1 looks bad [High]"));
  }

  @Test
  void sectionsThatSayNoneAreReadAndEmpty() {
    ParsedReport report =
        ReportParser.parse(
            """
            ## FLEET_NARRATIVE
            Healthy.
            ## FLAGGED_CLUSTERS
            []
            ## PREDICTIONS
            None.
            ## CUSTOMER_SUMMARIES
            No Tier S or A customer has an open problem.
            ## RECOMMENDED_ACTIONS
            - None
            """);

    assertThat(report.isComplete()).isTrue();
    assertThat(report.warnings()).isEmpty();
    assertThat(report.predictions()).isEmpty();
    assertThat(report.customerSummaries()).isEmpty();
    assertThat(report.recommendedActions()).isEmpty();
  }

  @Test
  void aMissingSectionIsNamed() {
    ParsedReport report = ReportParser.parse("## FLEET_NARRATIVE\nAll is well.");

    assertThat(report.missing())
        .isEqualTo(EnumSet.complementOf(EnumSet.of(ReportSection.FLEET_NARRATIVE)));
    assertThat(report.warnings()).contains("PREDICTIONS: the section is missing.").hasSize(4);
  }

  @Test
  void textUnderNoSectionIsAWarning() {
    ParsedReport report =
        ReportParser.parse(
            "# Morning\nHere is it.\n## FLEET_NARRATIVE\nFine.\n### Detail\nMore.\n## Conclusion\nBye.");

    assertThat(report.fleetNarrative()).isEqualTo("Fine.\n### Detail\nMore.");
    assertThat(report.warnings())
        .anySatisfy(w -> assertThat(w).contains("Here is it. Conclusion Bye."));
  }

  @Test
  void aFenceThatWasNeverClosedCostsNoOtherSection() {
    ParsedReport report =
        ReportParser.parse(
            "## FLAGGED_CLUSTERS\n```json\n[{\"cluster_id\": \"c-1\"}]\n## PREDICTIONS\n- [High] x");

    assertThat(report.flaggedClusters()).hasSize(1);
    assertThat(report.predictions())
        .extracting(Prediction::confidence, Prediction::text)
        .containsExactly(tuple("High", "x"));
  }

  @Test
  void aNameWithoutNumberSignsIsNoHeadingInAReportThatUsesThem() {
    ParsedReport report =
        ReportParser.parse(
            "## FLEET_NARRATIVE\n**Predictions**\nnone of note\n## PREDICTIONS\n- x");

    assertThat(report.fleetNarrative()).isEqualTo("**Predictions**\nnone of note");
    assertThat(report.predictions())
        .extracting(Prediction::confidence, Prediction::text)
        .containsExactly(tuple(null, "x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- [High] disk", "* **[High]** disk", "[High] disk", "- [high confidence] disk",
        "- High: disk", "- **High** - disk", "• (High) disk", "-[HIGH] disk"
      })
  void readsAConfidenceHoweverItIsWritten(String line) {
    assertThat(ReportParser.parse("## PREDICTIONS\n" + line).predictions())
        .extracting(Prediction::confidence, Prediction::text)
        .containsExactly(tuple("High", "disk"));
  }

  @Test
  void anUnknownLabelStaysInTheText() {
    assertThat(ReportParser.parse("## RECOMMENDED_ACTIONS\n- [Soon] upgrade").recommendedActions())
        .containsExactly(new RecommendedAction(null, "[Soon] upgrade"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- **ACME (S)**: Two nodes.", "**ACME** (Tier S): Two nodes.", "### ACME (S)\nTwo nodes.",
        "- ACME (S) - Two nodes.", "**ACME (S)**\n\nTwo nodes.", "ACME (S): Two nodes."
      })
  void readsACustomerHoweverItIsNamed(String text) {
    assertThat(ReportParser.parse("## CUSTOMER_SUMMARIES\n" + text).customerSummaries())
        .containsExactly(new CustomerSummary("ACME", "S", "Two nodes."));
  }

  @Test
  void textWithoutACustomerIsAWarning() {
    ParsedReport report = ReportParser.parse("## CUSTOMER_SUMMARIES\nA storm.\n- ACME: Two nodes.");

    assertThat(report.customerSummaries()).hasSize(1);
    assertThat(report.warnings()).anySatisfy(w -> assertThat(w).contains("A storm."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "no headings here", "\u0000\ud800", "[[[[[[", "######## x"})
  void textWithoutSectionsIsUnreadable(String raw) {
    ParsedReport report = ReportParser.parse(raw);

    assertThat(report.isReadable()).isFalse();
    assertThat(report.warnings()).hasSize(1);
  }

  @Test
  void anyMixtureOfPiecesIsReadWithoutAnError() {
    List<String> pieces =
        List.of(
            "## FLAGGED_CLUSTERS",
            "## PREDICTIONS:",
            "# CUSTOMER_SUMMARIES",
            "\n",
            "\n\n",
            " ",
            "[",
            "]",
            "{",
            "}",
            "\"",
            "'",
            ",",
            ":",
            "```",
            "- ",
            "1. ",
            "**",
            "[High]",
            "c-1",
            "\"cluster_id\"",
            "NaN",
            "//",
            "#",
            "\\",
            "\u0000",
            "\ud83d",
            "🔴",
            "1e999",
            "-",
            "(S)");
    Random random = new Random(42);
    for (int run = 0; run < 5_000; run++) {
      StringBuilder raw = new StringBuilder();
      for (int i = random.nextInt(30); i >= 0; i--) {
        raw.append(pieces.get(random.nextInt(pieces.size())));
      }
      assertThat(ReportParser.parse(raw.toString())).as(raw.toString()).isNotNull();
    }
  }

  @Test
  void deeplyNestedJsonIsRefusedAndNotFollowed() {
    String raw = "## FLAGGED_CLUSTERS\n[{\"cluster_id\": " + "[".repeat(100_000);

    assertThat(ReportParser.parse(raw).warnings())
        .anySatisfy(w -> assertThat(w).contains("breaks off or is malformed after 0 clusters"));
  }

  @Test
  void warningsWithoutEndAreCounted() {
    String raw = "## FLAGGED_CLUSTERS\n[" + "{},".repeat(5_000) + "]";

    assertThat(ReportParser.parse(raw).warnings()).hasSize(41).last().asString().contains("more");
  }
}
