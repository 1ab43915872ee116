package io.patrolagent.common.page;

import static j2html.TagCreator.div;
import static j2html.TagCreator.span;
import static j2html.TagCreator.tag;

import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;

/** One count's trend as bars, with its sentence for those who do not see them. */
final class HtmlTrend {

  private static final int STEP = 12;
  private static final int BAR = 9;
  private static final int HEIGHT = 36;

  private HtmlTrend() {}

  static DomContent of(Trend.Series series, Trend trend, Times times) {
    int columns = series.values().size();
    int most = Math.max(1, series.most());
    List<DomContent> bars = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      int value = series.values().get(i);
      int height = value <= 0 ? 1 : Math.max(2, (int) Math.round((double) value * HEIGHT / most));
      String when = times.dayAndZone(trend.points().get(i).finishedAt());
      bars.add(
          tag("rect")
              .attr("x", i * STEP)
              .attr("y", HEIGHT - height)
              .attr("width", BAR)
              .attr("height", height)
              .attr("class", i == columns - 1 ? "now" : "then")
              .with(tag("title").withText(when + ": " + Figures.count(value))));
    }
    return div(
            tag("svg")
                .attr("viewBox", "0 0 " + (columns * STEP - STEP + BAR) + " " + HEIGHT)
                .attr("preserveAspectRatio", "xMinYMax")
                .attr("role", "img")
                .attr("aria-label", "Trend of " + series.sentence())
                .with(bars),
            span(Figures.count(series.least()) + " to " + Figures.count(series.most()))
                .withClass("range"))
        .withClass("trend");
  }
}
