package io.patrolagent.common.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.patrolagent.common.patrol.ReportStatus;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/** Whatever stands in a report, a parser of HTML finds in its page what was meant and no more. */
class ReportHtmlPropertyTest {

  /** The pages that were looked at: what stands in them was meant. */
  private static final Set<String> MEANT = new TreeSet<>();

  static {
    for (CheckedReports report :
        new CheckedReports[] {
          CheckedReports.completed(),
          CheckedReports.partial(),
          CheckedReports.hostile("plain words")
        }) {
      MEANT.addAll(shape(parse(ReportHtml.render(CheckedReports.view(report.build())))));
    }
  }

  @Property(tries = 300, seed = "2026")
  void noElementOrAttributeComesFromData(@ForAll("texts") String text) {
    Document page =
        parse(ReportHtml.render(CheckedReports.view(CheckedReports.hostile(text).build())));

    assertThat(MEANT).containsAll(shape(page));
    assertThat(page.select("body > main > section")).hasSize(10);
    assertThat(page.select("style").outerHtml()).doesNotContain("<script", "evil");
    assertThat(page.text())
        .doesNotContainPattern("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e]");
  }

  @Property(tries = 100, seed = "2026")
  void noElementOrAttributeComesFromTheReasonOfAFailure(@ForAll("texts") String text) {
    Document page =
        parse(ReportHtml.render(CheckedReports.view(Reports.ended(ReportStatus.FAILED, text))));

    assertThat(page.select("body > main > *"))
        .extracting(Element::tagName)
        .containsExactly("header", "div", "section");
    assertThat(page.select(".banner > *")).hasSize(1);
    assertThat(page.select(".banner p > *")).isEmpty();
  }

  @Provide
  Arbitrary<String> texts() {
    return HostileTexts.texts();
  }

  /** As browsers parse it; what a parser has to put right is an error already. */
  private static Document parse(String html) {
    Parser parser = Parser.htmlParser().setTrackErrors(10);
    Document page = Jsoup.parse(html, "", parser);
    assertThat(parser.getErrors()).isEmpty();
    return page;
  }

  /** Elements with their attributes, and the values of those that mean something. */
  private static Set<String> shape(Document page) {
    Set<String> shape = new TreeSet<>();
    page.traverse(
        (node, depth) -> {
          if (node instanceof Comment) {
            shape.add("a comment");
          } else if (node instanceof Element element) {
            shape.add(element.tagName());
            element.attributes().forEach(a -> shape.add(element.tagName() + " " + shape(a)));
          }
        });
    return shape;
  }

  private static String shape(Attribute attribute) {
    return switch (attribute.getKey()) {
      case "aria-label", "x", "y", "width", "height", "viewbox" -> attribute.getKey();
      default -> attribute.getKey() + "=" + attribute.getValue();
    };
  }
}
