package io.patrolagent.common.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patrolagent.common.patrol.ReportStatus;
import io.patrolagent.common.report.PatrolReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The page in a real browser, at a desk's and a phone's width. Its pictures are left in {@code
 * target/report-pages} for those who want to see what the tests cannot judge.
 */
class ReportPageBrowserIT {

  private static final Path PICTURES = Path.of("target", "report-pages");

  /** What would load, run or close something, and runs off the page. */
  private static final String HOSTILE =
      "</p></summary></details></style></title><script>document.title='run'</script>"
          + "<img src=http://127.0.0.1:9/x.png onerror=\"document.title='run'\">"
          + "<link rel=stylesheet href=http://127.0.0.1:9/x.css><svg onload=\"document.title='run'\">"
          + "\" onmouseover=\"document.title='run'\" ' \u202egnp.exe "
          + "x".repeat(600);

  private static Chromium browser;
  @TempDir private static Path folder;

  record Page(String name, PatrolReport report) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Page> pages() {
    return Stream.of(
        new Page("full", CheckedReports.completed().build()),
        new Page("degraded", CheckedReports.degraded().build()),
        new Page("partial", CheckedReports.partial().build()),
        new Page("unchecked", Reports.completed().build()),
        new Page("failed", Reports.ended(ReportStatus.FAILED, "aggregator: no scope")),
        new Page("hostile", CheckedReports.hostile(HOSTILE).build()));
  }

  @BeforeAll
  static void startBrowser() throws IOException, InterruptedException {
    var program = Chromium.installed();
    assumeTrue(program.isPresent(), "no Chromium on the PATH: the page is not tried in a browser");
    Files.createDirectories(PICTURES);
    browser = new Chromium(program.orElseThrow(), Files.createDirectory(folder.resolve("profile")));
  }

  @AfterAll
  static void stopBrowser() throws InterruptedException {
    if (browser != null) {
      browser.close();
    }
  }

  private static void load(Page page, int width, boolean dark) throws IOException {
    Path file = folder.resolve(page.name() + ".html");
    Files.writeString(file, ReportHtml.render(CheckedReports.view(page.report())));
    browser.screen(width, dark);
    browser.load(file);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void itFitsADeskAndAPhoneFoldedAndUnfolded(Page page) throws IOException {
    for (int width : new int[] {1280, 390}) {
      for (boolean dark : new boolean[] {false, true}) {
        if (dark && !page.name().equals("full")) {
          continue; // colours move nothing
        }
        load(page, width, dark);
        Files.write(
            PICTURES.resolve(page.name() + "-" + width + (dark ? "-dark.png" : "-light.png")),
            browser.screenshot(width));

        assertThat(browser.value("document.documentElement.scrollWidth").asInt()).isEqualTo(width);
        browser.value("document.querySelectorAll('details').forEach(d => d.open = true)");
        assertThat(browser.value("document.documentElement.scrollWidth").asInt()).isEqualTo(width);
        assertThat(browser.value(CLIPPED).asText()).isEmpty();
      }
    }
  }

  /** The first element whose right edge is beyond the window's, hidden or not. */
  private static final String CLIPPED =
      "(() => { for (const e of document.querySelectorAll('main *')) {"
          + " const r = e.getBoundingClientRect();"
          + " if (r.width > 2 && r.right > innerWidth + 1) return e.outerHTML.slice(0, 200); }"
          + " return ''; })()";

  @ParameterizedTest
  @MethodSource("pages")
  void itLoadsNothingAndRunsNothing(Page page) throws IOException {
    load(page, 1280, false);

    assertThat(browser.requests()).hasSize(1).allMatch(url -> url.startsWith("file:"));
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.value("document.title").asText()).startsWith("Fleet ");
    assertThat(browser.value("document.scripts.length").asInt()).isZero();
  }

  @Test
  void sectionsStandBelowEachOtherInTheirOrder() throws IOException {
    load(pages().findFirst().orElseThrow(), 390, false);

    List<String> byPosition =
        List.of(
            browser
                .value(
                    "[...document.querySelectorAll('section')].sort((a, b) =>"
                        + " a.getBoundingClientRect().top - b.getBoundingClientRect().top)"
                        + ".map(s => s.id).join(' ')")
                .asText()
                .split(" ", -1));

    assertThat(byPosition)
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
  void aFindingUnfoldsWhenItIsClicked() throws IOException {
    load(pages().findFirst().orElseThrow(), 1280, false);
    String visible = "document.querySelector('.finding .evidence').checkVisibility()";
    assertThat(browser.value(visible).asBoolean()).isFalse();

    browser.value("document.querySelector('.finding summary').click()");

    assertThat(browser.value(visible).asBoolean()).isTrue();
  }

  @Test
  void darkFollowsTheReader() throws IOException {
    String background = "getComputedStyle(document.body).backgroundColor";
    load(pages().findFirst().orElseThrow(), 1280, false);
    String light = browser.value(background).asText();
    load(pages().findFirst().orElseThrow(), 1280, true);

    assertThat(browser.value(background).asText()).isNotEqualTo(light);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void itPrintsOnA4(Page page) throws IOException {
    load(page, 1280, true);

    byte[] pdf = browser.pdf();

    Files.write(PICTURES.resolve(page.name() + ".pdf"), pdf);
    String text = new String(pdf, StandardCharsets.ISO_8859_1);
    assertThat(text).startsWith("%PDF-");
    // 210 by 297 mm in points, as Chromium rounds them
    assertThat(text).containsPattern("/MediaBox \\[0 0 59[45](\\.\\d+)? 84[12](\\.\\d+)?\\]");
    assertThat(text).doesNotContainPattern("/MediaBox \\[0 0 6");
  }
}
