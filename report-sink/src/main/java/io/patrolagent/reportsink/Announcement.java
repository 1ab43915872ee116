package io.patrolagent.reportsink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.event.EventType;
import io.patrolagent.common.event.ReportFinished;
import io.patrolagent.common.report.ClaimCounts;
import io.patrolagent.common.report.PatrolReport;
import io.patrolagent.common.report.Verification;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The event that announces a stored report, within its limit. The raw text is never in it. Where
 * the rest is too large, content is left out in a fixed order until it fits, the least missed
 * first: the snapshot, then the ends of the lists, then the ends of the texts, each halved until it
 * is enough; the event says {@code truncated}. The same row always gives the same bytes.
 */
final class Announcement {

  private static final List<String> LISTS =
      List.of(
          "customer_summaries",
          "predictions",
          "flagged_clusters",
          "recommended_actions",
          "warnings");
  private static final String TRIGGERED_BY = "triggered_by";
  private static final List<String> TEXTS =
      List.of("fleet_narrative", "error", "focus", TRIGGERED_BY);
  private static final String CUT = "…";

  private final ObjectNode report;
  private int excess;

  private Announcement(ObjectNode report) {
    this.report = report;
    // as truncated, so that saying so never makes it too large
    this.excess = bytes(event(true)) - EventType.REPORT_FINISHED.maxBytes();
  }

  static ReportFinished of(PatrolReport stored) {
    ObjectNode tree = EventCodec.mapper().valueToTree(stored);
    tree.remove("raw_report");
    Announcement announcement = new Announcement(tree);
    boolean truncated = announcement.excess > 0;
    announcement.replace("fleet_snapshot", MissingNode.getInstance());
    announcement.cutToCounts();
    announcement.replace("coverage", MissingNode.getInstance());
    announcement.replace("diff", MissingNode.getInstance());
    LISTS.forEach(announcement::cutList);
    TEXTS.forEach(announcement::cutText);
    return announcement.event(truncated);
  }

  /** Of the verification, how many claims came to what: what a subscriber reads first. */
  private void cutToCounts() {
    if (report.get("verification") instanceof ObjectNode verification) {
      JsonNode counts = verification.get("counts");
      replace(
          "verification",
          EventCodec.mapper()
              .valueToTree(
                  new Verification(
                      EventCodec.mapper().convertValue(counts, ClaimCounts.class),
                      List.of(),
                      List.of(),
                      null,
                      List.of(),
                      List.of(),
                      List.of(),
                      List.of(),
                      List.of())));
    }
  }

  private void cutList(String name) {
    while (excess > 0 && report.get(name) instanceof ArrayNode list && !list.isEmpty()) {
      ArrayNode kept = report.arrayNode();
      for (int i = 0; i < list.size() / 2; i++) {
        kept.add(list.get(i));
      }
      replace(name, kept);
    }
  }

  private void cutText(String name) {
    while (excess > 0 && report.get(name) instanceof TextNode text && !text.textValue().isEmpty()) {
      String value = text.textValue();
      int kept = value.length() / 2 - CUT.length();
      if (kept > 0 && Character.isHighSurrogate(value.charAt(kept - 1))) {
        kept--;
      }
      replace(name, TextNode.valueOf(kept <= 0 ? "" : value.substring(0, kept) + CUT));
    }
  }

  private void replace(String name, JsonNode value) {
    if (excess <= 0 || !report.has(name)) {
      return;
    }
    int gain = bytes(report.get(name)) - (value.isMissingNode() ? 0 : bytes(value));
    // what subscribers filter by stands on top of the event as well
    excess -= name.equals(TRIGGERED_BY) ? 2 * gain : gain;
    if (value.isMissingNode()) {
      report.remove(name);
    } else {
      report.set(name, value);
    }
  }

  private ReportFinished event(boolean truncated) {
    return ReportFinished.of(
        EventCodec.mapper().convertValue(report, PatrolReport.class), truncated);
  }

  private static int bytes(Object value) {
    try {
      return EventCodec.mapper().writeValueAsBytes(value).length;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a report that was stored cannot be written as JSON", e);
    }
  }
}
