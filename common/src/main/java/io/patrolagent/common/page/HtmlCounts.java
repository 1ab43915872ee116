package io.patrolagent.common.page;

import static j2html.TagCreator.dd;
import static j2html.TagCreator.div;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;

import io.patrolagent.common.patrol.FleetSnapshot;
import j2html.tags.DomContent;
import j2html.tags.specialized.DivTag;
import java.util.ArrayList;
import java.util.List;

/** The counts, those by risk large, with their trend. */
final class HtmlCounts {

  private HtmlCounts() {}

  static DomContent of(HtmlContext context) {
    FleetSnapshot snapshot = context.report().fleetSnapshot();
    List<DomContent> parts = new ArrayList<>();
    if (snapshot == null) {
      parts.add(p("The counts of this report could not be read.").withClass("muted"));
    } else {
      Trend trend = new Trend(context.view().trend());
      parts.add(div(Html.lines(tiles(snapshot, trend, context.times()))).withClass("tiles"));
      if (trend.isShown()) {
        parts.add(p("Bars: " + trend.title(context.times())).withClass("caption"));
      }
      parts.add(others(snapshot));
    }
    return context.section("counts", "Counts", null, parts);
  }

  private static List<DomContent> tiles(FleetSnapshot snapshot, Trend trend, Times times) {
    List<FleetCounts.Row> rows = FleetCounts.rows(snapshot);
    List<DomContent> tiles = new ArrayList<>();
    tiles.add(
        tile("active", snapshot.clusterCounts().active())
            .with(span(others(rows.get(0))).withClass("range")));
    for (FleetCounts.Count count : rows.get(1).counts()) {
      if (!count.name().equals("healthy")) {
        DivTag tile = tile(count.name(), count.number());
        if (trend.isShown()) {
          trend.series().stream()
              .filter(series -> series.name().equals(count.name()))
              .forEach(series -> tile.with(HtmlTrend.of(series, trend, times)));
        }
        tiles.add(tile);
      }
    }
    return tiles;
  }

  private static DivTag tile(String name, int number) {
    return div(span(Figures.count(number)).withClass("number"), span(name).withClass("name"))
        .withClasses("tile", number == 0 ? "zero" : "risk-" + name);
  }

  private static String others(FleetCounts.Row clusters) {
    return clusters.counts().stream()
        .skip(1)
        .map(c -> Figures.count(c.number()) + " " + c.name())
        .collect(java.util.stream.Collectors.joining(", "));
  }

  private static DomContent others(FleetSnapshot snapshot) {
    List<DomContent> rows = new ArrayList<>();
    for (FleetCounts.Row row : FleetCounts.rows(snapshot).stream().skip(1).toList()) {
      rows.add(div(dt(row.label()), dd(row.text())));
    }
    return dl(Html.lines(rows)).withClass("pairs");
  }
}
