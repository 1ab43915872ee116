package io.patrolagent.reportsink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.event.EventType;
import io.patrolagent.common.event.ReportFinished;
import io.patrolagent.common.report.PatrolReport;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The event that announces a stored report, within its limit. The raw text is never in it. Where
 * the rest is too large, content is left out in a fixed order until it fits, the least missed first
 * and no more than needed of each: the snapshot, then the ends of the lists, then the ends of the
 * texts; the event says {@code truncated}. The same row always gives the same bytes.
 */
final class Announcement {

  private static final List<String> LISTS =
      List.of(
          "customer_summaries",
          "predictions",
          "flagged_clusters",
          "recommended_actions",
          "warnings");
  private static final List<String> TEXTS =
      List.of("fleet_narrative", "error", "focus", "triggered_by");
  private static final String CUT = "…";

  private final ObjectNode report;

  private Announcement(ObjectNode report) {
    this.report = report;
  }

  static ReportFinished of(PatrolReport stored) {
    ObjectNode tree = EventCodec.mapper().valueToTree(stored);
    tree.remove("raw_report");
    Announcement announcement = new Announcement(tree);
    boolean truncated = !announcement.fits();
    if (truncated) {
      announcement.shorten();
    }
    return announcement.event(truncated);
  }

  private void shorten() {
    report.remove("fleet_snapshot");
    LISTS.forEach(this::cutList);
    TEXTS.forEach(this::cutText);
  }

  private void cutList(String name) {
    while (!fits() && report.get(name) instanceof ArrayNode list && !list.isEmpty()) {
      int kept = list.size() / 2;
      while (list.size() > kept) {
        list.remove(list.size() - 1);
      }
    }
  }

  private void cutText(String name) {
    while (!fits() && report.get(name) instanceof TextNode text && text.textValue().length() > 1) {
      String value = text.textValue();
      int kept = value.length() / 2;
      kept -= Character.isHighSurrogate(value.charAt(kept - 1)) ? 1 : 0;
      report.put(name, kept < CUT.length() ? "" : value.substring(0, kept - 1) + CUT);
    }
  }

  private boolean fits() {
    try {
      // as truncated, so that saying so never makes it too large
      byte[] bytes = EventCodec.mapper().writeValueAsBytes(event(true));
      return bytes.length <= EventType.REPORT_FINISHED.maxBytes();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("report " + report.path("report_id") + " is no JSON", e);
    }
  }

  private ReportFinished event(boolean truncated) {
    return ReportFinished.of(
        EventCodec.mapper().convertValue(report, PatrolReport.class), truncated);
  }
}
