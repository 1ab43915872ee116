package io.patrolagent.common.page;

import static j2html.TagCreator.dd;
import static j2html.TagCreator.div;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.header;
import static j2html.TagCreator.p;

import j2html.tags.DomContent;
import j2html.tags.specialized.DlTag;
import java.util.ArrayList;
import java.util.List;

/** The page's head: title, what it rests on, and the banner of what has to be known first. */
final class HtmlHeader {

  private HtmlHeader() {}

  static List<DomContent> of(HtmlContext context) {
    List<DomContent> parts = new ArrayList<>();
    parts.add(header(Html.lines(h1(context.header().title()), facts(context))));
    List<String> banner = context.header().banner();
    if (!banner.isEmpty()) {
      parts.add(
          div(Html.lines(banner.stream().map(text -> p(text)).toList()))
              .withClasses("banner", context.report().status().wireName())
              .attr("role", "note"));
    }
    return parts;
  }

  private static DomContent facts(HtmlContext context) {
    List<DomContent> facts = new ArrayList<>();
    for (Fact fact : context.header().facts()) {
      boolean status = fact.name().equals("Status");
      DomContent value =
          status
              ? dd(Html.pill("status-" + context.report().status().wireName(), fact.value()))
              : dd(fact.value());
      facts.add(div(dt(Wording.capital(fact.name())), value));
    }
    return list(facts).withClass("facts");
  }

  private static DlTag list(List<DomContent> facts) {
    return dl(Html.lines(facts));
  }
}
