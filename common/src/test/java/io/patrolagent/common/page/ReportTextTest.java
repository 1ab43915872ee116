package io.patrolagent.common.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.ReportDiff;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ReportTextTest {

  private static final List<String> HEADINGS =
      ReportText.render(CheckedReports.view(CheckedReports.completed().build()))
          .lines()
          .filter(line -> !line.isEmpty() && line.charAt(0) != ' ')
          .filter(line -> !line.startsWith("! "))
          .toList();

  @Property(tries = 300, seed = "2026")
  void noTextPassesForAHeadingOrSteersTheTerminal(@ForAll("texts") String text) {
    String page = ReportText.render(CheckedReports.view(CheckedReports.hostile(text).build()));

    assertThat(page.lines().filter(line -> !line.isEmpty() && line.charAt(0) != ' '))
        .filteredOn(line -> !line.startsWith("! "))
        .isEqualTo(HEADINGS);
    assertThat(page.lines()).allMatch(line -> PlainText.width(line) <= 100);
    assertThat(page)
        .doesNotContainPattern("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2028]");
  }

  @Provide
  Arbitrary<String> texts() {
    return HostileTexts.texts();
  }

  @Test
  void thereIsNoMarkupInIt() {
    assertThat(ReportText.render(CheckedReports.view(CheckedReports.completed().build())))
        .doesNotContain("#", "**", "\\", "&lt;", "|")
        .contains("Fleet morning patrol of 2026-11-25 07:02 CET\n====")
        .contains("? number: written 200 GB, nothing that was read says so");
  }

  @Test
  void theFirstReportOfItsScopeCallsNothingPersisting() {
    PatrolReport report = CheckedReports.completed().build();
    ReportDiff first =
        new ReportDiff(null, null, null, report.diff().problems(), List.of(), List.of());

    assertThat(
            ReportText.render(
                CheckedReports.view(
                    report.checked(report.verification(), first, report.coverage()))))
        .contains("There is no earlier scheduled report of this scope to compare with.")
        .doesNotContain("persisting");
  }
}
