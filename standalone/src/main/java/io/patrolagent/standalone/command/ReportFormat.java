package io.patrolagent.standalone.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.page.ReportBrief;
import io.patrolagent.common.page.ReportHtml;
import io.patrolagent.common.page.ReportMarkdown;
import io.patrolagent.common.page.ReportText;
import io.patrolagent.common.page.ReportView;
import java.io.UncheckedIOException;
import java.util.Locale;

/** What a report can be printed as. */
enum ReportFormat {
  TEXT,
  MARKDOWN,
  HTML,
  JSON,
  BRIEF;

  /** The whole of it, ending in a line feed. */
  String render(ReportView view) {
    return switch (this) {
      case TEXT -> ReportText.render(view);
      case MARKDOWN -> ReportMarkdown.render(view);
      case HTML -> ReportHtml.render(view);
      case BRIEF -> ReportBrief.render(view);
      case JSON -> json(view);
    };
  }

  private static String json(ReportView view) {
    try {
      return EventCodec.mapper().writeValueAsString(view.report()) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("the report cannot be written as JSON", e);
    }
  }

  /** As options name it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
