package io.patrolagent.agentrunner.offline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.patrolagent.agentrunner.Snapshots;
import io.patrolagent.agentrunner.prompt.PatrolPrompt;
import io.patrolagent.common.event.EventCodec;
import io.patrolagent.common.patrol.FleetSnapshot;
import io.patrolagent.common.patrol.PatrolRequest;
import io.patrolagent.common.report.ParsedReport;
import io.patrolagent.common.report.ReportParser;
import io.patrolagent.common.report.ReportSection;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The analyst's reports, taken apart the plain way: by lines that are a section's heading. */
final class Reports {

  private Reports() {}

  static ChatResponse ask(PatrolRequest request, FleetSnapshot snapshot) {
    return new OfflineAnalyst()
        .chat(
            ChatRequest.builder().messages(PatrolPrompt.shipped().open(request, snapshot)).build());
  }

  static String text(FleetSnapshot snapshot) {
    return ask(Snapshots.request(), snapshot).aiMessage().text();
  }

  static Map<ReportSection, String> sections(FleetSnapshot snapshot) {
    return sections(text(snapshot));
  }

  /** The sections by name; one that comes twice is an error. */
  static Map<ReportSection, String> sections(String report) {
    Map<ReportSection, String> sections = new EnumMap<>(ReportSection.class);
    for (String part : report.split("(?m)^## ", -1)) {
      if (!part.isBlank()) {
        int end = part.indexOf('\n');
        ReportSection section = ReportSection.valueOf(part.substring(0, end));
        if (sections.put(section, part.substring(end).strip()) != null) {
          throw new AssertionError(section + " comes twice in:\n" + report);
        }
      }
    }
    return sections;
  }

  /** As the sink will read it; that anything could not be read is an error. */
  static ParsedReport parsed(String report) {
    ParsedReport parsed = ReportParser.parse(report);
    if (!parsed.warnings().isEmpty() || !parsed.isComplete()) {
      throw new AssertionError(parsed.missing() + " " + parsed.warnings() + " in:\n" + report);
    }
    return parsed;
  }

  static List<JsonNode> flagged(FleetSnapshot snapshot) {
    return flagged(sections(snapshot));
  }

  static List<JsonNode> flagged(Map<ReportSection, String> sections) {
    try {
      List<JsonNode> flagged = new ArrayList<>();
      EventCodec.mapper()
          .readTree(sections.get(ReportSection.FLAGGED_CLUSTERS))
          .forEach(flagged::add);
      return flagged;
    } catch (JsonProcessingException e) {
      throw new AssertionError("flagged clusters are not JSON", e);
    }
  }
}
