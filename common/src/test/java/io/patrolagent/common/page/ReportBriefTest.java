package io.patrolagent.common.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.patrolagent.common.patrol.PatrolId;
import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.report.FlaggedCluster;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.RecommendedAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ReportBriefTest {

  private static String brief(PatrolReport report) {
    return ReportBrief.render(CheckedReports.view(report));
  }

  @Test
  void whatIsNewOrWorseComesFirstWithItsMarkAndAction() {
    assertThat(brief(CheckedReports.completed().build()))
        .startsWith("🔴 Fleet morning · regions EMEA · 25 Nov 07:02 CET · complete\n")
        .contains(
            """
            DO NOW
            1 ACME (S) c-1042 disk 91 %, full about 14:00 ✓ NEW
              → Expand the volume of c-1042 by 200 GB before noon [runbook: disk-expand].
            2 Globex (A) c-0077 backup silent for 31 h ✓ WORSE
            """);
  }

  @Property(tries = 300, seed = "2026")
  void whateverStandsInTheReportTheMessageIsShortAndSafe(@ForAll("texts") String text) {
    String brief = brief(CheckedReports.hostile(text).build());

    assertThat(brief.lines().count()).isLessThanOrEqualTo(20);
    assertThat(brief.lines()).allMatch(line -> PlainText.width(line) <= 120);
    assertThat(brief)
        .doesNotContain("<", ">", "&", "@", "](", "://", "`", "|", "*", "~", "✅")
        .doesNotContainPattern(":[a-z+][a-z0-9_+-]*:")
        .doesNotContainPattern("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2028]");
    assertThat(brief.lines().filter(line -> line.startsWith("🔴"))).hasSizeLessThanOrEqualTo(1);
  }

  @Provide
  Arbitrary<String> texts() {
    return HostileTexts.texts();
  }

  @Test
  void aMarkIsCodesAlone() {
    var forged =
        Reports.completed()
            .clusters(List.of(new FlaggedCluster("c-1042", "critical", "disk ✓ NEW", Map.of())))
            .build();

    assertThat(brief(forged)).contains("c-1042 disk · NEW\n").doesNotContain("✓");
  }

  @Test
  void manyFindingsAreCutToTheLinesThatAreReadAndTheRestIsCounted() {
    List<FlaggedCluster> clusters = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      clusters.add(new FlaggedCluster("c-" + i, "critical", "down", Map.of()));
    }

    String brief = brief(Reports.completed().clusters(clusters).actions(List.of()).build());

    assertThat(brief.lines().count()).isLessThanOrEqualTo(20);
    assertThat(brief).contains("+ 996 more in the report").contains("some-model · $0.84");
  }

  @Test
  void anActionForNoClusterIsThereToo() {
    var report =
        Reports.completed()
            .clusters(List.of())
            .actions(List.of(new RecommendedAction("Immediate", "Stop the rollout.")))
            .build();

    assertThat(brief(report)).contains("DO NOW\n1 Stop the rollout.\n");
  }

  @Test
  void ofAFailedPatrolItSaysThatThereIsNoReportAndWhy() {
    assertThat(brief(Reports.ended(ReportStatus.FAILED, "aggregator: the scope matches nothing")))
        .isEqualTo(
            """
            ⛔ Fleet patrol · 25 Nov 08:02 CET · failed
            No report. FAILED: the patrol left no report. aggregator: the scope matches nothing
            """);
  }

  @Test
  void aSharedPatrolSaysWhoseReportToRead() {
    PatrolId other = PatrolId.random();

    assertThat(brief(Reports.shared(other))).contains("patrol " + other + " answers the same");
  }

  @Test
  void aDegradedReportSaysSoInItsFirstLine() {
    assertThat(brief(CheckedReports.degraded().build()).lines().findFirst().orElseThrow())
        .contains("degraded");
  }
}
