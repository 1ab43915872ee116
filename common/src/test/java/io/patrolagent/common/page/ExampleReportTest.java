package io.patrolagent.common.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One report with everything in it, as each format shows it, so that a change of a page is seen
 * where it is reviewed. {@code -Dpatrol.readme=rewrite} writes the files anew.
 */
class ExampleReportTest {

  enum Example {
    TEXT("src/test/resources/io/patrolagent/common/page/example-report.txt"),
    BRIEF("src/test/resources/io/patrolagent/common/page/example-brief.txt"),
    MARKDOWN("../docs/example-report.md"),
    HTML("../docs/example-report.html");

    private final Path file;

    Example(String file) {
      this.file = Path.of(file);
    }

    String render(ReportView view) {
      return switch (this) {
        case TEXT -> ReportText.render(view);
        case BRIEF -> ReportBrief.render(view);
        case MARKDOWN -> ReportMarkdown.render(view);
        case HTML -> ReportHtml.render(view);
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void thePageIsTheExample(Example example) throws IOException {
    String page = example.render(CheckedReports.view(CheckedReports.completed().build()));
    if ("rewrite".equals(System.getProperty("patrol.readme"))) {
      Files.createDirectories(example.file.getParent());
      Files.writeString(example.file, page);
      return;
    }

    assertThat(page)
        .as(
            "%s; to write it anew: mvn -pl common test -Dtest=ExampleReportTest"
                + " -Dpatrol.readme=rewrite",
            example.file)
        .isEqualTo(Files.readString(example.file));
  }

  @ParameterizedTest
  @EnumSource
  void theSameViewGivesTheSameBytes(Example example) {
    String first = example.render(CheckedReports.view(CheckedReports.completed().build()));
    String second = example.render(CheckedReports.view(CheckedReports.completed().build()));

    assertThat(first).isEqualTo(second);
  }
}
